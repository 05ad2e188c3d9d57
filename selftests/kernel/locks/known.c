// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locks that are held, by threads whose names say of what, and threads that wait
 * for them: "h-mutex" holds what "w-mutex" waits for.  They are there as long as
 * the module is loaded.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/percpu-rwsem.h>
#include <linux/ptrace.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "known.h"

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("locks of known holders, for hostdiag's tests");

struct locks {
	struct mutex mutex;	/* of h-slab or h-pages */
	struct mutex circle[2];	/* each of one of those that wait for the other */
	struct rw_semaphore write;
	struct rw_semaphore read;
	struct semaphore semaphore;
	struct task_struct *behind;	/* a live task right behind a semaphore */
	struct mutex chain;	/* of h-chain */
};

static DEFINE_MUTEX(hdt_static_mutex);
static DECLARE_RWSEM(hdt_static_rwsem);
static struct semaphore hdt_static_semaphore =
	__SEMAPHORE_INITIALIZER(hdt_static_semaphore, 1);
static DECLARE_COMPLETION(hdt_static_completion);
static struct percpu_rw_semaphore hdt_static_percpu, hdt_other_percpu;
static struct locks *slab, *pages;
static bool is_over;

static int stress;
module_param(stress, int, 0);
static int crowd;
module_param(crowd, int, 0);

static void hold(void)
{
	while (!READ_ONCE(is_over))
		msleep_interruptible(20);
}

#define HOLDS(name, take, leave)			\
static int name(void *unused)				\
{							\
	take;						\
	hold();						\
	leave;						\
	return 0;					\
}

/* who waits gives it back as soon as it gets it */
#define WAITS(name, take, leave)			\
static int name(void *unused)				\
{							\
	take;						\
	leave;						\
	return 0;					\
}

HOLDS(hold_static, mutex_lock(&hdt_static_mutex), mutex_unlock(&hdt_static_mutex))
WAITS(wait_static, mutex_lock(&hdt_static_mutex), mutex_unlock(&hdt_static_mutex))
HOLDS(hold_slab, mutex_lock(&slab->mutex), mutex_unlock(&slab->mutex))
WAITS(wait_slab, mutex_lock(&slab->mutex), mutex_unlock(&slab->mutex))
HOLDS(hold_pages, mutex_lock(&pages->mutex), mutex_unlock(&pages->mutex))
WAITS(wait_pages, mutex_lock(&pages->mutex), mutex_unlock(&pages->mutex))
HOLDS(hold_write, down_write(&slab->write), up_write(&slab->write))
WAITS(wait_write_r, down_read(&slab->write), up_read(&slab->write))
WAITS(wait_write_w, down_write(&slab->write), up_write(&slab->write))
HOLDS(hold_rwstat, down_write(&hdt_static_rwsem), up_write(&hdt_static_rwsem))
WAITS(wait_rwstat, down_write(&hdt_static_rwsem), up_write(&hdt_static_rwsem))
HOLDS(hold_read, down_read(&slab->read), up_read(&slab->read))
WAITS(wait_read, down_write(&slab->read), up_write(&slab->read))
HOLDS(hold_sem, down(&hdt_static_semaphore), up(&hdt_static_semaphore))
WAITS(wait_sem, down(&hdt_static_semaphore), up(&hdt_static_semaphore))
HOLDS(hold_trap, down(&slab->semaphore), up(&slab->semaphore))
WAITS(wait_trap, down(&slab->semaphore), up(&slab->semaphore))
WAITS(wait_completion, wait_for_completion(&hdt_static_completion), (void)0)
HOLDS(innocent, (void)0, (void)0)

/* in S, as what a signal may end */
static int wait_signal(void *unused)
{
	if (!mutex_lock_interruptible(&slab->mutex))
		mutex_unlock(&slab->mutex);
	return 0;
}

static int wait_killable(void *unused)
{
	if (!mutex_lock_killable(&slab->mutex))
		mutex_unlock(&slab->mutex);
	return 0;
}

/* it holds what the next one waits for, and waits itself */
static int chain(void *unused)
{
	mutex_lock(&slab->chain);
	mutex_lock(&slab->mutex);
	mutex_unlock(&slab->mutex);
	mutex_unlock(&slab->chain);
	return 0;
}

HOLDS(hold_percpu, percpu_down_write(&hdt_static_percpu), percpu_up_write(&hdt_static_percpu))
HOLDS(hold_other_percpu, percpu_down_write(&hdt_other_percpu), percpu_up_write(&hdt_other_percpu))
WAITS(wait_percpu, percpu_down_read(&hdt_static_percpu), percpu_up_read(&hdt_static_percpu))
WAITS(write_percpu, percpu_down_write(&hdt_static_percpu), percpu_up_write(&hdt_static_percpu))
WAITS(wait_other_percpu, percpu_down_read(&hdt_other_percpu), percpu_up_read(&hdt_other_percpu))
WAITS(wait_chain, mutex_lock(&slab->chain), mutex_unlock(&slab->chain))

/*
 * Two that wait for each other, and that a signal could part.  Kernel threads
 * have none, so the one gives up when the module goes.
 */
static struct task_struct *circle_task[2];

