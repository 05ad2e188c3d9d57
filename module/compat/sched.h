/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Task state, and the tracepoints of the scheduler and of tasks with one prototype
 * each.  HD_PROBE_<event>(probe, fn) defines probe(), which has the kernel's prototype,
 * and calls fn(), which has the prototype given here and is inlined into probe().
 */
#ifndef HD_COMPAT_SCHED_H
#define HD_COMPAT_SCHED_H

#include <linux/sched.h>
#include <linux/time.h>
#ifdef HD_HAVE_SCHED_CLOCK_H
#include <linux/sched/clock.h>
#endif
#ifdef HD_HAVE_SCHED_SIGNAL_H
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#endif

#ifndef TASK_NOLOAD
#define TASK_NOLOAD 0
#endif

static __always_inline unsigned long hd_task_state(struct task_struct *p)
{
#ifdef HD_HAVE_TASK_DUNDER_STATE
	return READ_ONCE(p->__state);
#else
	return READ_ONCE(p->state);
#endif
}

/**
 * struct hd_cpu_use - the scheduler's account of a task's use of CPUs
 * @seen_ns: time of the last update of @ran_ns, by the clock of the run queue
 * @ran_ns: time on CPUs up to @seen_ns
 * @runq_ns: time that the task has waited for a CPU
 *
 * The fields are in the order of the scheduler's, so that two are copied at once.
 */
struct hd_cpu_use {
	u64 seen_ns;
	u64 ran_ns;
	u64 runq_ns;
};

/* hd_task_runq_ns() - time that a task has waited for a CPU since it was forked */
static __always_inline u64 hd_task_runq_ns(struct task_struct *p)
{
#ifdef HD_HAVE_SCHED_INFO
	return data_race(p->sched_info.run_delay);
#else
	return 0;
#endif
}

/**
 * hd_cpu_use_read() - copy the scheduler's account of a task's use of CPUs
 * @p: current
 * @use: filled
 *
 * The scheduler updates @ran_ns and @seen_ns at every switch and tick; while the task
 * is off its CPU only @seen_ns advances.  So the difference of the two grows by the
 * time off the CPU, and by nothing else.
 */
static __always_inline void hd_cpu_use_read(struct task_struct *p,
					    struct hd_cpu_use *use)
{
	/* all reads before all writes, so that the compiler can copy two at once */
	u64 seen_ns = data_race(p->se.exec_start);
	u64 ran_ns = data_race(p->se.sum_exec_runtime);
	u64 runq_ns = hd_task_runq_ns(p);

	use->seen_ns = seen_ns;
	use->ran_ns = ran_ns;
	use->runq_ns = runq_ns;
}

/**
 * hd_task_sleeps() - how often a task has given up its CPU to sleep
 * @p: current
 *
 * A preemption is not counted.
 */
static inline unsigned long hd_task_sleeps(struct task_struct *p)
{
	return p->nvcsw;
}

/**
 * hd_task_frozen_in_d() - is a task frozen, on a kernel that shows a frozen task as D?
 * @p: the task
 *
 * From 6.1 the freezer has a state of its own, without TASK_UNINTERRUPTIBLE.
 */
static __always_inline bool hd_task_frozen_in_d(struct task_struct *p)
{
#ifdef PF_FROZEN
	return p->flags & PF_FROZEN;
#else
	return false;
#endif
}

/*
 * Up to 5.7 only SMP kernels set this bit.  With proxy execution a task that waits for
 * a mutex stays on its run queue, and the bit is not set.
 */
#if defined(HD_HAVE_SCHED_CONTRIBUTES_TO_LOAD) && defined(CONFIG_SMP) && \
	!defined(CONFIG_SCHED_PROXY_EXEC)
#define HD_CONTRIBUTES_TO_LOAD(p, unknown)	((p)->sched_contributes_to_load)
#else
#define HD_CONTRIBUTES_TO_LOAD(p, unknown)	(unknown)
#endif

