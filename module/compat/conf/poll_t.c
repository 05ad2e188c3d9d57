// SPDX-License-Identifier: GPL-2.0-only
/* 4.16: what poll returns has a type of its own */
#include <linux/module.h>
#include <linux/poll.h>

__poll_t events(void)
{
	return EPOLLIN | EPOLLRDNORM;
}
