/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The entry that a task which waits in a queue has on its stack: it contains the
 * address of the task, and a function that is called to wake the task.
 */
#ifndef HD_COMPAT_QUEUE_H
#define HD_COMPAT_QUEUE_H

#include <linux/kernel.h>
#include <linux/wait.h>

#ifdef HD_HAVE_WAIT_QUEUE_ENTRY
#define HD_QUEUE_MEMBER(what)	offsetof(struct wait_queue_entry, what)
#define HD_QUEUE_LIST		HD_QUEUE_MEMBER(entry)
#else
#define HD_QUEUE_MEMBER(what)	offsetof(wait_queue_t, what)
#define HD_QUEUE_LIST		HD_QUEUE_MEMBER(task_list)
#endif

/* bytes from the address of the task to the node in the list of the queue */
#define HD_QUEUE_NODE	(HD_QUEUE_LIST - HD_QUEUE_MEMBER(private))

/* bytes from the address of the task to that of the function */
#define HD_QUEUE_FUNC	(HD_QUEUE_MEMBER(func) - HD_QUEUE_MEMBER(private))

#endif /* HD_COMPAT_QUEUE_H */