/**
 * hd_task_was_in_d() - may a task's last sleep have been a D sleep?
 * @p: the task that is switched in
 *
 * The scheduler sets a bit for a sleeper that counts for the load average, that is, in
 * a D sleep.  Testing it spares most switches a lookup.  An idle task has inherited the
 * bit from its creator.
 */
static __always_inline bool hd_task_was_in_d(struct task_struct *p)
{
	return HD_CONTRIBUTES_TO_LOAD(p, true) && p->pid;
}

/**
 * hd_task_queued_ns() - time since a task was put on its run queue
 * @p: the task that is switched in, in the sched_switch event
 *
 * A task is put there at its wakeup, and again if it is moved to another CPU after
 * that; then hd_task_runq_ns() contains the wait up to the move.  Both are by the clock
 * of the run queue, which local_clock() reads, too.
 *
 * Return: nanoseconds; 0 where the scheduler does not note it.
 */
static inline u64 hd_task_queued_ns(struct task_struct *p)
{
#ifdef HD_HAVE_SCHED_INFO
	u64 now = local_clock(), queued = p->sched_info.last_queued;

	return queued && queued < now ? now - queued : 0;
#else
	return 0;
#endif
}

/**
 * hd_task_off_cpu_ns() - time since a task got a CPU last
 * @p: a task that sleeps, for about that time
 *
 * Return: nanoseconds; 0 where the scheduler does not note it.
 */
static inline u64 hd_task_off_cpu_ns(struct task_struct *p)
{
#ifdef HD_HAVE_SCHED_INFO
	u64 now = local_clock(), at = READ_ONCE(p->sched_info.last_arrival);

	return at && at < now ? now - at : 0;
#else
	return 0;
#endif
}

/* hd_task_makes_calls() - does a task run in user space, unlike a kernel thread? */
static inline bool hd_task_makes_calls(const struct task_struct *p)
{
	unsigned long threads = PF_KTHREAD;

#ifdef PF_IO_WORKER
	threads |= PF_IO_WORKER;
#endif
#ifdef PF_USER_WORKER
	threads |= PF_USER_WORKER;
#endif
	return !(p->flags & threads);
}

/**
 * hd_task_off_queue() - has a task that goes to sleep stopped running?
 * @p: a task whose state is not TASK_RUNNING
 *
 * From 6.12 on the task may stay on its run queue until the scheduler would pick it
 * next, and is taken off then.  A wakeup, which holds its pi_lock, may come before.
 */
static inline bool hd_task_off_queue(const struct task_struct *p)
{
#ifdef HD_HAVE_SCHED_DELAYED
	if (READ_ONCE(p->se.sched_delayed))
		return true;
#endif
	return !READ_ONCE(p->on_rq);
}

/* Return: true where the task is in D; also while it is woken and waits for a CPU. */
static inline bool hd_task_in_d(struct task_struct *p)
{
	return hd_task_state(p) & TASK_UNINTERRUPTIBLE;
}

/*
 * The state of a task that is being switched out, on a kernel whose event does not pass
 * it.  A concurrent wakeup may have changed the state by now, but not the bit of a D
 * sleep.
 */
static __always_inline unsigned long hd_switch_state(struct task_struct *prev)
{
	unsigned long state = hd_task_state(prev);

	if (state == TASK_WAKING && HD_CONTRIBUTES_TO_LOAD(prev, false))
		return TASK_UNINTERRUPTIBLE;
	return state;
}

/*
 * fn(struct task_struct *prev, unsigned long prev_state, bool preempt,
 *    struct task_struct *next)
 */
