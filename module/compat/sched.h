/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Task state, and the scheduler's and task's tracepoints with one prototype
 * each.  HD_PROBE_<event>(probe, fn) defines probe(), which has the kernel's
 * prototype, and calls fn(), which has ours; fn() is inlined into it.
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
 * struct hd_mark - where a task's use of CPUs stands
 * @seen_ns: when @ran_ns was noted last; of a clock that only this is read from
 * @ran_ns: time on CPUs, up to then
 * @runq_ns: time waited for a CPU
 *
 * In the scheduler's order, so that two can be copied at once.
 */
struct hd_mark {
	u64 seen_ns;
	u64 ran_ns;
	u64 runq_ns;
};

/* hd_task_runq_ns() - how long has a task waited for a CPU, in all its life? */
static __always_inline u64 hd_task_runq_ns(struct task_struct *p)
{
#ifdef HD_HAVE_SCHED_INFO
	return data_race(p->sched_info.run_delay);
#else
	return 0;
#endif
}

/**
 * hd_mark() - note where a task's use of CPUs stands
 * @p: current
 * @mark: where to
 *
 * The scheduler notes @ran_ns at every switch and tick, and @seen_ns with it;
 * while the task is off its CPU only @seen_ns goes on.  So the difference of
 * the two grows by the time off the CPU, and by nothing else.
 */
static __always_inline void hd_mark(struct task_struct *p, struct hd_mark *mark)
{
	/* all is read first, or the compiler could not copy two at once */
	u64 seen_ns = data_race(p->se.exec_start);
	u64 ran_ns = data_race(p->se.sum_exec_runtime);
	u64 runq_ns = hd_task_runq_ns(p);

	mark->seen_ns = seen_ns;
	mark->ran_ns = ran_ns;
	mark->runq_ns = runq_ns;
}

/**
 * hd_task_sleeps() - how often a task has given up its CPU to sleep
 * @p: current
 *
 * Not how often it was preempted.
 */
static inline unsigned long hd_task_sleeps(struct task_struct *p)
{
	return p->nvcsw;
}

/**
 * hd_task_frozen_in_d() - a frozen task on a kernel that shows it as D
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
 * Up to 5.7 the note is taken on SMP kernels only.  By proxy execution a task that
 * waits for a mutex stays on its run queue, without the note.
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
 * The scheduler notes whether a sleeper counts for the load, which is what D
 * is: one test spares most switches a look-up.  Idle tasks have inherited the
 * note from who made them.
 */
static __always_inline bool hd_task_was_in_d(struct task_struct *p)
{
	return HD_CONTRIBUTES_TO_LOAD(p, true) && p->pid;
}

/**
 * hd_task_queued_ns() - how long ago was a task put on its run queue?
 * @p: the task that is switched in, in the sched_switch event
 *
 * That is its wakeup, or when it was moved to another CPU after that; then
 * hd_task_runq_ns() has what it had waited before.  Both are by the clock of
 * the run queue, which local_clock() is, too.
 *
 * Return: that; 0 where the scheduler does not note it.
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
 * hd_task_off_cpu_ns() - how long ago did a task get a CPU last?
 * @p: a task that sleeps: it has slept about as long
 *
 * Return: that; 0 where the scheduler does not note it.
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

/* hd_task_makes_calls() - has it come from user space, unlike a kernel thread? */
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
 * hd_task_off_queue() - does a task that is to sleep not run any more?
 * @p: a task whose state is no running one
 *
 * From 6.12 on it may stay on its run queue until that would pick it next, and is
 * taken off then.  It may be woken before, by who has its pi_lock.
 */
static inline bool hd_task_off_queue(const struct task_struct *p)
{
#ifdef HD_HAVE_SCHED_DELAYED
	if (READ_ONCE(p->se.sched_delayed))
		return true;
#endif
	return !READ_ONCE(p->on_rq);
}

/* is it in D now, or was it woken and waits for a CPU? */
static inline bool hd_task_in_d(struct task_struct *p)
{
	return hd_task_state(p) & TASK_UNINTERRUPTIBLE;
}

/*
 * What a kernel that does not hand it over says of a task that is being
 * switched out.  A fast waker may have changed it by now, but not the note
 * of what it was.
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

/* was a task that has ended killed for want of memory, as far as the kernel tells? */
static inline bool hd_task_is_oom_victim(const struct task_struct *p)
{
#ifdef HD_HAVE_SIGNAL_OOM_MM
	return p->signal->oom_mm && (p->exit_code & 0x7f) == SIGKILL;
#else
	return false;
#endif
}

/* when a task was made, in nanoseconds of the monotonic clock */
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
