/* SPDX-License-Identifier: GPL-2.0-only */
/* Locks whose holders are known, and the threads that wait for them. */
#ifndef HDT_KNOWN_H
#define HDT_KNOWN_H

#include <linux/compiler.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>

#ifndef READ_ONCE
#define READ_ONCE(x)		ACCESS_ONCE(x)
#define WRITE_ONCE(x, v)	(ACCESS_ONCE(x) = (v))
#endif

int hdt_stress_begin(int seconds);
void hdt_stress_end(void);

#endif /* HDT_KNOWN_H */