#if defined(HD_HAVE_SCHED_SWITCH_PREV_STATE)
#define HD_PROBE_SCHED_SWITCH(probe, fn)				\
static void probe(void *data, bool preempt, struct task_struct *prev,	\
		  struct task_struct *next, unsigned int prev_state)	\
{									\
	fn(prev, prev_state, preempt, next);				\
}
#elif defined(HD_HAVE_SCHED_SWITCH_PREEMPT)
#define HD_PROBE_SCHED_SWITCH(probe, fn)				\
static void probe(void *data, bool preempt, struct task_struct *prev,	\
		  struct task_struct *next)				\
{									\
	fn(prev, hd_switch_state(prev), preempt, next);			\
}
#elif defined(HD_HAVE_SCHED_SWITCH_PLAIN)
/* up to 4.3 a preempted task is marked in its preempt count */
#define HD_PROBE_SCHED_SWITCH(probe, fn)				\
static void probe(void *data, struct task_struct *prev,			\
		  struct task_struct *next)				\
{									\
	fn(prev, hd_switch_state(prev),					\
	   task_thread_info(prev)->preempt_count & PREEMPT_ACTIVE, next); \
}
#else
#error "sched_switch: unknown prototype"
#endif

/* fn(struct task_struct *p) */
#define HD_PROBE_SCHED_MIGRATE_TASK(probe, fn)				\
static void probe(void *data, struct task_struct *p, int cpu)		\
{									\
	fn(p);								\
}

/* fn(struct task_struct *p) */
#if defined(HD_HAVE_SCHED_EXIT_GROUP_DEAD)
#define HD_PROBE_SCHED_PROCESS_EXIT(probe, fn)				\
static void probe(void *data, struct task_struct *p, bool group_dead)	\
{									\
	fn(p);								\
}
#elif defined(HD_HAVE_SCHED_EXIT_PLAIN)
#define HD_PROBE_SCHED_PROCESS_EXIT(probe, fn)				\
static void probe(void *data, struct task_struct *p)			\
{									\
	fn(p);								\
}
#else
#error "sched_process_exit: unknown prototype"
#endif

/* Return: true where an exited task was killed by the OOM killer, if that is known. */
static inline bool hd_task_is_oom_victim(const struct task_struct *p)
{
#ifdef HD_HAVE_SIGNAL_OOM_MM
	return p->signal->oom_mm && (p->exit_code & 0x7f) == SIGKILL;
#else
	return false;
#endif
}

/* the time at which a task was forked, in nanoseconds of the monotonic clock */
static inline u64 hd_task_start_ns(const struct task_struct *p)
{
#ifdef HD_HAVE_START_TIME_NS
	return p->start_time;
#else
	return timespec_to_ns(&p->start_time);
#endif
}

/* fn(struct task_struct *p) */
#if defined(HD_HAVE_TASK_NEWTASK_ULONG)
#define HD_PROBE_TASK_NEWTASK(probe, fn)				\
static void probe(void *data, struct task_struct *p, unsigned long flags) \
{									\
	fn(p);								\
}
#elif defined(HD_HAVE_TASK_NEWTASK_U64)
#define HD_PROBE_TASK_NEWTASK(probe, fn)				\
static void probe(void *data, struct task_struct *p, u64 flags)		\
{									\
	fn(p);								\
}
#else
#error "task_newtask: unknown prototype"
#endif

/* fn(struct task_struct *p) */
#define HD_PROBE_SCHED_PROCESS_FREE(probe, fn)				\
static void probe(void *data, struct task_struct *p)			\
{									\
	fn(p);								\
}

/* fn(struct task_struct *p) */
struct linux_binprm;
#define HD_PROBE_SCHED_PROCESS_EXEC(probe, fn)				\
static void probe(void *data, struct task_struct *p, pid_t old_pid,	\
		  struct linux_binprm *bprm)				\
{									\
	fn(p);								\
}

/* fn(struct task_struct *p, const char *comm) */
#if defined(HD_HAVE_TASK_RENAME_CONST_COMM)
#define HD_PROBE_TASK_RENAME(probe, fn)					\
static void probe(void *data, struct task_struct *p, const char *comm)	\
{									\
	fn(p, comm);							\
}
#elif defined(HD_HAVE_TASK_RENAME_COMM)
#define HD_PROBE_TASK_RENAME(probe, fn)					\
static void probe(void *data, struct task_struct *p, char *comm)	\
{									\
	fn(p, comm);							\
}
#else
#error "task_rename: unknown prototype"
#endif

#endif /* HD_COMPAT_SCHED_H */
