// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print the worst of stuck, dsleep and ledger to the kernel's log, where pstore and a
 * serial console save it: on panic, and when the kernel finds a hung task.
 *
 * Locking and context: in a panic the other CPUs are stopped, maybe with a lock
 * held or a record half written.  So this code waits for no lock, allocates
 * nothing, and every loop is bounded; a half-written record is safe to read, since
 * the memory of records is type-stable (see pool.h).  After a hung task the same
 * code runs from a work item while tasks go on and exit: a record is read under
 * rcu_read_lock() only, which waits for nobody, and what is printed is a copy.
 */
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/workqueue.h>
#include "core/clock.h"
#include "compat/mem.h"
#include "compat/panic.h"
#include "compat/sched.h"
#include "compat/stack.h"
#include "core/cost.h"
#include "pure/dump.h"
#include "pure/names.h"
#include "store/ledger.h"
#include "store/slow.h"
#include "show/acts.h"
#include "show/panic_dump.h"
#include "core/params.h"
#include "store/places.h"
#include "store/task.h"

/* the kernel reports the same hung task again and again: pause between dumps */
#define HANG_PAUSE_NS	(600 * NSEC_PER_SEC)

/* too large for a stack; used by the panic notifier and the one work item */
static struct hd_dump dump;
static struct hd_sleeper sleeper;
static char place_name[HD_PLACE_LEN];
static struct hd_ledger_row act;
static char act_line[HD_DUMP_LEN];

static void print_hang(struct work_struct *work);
static DECLARE_WORK(hang_work, print_hang);

/* check the key: the tid may be that of another task by now; under rcu_read_lock() */
static struct task_struct *find_task(u32 tid, struct hd_task *task)
{
	struct task_struct *p = pid_task(find_pid_ns(tid, &init_pid_ns), PIDTYPE_PID);

	return p && p == READ_ONCE(task->key) ? p : NULL;
}

/* has the task been woken, so that it only waits for a CPU? */
static bool is_woken(u32 tid, struct hd_task *task)
{
	struct task_struct *p = find_task(tid, task);

	return p && !hd_task_in_d(p);
}

/* under rcu_read_lock(), after the id was read: the record stays that task's */
static void add_task(struct hd_task *task, u64 id, u64 now)
{
	struct hd_row *row = READ_ONCE(task->call_row);
	u64 d_start = READ_ONCE(task->d_start);
	struct hd_dump_stuck one = {
		.nr = HOSTDIAG_NR_NONE,
		.tid = READ_ONCE(task->tid),
		.task = task,
		.id = id,
	};

	if (d_start && is_woken(one.tid, task))
		d_start = 0;
	one.in_d = d_start;
	if (row && row != &hd_row_none) {
		one.abi = hd_key_abi(READ_ONCE(row->key));
		one.nr = hd_key_nr(READ_ONCE(row->key));
		one.age_ns = hd_clock_since(READ_ONCE(task->call_start), now);
	} else if (!d_start) {
		return;
	}
	if (d_start)
		one.age_ns = hd_clock_since(d_start, now);
	if (one.age_ns < READ_ONCE(hd_thresholds.stuck_ns) ||
	    hd_dump_is_idle(one.abi, one.nr, one.in_d))
		return;
	data_race(memcpy(one.comm, task->comm, sizeof(one.comm)));
	hd_dump_add_stuck(&dump, &one);
}

/* under rcu_read_lock(), as add_task() */
static void add_places(struct hd_task *task)
{
	struct hd_place *place = rcu_dereference(task->places.first);
	struct hd_dump_sleep one = { .tid = READ_ONCE(task->tid) };
	u32 i;

	data_race(memcpy(one.comm, task->comm, sizeof(one.comm)));
	for (i = 0; place && i < HD_PLACES_MOST; i++) {
		one.count = READ_ONCE(place->count);
		one.total_ns = READ_ONCE(place->total_ns);
		one.max_ns = READ_ONCE(place->max_ns);
		one.depth = min_t(u32, place->depth, HD_DUMP_DEPTH);
		memcpy(one.at, place->addrs, sizeof(one.at));
		if (one.count)
			hd_dump_add_sleep(&dump, &one);
		place = READ_ONCE(place->next);
	}
}

/* fill place_name; Return: the descriptor that the call was given, or -1. */
static s32 look_at_stuck(const struct hd_dump_stuck *one)
{
	struct hd_task *task = one->task;
	struct task_struct *p;
	bool asleep = false;

	place_name[0] = '\0';
	rcu_read_lock();
	p = find_task(one->tid, task);
	if (p && p != current && READ_ONCE(task->id) == one->id)
		asleep = hd_sleeper_try(p, &sleeper);
	rcu_read_unlock();
	if (!asleep)
		return -1;
	hd_place_name(sleeper.addrs, sleeper.depth, place_name);
	return hd_syscall_has_fd(one->abi, one->nr) ? (s32)sleeper.args[0] : -1;
}