static int circle(void *data)
{
	long own = (long)data;

	allow_signal(SIGTERM);
	mutex_lock(&slab->circle[own]);
	while (!READ_ONCE(circle_task[!own]) ||
	       !mutex_is_locked(&slab->circle[!own]))
		msleep(20);
	if (!mutex_lock_interruptible_nested(&slab->circle[!own], 1))
		mutex_unlock(&slab->circle[!own]);
	mutex_unlock(&slab->circle[own]);
	return 0;
}

static const struct thread {
	const char *name;
	int (*run)(void *data);
} holders[] = {
	{ "h-static", hold_static }, { "h-slab", hold_slab },
	{ "h-pages", hold_pages }, { "h-write", hold_write },
	{ "h-rwstat", hold_rwstat },
	{ "h-percpu", hold_percpu }, { "h-percpu-o", hold_other_percpu },
	{ "h-read", hold_read }, { "h-sem", hold_sem }, { "h-trap", hold_trap },
	{ "innocent", innocent },
}, waiters[] = {
	{ "w-static", wait_static }, { "w-static", wait_static },
	{ "w-slab", wait_slab }, { "w-slab", wait_slab },
	{ "w-slab-s", wait_signal }, { "w-slab-k", wait_killable },
	{ "w-pages", wait_pages }, { "w-write", wait_write_r },
	{ "w-write", wait_write_r }, { "w-write", wait_write_w },
	{ "w-rwstat", wait_rwstat },
	{ "w-read", wait_read }, { "w-sem", wait_sem }, { "w-sem", wait_sem },
	{ "w-trap", wait_trap }, { "w-completion", wait_completion },
	{ "h-chain", chain },
	{ "w-percpu", wait_percpu }, { "w-percpu", wait_percpu },
	{ "w-percpu-w", write_percpu }, { "w-percpu-o", wait_other_percpu },
}, late[] = {
	{ "w-chain", wait_chain },
};

#define CROWD_MOST	2000
#define THREADS_MOST	(CROWD_MOST + 64)
static struct task_struct *threads[THREADS_MOST];
static int threads_len;

static int start(int (*run)(void *), void *data, const char *name)
{
	struct task_struct *p;

	if (threads_len == THREADS_MOST)
		return -ENOSPC;
	p = kthread_create(run, data, "%s", name);
	if (IS_ERR(p))
		return PTR_ERR(p);
	get_task_struct(p);
	threads[threads_len++] = p;
	wake_up_process(p);
	return 0;
}

static int start_all(const struct thread *all, int len)
{
	int i, err = 0;

	for (i = 0; i < len && !err; i++) {
		err = start(all[i].run, NULL, all[i].name);
		msleep(20);
	}
	return err;
}

static int start_circle(void)
{
	long i;
	int err = 0;

	/* there a mutex is an rt_mutex, which finds the circle, and warns of it */
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		return 0;
	for (i = 0; i < 2 && !err; i++) {
		err = start(circle, (void *)i, "circle");
		if (!err)
			WRITE_ONCE(circle_task[i], threads[threads_len - 1]);
	}
	return err;
}

static void free_locks(void)
{
	percpu_free_rwsem(&hdt_static_percpu);
	percpu_free_rwsem(&hdt_other_percpu);
	vfree(pages);
	kfree(slab);
}

/* the threads have all ended when their code goes */
static void end_all(void)
{
	int i;

	WRITE_ONCE(is_over, true);
	complete_all(&hdt_static_completion);
	if (circle_task[0])
		send_sig(SIGTERM, circle_task[0], 1);
	for (i = 0; i < threads_len; i++) {
		/* it has not been stopped by kthread_stop(), but returned */
		while (!(READ_ONCE(threads[i]->flags) & PF_EXITING))
			msleep(20);
		put_task_struct(threads[i]);
	}
	msleep(50);
	free_locks();
}

static int __init begin(void)
{
	int i, err;

	slab = kzalloc(sizeof(*slab), GFP_KERNEL);
	pages = vzalloc(sizeof(*pages));
	if (!slab || !pages || percpu_init_rwsem(&hdt_static_percpu) ||
	    percpu_init_rwsem(&hdt_other_percpu)) {
		free_locks();
		return -ENOMEM;
	}
	mutex_init(&slab->mutex);
	mutex_init(&slab->chain);
	mutex_init(&slab->circle[0]);
	mutex_init(&slab->circle[1]);
	mutex_init(&pages->mutex);
	init_rwsem(&slab->write);
	init_rwsem(&slab->read);
	sema_init(&slab->semaphore, 1);
	err = start_all(holders, ARRAY_SIZE(holders));
	if (!err) {
		slab->behind = threads[threads_len - 1];
		msleep(100);
		err = start_all(waiters, ARRAY_SIZE(waiters));
	}
	if (!err) {
		msleep(100);
		err = start_all(late, ARRAY_SIZE(late));
	}
	if (!err)
		err = start_circle();
	for (i = 0; i < min(crowd, CROWD_MOST) && !err; i++)
		err = start(wait_static, NULL, "w-crowd");
	if (!err && stress)
		err = hdt_stress_begin(stress);
	if (err) {
		hdt_stress_end();
		end_all();
	}
	return err;
}

static void __exit end(void)
{
	hdt_stress_end();
	end_all();
}

module_init(begin);
module_exit(end);
