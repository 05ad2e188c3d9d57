// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ten threads take six locks in turn, and write down who they are while they
 * hold one.  A sampler looks at each of them the way hostdiag does, and compares
 * whom that names with what was written down just before and just after.
 *
 * What is named may be: who held the lock at either time, or in between; or
 * who has just got it, and has not written it down yet, which is waited for.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/ptrace.h>
#include <linux/random.h>
#include <linux/slab.h>
#include "show/locks.h"
#include "known.h"

#define MUTEXES		4
#define LOCKS		6	/* the others are rwsems */
#define THREADS		10
#define PAST		1024u

static struct lock {
	union {
		struct mutex mutex;	/* of the first MUTEXES */
		struct rw_semaphore rwsem;
	};
	u32 taken;		/* how often, by those that exclude others */
	pid_t holder;
	pid_t past[PAST];
} *locks[LOCKS];

static struct thread {
	struct task_struct *task;
	int wants;		/* lock + 1 */
	u32 asked;		/* how often it has asked for one */
	u32 past[PAST];		/* which */
} threads[THREADS];

static struct task_struct *sampler;
static bool is_over, is_begun;
static int most_seconds;
static atomic_t operations;

/* what the sampler has seen, by what it was */
enum {
	SAMPLES, RIGHT, BEFORE_WRITTEN, WRONG, OTHER_LOCK, HANDED, READERS, NOBODY,
	UNKNOWN, NOTHING, COUNTS,
};

static u32 counts[COUNTS];
static const char *const names[COUNTS] = {
	"samples", "right", "before_written", "wrong", "other_lock", "handed",
	"readers", "nobody", "unknown", "nothing",
};

static u32 random_below(u32 n)
{
	u32 random;

	get_random_bytes(&random, sizeof(random));
	return random % n;
}

/* from nothing to milliseconds, on a CPU and asleep */
static void hold(void)
{
	switch (random_below(64)) {
	case 0:
		usleep_range(500, 3000);
		break;
	case 1 ... 4:
		usleep_range(50, 200);
		break;
	case 5 ... 12:
		cond_resched();
		break;
	default:
		udelay(random_below(10));
	}
}

static void write_down(struct lock *lock)
{
	WRITE_ONCE(lock->past[lock->taken % PAST], current->pid);
	WRITE_ONCE(lock->holder, current->pid);
	smp_wmb();	/* who it is before it counts */
	WRITE_ONCE(lock->taken, lock->taken + 1);
}

static void work(struct thread *me, u32 nth, bool is_deep)
{
	struct lock *lock = locks[nth];
	bool reads = nth >= MUTEXES && random_below(2);

	WRITE_ONCE(me->past[me->asked % PAST], nth);
	smp_wmb();	/* which it is before it counts */
	WRITE_ONCE(me->asked, me->asked + 1);
	WRITE_ONCE(me->wants, nth + 1);
	if (nth < MUTEXES)
		mutex_lock_nested(&lock->mutex, is_deep);
	else if (reads)
		down_read_nested(&lock->rwsem, is_deep);
	else
		down_write_nested(&lock->rwsem, is_deep);
	WRITE_ONCE(me->wants, 0);
	atomic_inc(&operations);
	if (!reads)
		write_down(lock);
	hold();
	if (!is_deep && nth + 1 < LOCKS && !random_below(3))
		work(me, nth + 1 + random_below(LOCKS - nth - 1), true);
	if (!reads)
		WRITE_ONCE(lock->holder, 0);
	if (nth < MUTEXES)
		mutex_unlock(&lock->mutex);
	else if (reads)
		up_read(&lock->rwsem);
	else
		up_write(&lock->rwsem);
}

static int run(void *data)
{
	while (!kthread_should_stop()) {
		if (READ_ONCE(is_over))
			msleep(20);
		else
			work(data, random_below(LOCKS), false);
		if (!random_below(16))
			usleep_range(100, 1000);
	}
	return 0;
}

static bool is_of(const struct lock *lock, unsigned long address)
{
	return address - (unsigned long)lock < offsetof(struct lock, taken);
}

/* has the thread asked for that one, since it had asked so often? */
static bool has_asked(const struct thread *thread, unsigned long address,
		      u32 from)
{
	u32 to = READ_ONCE(thread->asked);

	smp_rmb();	/* the count before what it counts */
	for (; from != to; from++)
		if (is_of(locks[READ_ONCE(thread->past[from % PAST])], address))
			return true;
	return false;
}

static bool held_between(const struct lock *lock, pid_t pid, u32 from, u32 to)
{
	for (; from != to; from++)
		if (READ_ONCE(lock->past[from % PAST]) == pid)
			return true;
	return false;
}

/* who has it, and has not written that down */
static bool writes_it_next(const struct lock *lock, pid_t pid, u32 taken)
{
	int i;

	for (i = 0; i < 1000 && READ_ONCE(lock->taken) == taken; i++)
		usleep_range(500, 1000);
	smp_rmb();	/* the count before whom it counts */
	return READ_ONCE(lock->taken) != taken &&
	       READ_ONCE(lock->past[taken % PAST]) == pid;
}

