// SPDX-License-Identifier: GPL-2.0-only
/* 6.7: the key of a SysRq handler is a u8 */
#include <linux/module.h>
#include <linux/sysrq.h>

void handler(u8 key);

struct sysrq_key_op op = { .handler = handler };
