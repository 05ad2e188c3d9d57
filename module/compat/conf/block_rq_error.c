// SPDX-License-Identifier: GPL-2.0-only
/* 5.18: block_rq_error, of a request that fails */
#include <linux/module.h>
#include <linux/blkdev.h>
#include <trace/events/block.h>

void fn(void *data, struct request *rq, blk_status_t error, unsigned int bytes);

void check(void)
{
	check_trace_callback_type_block_rq_error(fn);
}