static void fill_dump(void)
{
	u64 now = hd_clock_read();
	u32 i, end = hd_tasks_end();
	u64 id;

	BUILD_BUG_ON(HD_DUMP_DEPTH != HD_STACK_DEPTH);
	memset(&dump, 0, sizeof(dump));
	for (i = 0; i < end; i++) {
		struct hd_task *task = hd_task_at(i);

		rcu_read_lock();
		/* pairs with the release of the id when the record is made */
		id = hd_load_acquire(&task->id);
		if (id) {
			dump.tasks++;
			add_task(task, id, now);
			add_places(task);
		}
		rcu_read_unlock();
	}
}

static __printf(2, 0)
void add_to_line(struct hd_out *out, const char *fmt, va_list args)
{
	u32 *len = out->priv;

	*len += vscnprintf(act_line + *len, sizeof(act_line) - *len, fmt, args);
}

static void print_act(void)
{
	u32 len = 0;
	struct hd_out out = { .print = add_to_line, .priv = &len };

	hd_out_printf(&out, "act: ");
	hd_ledger_say(&out, &act, hd_kernel_clock());
	pr_err("%s\n", act_line);
}

/* those that others may wait for, the newest first */
static void print_acts(void)
{
	u32 left = HD_DUMP_ACTS;
	u64 nr = ~0ull;

	while (left && hd_ledger_try_before(nr, &act)) {
		nr = act.nr;
		hd_acts_look(&act);
		if (!hd_act_stalls(&act))
			continue;
		print_act();
		left--;
	}
}

/* at most 40 lines of at most 120 columns */
static void print_dump(const char *why)
{
	char line[HD_DUMP_LEN];
	s32 fd;
	u32 i;

	fill_dump();
	pr_err("%s: of %u tasks %u are stuck, in D first; then who slept most in D, and acts that stand\n",
	       why, dump.tasks, dump.stuck_len + dump.more);
	for (i = 0; i < dump.stuck_len; i++) {
		fd = look_at_stuck(&dump.stuck[i]);
		hd_dump_stuck_line(&dump.stuck[i], fd, place_name, line);
		pr_err("%s\n", line);
	}
	for (i = 0; i < dump.sleeps_len; i++) {
		hd_place_name(dump.sleeps[i].at, dump.sleeps[i].depth,
			      place_name);
		hd_dump_sleep_line(&dump.sleeps[i], place_name, line);
		pr_err("%s\n", line);
	}
	print_acts();
	pr_err("%s: that is all\n", why);
}

static void print_hang(struct work_struct *work)
{
	static u64 last_ns;
	u64 now = hd_kernel_clock();

	if (last_ns && now - last_ns < HANG_PAUSE_NS)
		return;
	last_ns = now;
	print_dump("hung task");
}

static __always_inline void on_hang(struct task_struct *p)
{
	u64 began = hd_cost_begin(HD_HIT_HANG);

	if (READ_ONCE(hd_params.panic_dump))
		schedule_work(&hang_work);
	hd_cost_end(HD_HIT_HANG, began);
}

HD_PROBE_HANG(probe_hang, on_hang)

static void forget_hang(void)
{
	cancel_work_sync(&hang_work);
}

const struct hd_collector hd_collector_panic_dump = {
	.name = "panic_dump",
	.group = HD_GROUP_ALWAYS,
	.forget = forget_hang,
	.hooks = {
		{ .event = HD_HANG_EVENT, .probe = probe_hang,
		  .hit = HD_HIT_HANG, .is_optional = true },
	},
};

static int on_panic(struct notifier_block *block, unsigned long event,
		    void *message)
{
	if (READ_ONCE(hd_params.panic_dump))
		print_dump("panic");
	return NOTIFY_DONE;
}

static struct notifier_block panic_block = {
	.notifier_call = on_panic,
};

/**
 * hd_panic_dump_init() - register for panics
 *
 * Context: process; the tables have been set up.
 */
void hd_panic_dump_init(void)
{
	atomic_notifier_chain_register(&panic_notifier_list, &panic_block);
}

/**
 * hd_panic_dump_exit() - unregister
 *
 * Context: process; sleeps.
 */
void hd_panic_dump_exit(void)
{
	atomic_notifier_chain_unregister(&panic_notifier_list, &panic_block);
}