static void judge_holder(const struct lock *lock, pid_t pid, u32 before,
			 pid_t first)
{
	u32 after;

	if (pid == first || pid == READ_ONCE(lock->holder)) {
		counts[RIGHT]++;
		return;
	}
	after = READ_ONCE(lock->taken);
	smp_rmb();	/* the count before whom it counts */
	if (held_between(lock, pid, before ? before - 1 : 0, after)) {
		counts[RIGHT]++;
	} else if (writes_it_next(lock, pid, after)) {
		counts[BEFORE_WRITTEN]++;
	} else {
		counts[WRONG]++;
		pr_err("%d named, of lock %p: written down were %d, %u to %u\n",
		       pid, lock, first, before, after);
	}
}

static void judge(struct hd_locks *look, struct thread *thread)
{
	u32 asked = READ_ONCE(thread->asked);
	int wants = READ_ONCE(thread->wants);
	struct hd_lock_wait wait;
	const struct lock *lock;
	u32 before;
	pid_t first;

	if (!wants)
		return;
	lock = locks[wants - 1];
	before = READ_ONCE(lock->taken);
	smp_rmb();	/* the count before the holder, as it was written */
	first = READ_ONCE(lock->holder);
	counts[SAMPLES]++;
	if (!hd_locks_look(look, thread->task, &wait)) {
		counts[NOTHING]++;
		return;
	}
	if (!wait.lock) {
		counts[UNKNOWN]++;
	} else if (!is_of(lock, wait.lock)) {
		/* it may have got that one, and want another one */
		if (!has_asked(thread, wait.lock, asked)) {
			counts[OTHER_LOCK]++;
			pr_err("%s wants lock %d, and %p is named\n",
			       thread->task->comm, wants, (void *)wait.lock);
		}
	} else if (wait.hold == HD_HOLD_HELD) {
		judge_holder(lock, wait.holder->pid, before, first);
	} else if (wait.hold == HD_HOLD_HANDED) {
		counts[HANDED]++;
	} else if (wait.hold == HD_HOLD_READER) {
		counts[READERS]++;
	} else if (wait.hold == HD_HOLD_NOBODY) {
		counts[NOBODY]++;
	} else {
		counts[UNKNOWN]++;
	}
	hd_lock_wait_put(&wait);
}

static int sample(void *unused)
{
	unsigned long end = jiffies + most_seconds * HZ;
	struct hd_locks *look = NULL;
	u32 i;

	while (!kthread_should_stop() && time_before(jiffies, end)) {
		hd_locks_free(look);
		look = hd_locks_new();
		for (i = 0; look && i < 100 * THREADS; i++) {
			judge(look, &threads[i % THREADS]);
			cond_resched();
			if (!random_below(16))
				usleep_range(20, 100);
		}
	}
	hd_locks_free(look);
	WRITE_ONCE(is_over, true);
	while (!kthread_should_stop())
		msleep(20);
	return 0;
}

static int show(char *to, const struct kernel_param *param)
{
	int i, len = sprintf(to, "over=%d operations=%d", READ_ONCE(is_over),
			     atomic_read(&operations));

	for (i = 0; i < COUNTS; i++)
		len += sprintf(to + len, " %s=%u", names[i], counts[i]);
	return len + sprintf(to + len, "\n");
}

static const struct kernel_param_ops ops = { .get = show };
module_param_cb(result, &ops, NULL, 0400);

static int make_locks(void)
{
	u32 i;

	for (i = 0; i < LOCKS; i++) {
		locks[i] = kzalloc(sizeof(*locks[i]), GFP_KERNEL);
		if (!locks[i])
			return -ENOMEM;
		if (i < MUTEXES)
			mutex_init(&locks[i]->mutex);
		else
			init_rwsem(&locks[i]->rwsem);
	}
	return 0;
}

static struct task_struct *start(int (*fn)(void *), void *data, int nth)
{
	struct task_struct *p = kthread_create(fn, data, "stress-%d", nth);

	if (IS_ERR(p))
		return NULL;
	get_task_struct(p);
	wake_up_process(p);
	return p;
}

static void stop(struct task_struct *p)
{
	if (!p)
		return;
	kthread_stop(p);
	put_task_struct(p);
}

/* for so many seconds; 0 or an error, and hdt_stress_end() is due */
int hdt_stress_begin(int seconds)
{
	int i, err = make_locks();

	is_begun = true;
	most_seconds = seconds;
	for (i = 0; i < THREADS && !err; i++) {
		threads[i].task = start(run, &threads[i], i);
		if (!threads[i].task)
			err = -ENOMEM;
	}
	if (!err) {
		sampler = start(sample, NULL, THREADS);
		if (!sampler)
			err = -ENOMEM;
	}
	return err;
}

void hdt_stress_end(void)
{
	int i;

	if (!is_begun)
		return;
	stop(sampler);
	WRITE_ONCE(is_over, true);
	for (i = 0; i < THREADS; i++)
		stop(threads[i].task);
	for (i = 0; i < LOCKS; i++)
		kfree(locks[i]);
}
