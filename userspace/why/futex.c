// SPDX-License-Identifier: GPL-2.0-only
#include <linux/futex.h>
#include <stdlib.h>
#include "why/parts.h"

/* value of a lock of glibc or musl that has waiters */
#define LOCKED_AND_WAITED_FOR	2

/* upper bound of task numbers (PID_MAX_LIMIT) */
#define NUMBERS			4194304u

/**
 * struct mutex - a mutex of glibc in a 64-bit program
 * @word: the futex
 * @count: recursion depth
 * @owner: thread that holds it, numbered in the program's pid namespace
 * @users: threads that hold it or wait for it
 * @kind: normal, recursive and so on
 */
struct mutex {
	u32 word;
	u32 count;
	u32 owner;
	u32 users;
	u32 kind;
};

#define PAGE_LEAST	4096

/**
 * struct futex - the futex that a task waits for
 * @address: in its memory
 * @value: value that the task expects there
 * @is_pi: priority inheritance: the kernel passes it to the next owner
 * @is_plain: the operation is one that lock implementations use: it has no
 *	timeout, and condition variables and semaphores use other ones
 * @is_shared: other processes may wait for it too
 * @inode: inode of the mapped file that contains it, where it is shared; 0: none
 * @offset: its offset in that file
 */
struct futex {
	u64 address;
	u32 value;
	bool is_pi;
	bool is_plain;
	bool is_shared;
	u64 inode;
	u64 offset;
};

static bool is_call(const struct hd_stuck_row *stuck, const char *name)
{
	char buf[HD_NAME_LEN];

	return !strcmp(hd_syscall_name(stuck->abi, stuck->nr, buf), name);
}

/**
 * hd_why_is_futex() - does a task wait for one futex?
 * @stuck: what it is inside of
 */
bool hd_why_is_futex(const struct hd_stuck_row *stuck)
{
	return is_call(stuck, "futex") || is_call(stuck, "futex_time64") ||
	       is_call(stuck, "futex_wait");
}

/* "7f00-7f01 rw-s 00000000 00:05 812 /dev/shm/x" */
static void find_file(const struct hd_why *why, u32 tid, struct futex *futex)
{
	char *text = hd_proc_text(why, "%u/maps", tid), mode[5];
	u64 start, end, offset, inode;
	const char *at = text;

	while (at && *at) {
		if (sscanf(at, "%llx-%llx %4s %llx %*s %llu", &start, &end,
			   mode, &offset, &inode) == 5 &&
		    futex->address >= start && futex->address < end) {
			futex->inode = mode[3] == 's' ? inode : 0;
			futex->offset = offset + futex->address - start;
			break;
		}
		at += strcspn(at, "\n");
		at += !!*at;
	}
	free(text);
}

static void read_call(const struct hd_why *why, const struct hd_why_task *task,
		      struct futex *futex)
{
	const struct hd_stuck_row *stuck = &task->stuck;
	u32 op = stuck->args[1] & FUTEX_CMD_MASK;

	memset(futex, 0, sizeof(*futex));
	futex->address = stuck->args[0];
	if (is_call(stuck, "futex_wait")) {
		futex->value = stuck->args[1];
		futex->is_shared = !(stuck->args[3] & FUTEX_PRIVATE_FLAG);
	} else {
		futex->value = stuck->args[2];
		/* FUTEX_LOCK_PI2 is 13, and newer than some headers */
		futex->is_pi = op == FUTEX_LOCK_PI || op == 13;
		futex->is_plain = op == FUTEX_WAIT && !stuck->args[3];
		futex->is_shared = !(stuck->args[1] & FUTEX_PRIVATE_FLAG);
	}
	if (futex->is_shared)
		find_file(why, task->tid, futex);
}

/* the translation of a thread number of the waiter's pid namespace to ours */
struct inner {
	u32 number;
	u32 tid;
};

static void match_inner(struct hd_why *why, u32 tid, void *priv)
{
	struct hd_proc_status status;
	struct inner *inner = priv;

	if (!inner->tid && hd_proc_status(why, tid, &status) &&
	    status.inner == inner->number)
		inner->tid = tid;
}

/* Return: the owner in our pid namespace; 0: no task with that number can own it. */
static u32 owner_of(struct hd_why *why, const struct hd_why_task *task,
		    const struct futex *futex, u32 number)
{
	struct inner inner = { .number = number };
	struct hd_proc_status status;

	if (!number)
		return 0;
	if (hd_proc_status(why, task->tid, &status) &&
	    status.inner != task->tid)
		hd_proc_each(why, match_inner, &inner, "%u/task", task->tgid);
	else if (hd_proc_status(why, number, &status) &&
		 (futex->inode || status.tgid == task->tgid))
		inner.tid = number;
	return inner.tid;
}

static void say_owner(struct hd_why *why, u32 tid, const char *what,
		      bool is_sure, struct hd_why_wait *wait)
{
	char name[HD_WHY_NAME];

	hd_why_say(wait, "%s %s", what, hd_why_name(why, tid, name));
	hd_why_next(wait, tid);
	wait->held = true;
	wait->guess = !is_sure;
}

static void say_unknown(const struct hd_why *why,
			const struct hd_why_task *task,
			const struct futex *futex, u32 word,
			struct hd_why_wait *wait)
{
	bool is_lock = futex->is_pi || word == LOCKED_AND_WAITED_FOR;
	char name[HD_WHY_NAME];

	if (is_lock)
		hd_why_say(wait, "who holds the lock is not known: no owner is noted beside it");
	if (is_lock && (futex->is_pi || futex->is_plain))
		hd_why_end(wait, "somebody who is not known holds a lock of %s",
			   hd_why_name(why, task->tgid, name));
	if (!is_lock)
		hd_why_say(wait, "nobody is known to hold it: it waits for others to wake it");
}

/* the bytes behind the word are a glibc mutex only if they look like one */
static bool is_mutex(const struct mutex *mutex)
{
	return mutex->owner && mutex->owner < NUMBERS && mutex->users &&
	       mutex->users < 1 << 16 && mutex->count < 1 << 16 &&
	       (mutex->kind & 127) <= 3;
}

/* 0: not known */
static u32 parent_of(const struct hd_why *why, u32 tgid)
{
	char *text = hd_proc_text(why, "%u/status", tgid);
	const char *at = text ? strstr(text, "\nPPid:") : NULL;
	u32 parent = at ? strtoul(at + 6, NULL, 10) : 0;

	free(text);
	return parent;
}

/* the owner is no thread of this process */
static void say_lost_owner(const struct hd_why *why,
			   const struct hd_why_task *task, u32 owner,
			   struct hd_why_wait *wait)
{
	char name[HD_WHY_NAME], process[HD_WHY_NAME];
	struct hd_proc_status status;
	bool is_there;

	/* in another pid namespace the number cannot be translated */
	if (hd_proc_status(why, task->tid, &status) &&
	    status.inner != task->tid) {
		hd_why_say(wait, "who holds the lock is not known: no thread of its process");
		return;
	}
	is_there = hd_proc_status(why, owner, &status);
	hd_why_name(why, task->tgid, process);
	if (!is_there)
		hd_why_end(wait,
			   "likely nobody will release a lock of %s: its owner, %u, has ended",
			   process, owner);
	else if (status.tgid == parent_of(why, task->tgid))
		hd_why_end(wait,
			   "likely nobody will release a lock of %s: at the fork %s had it",
			   process, hd_why_name(why, owner, name));
	else
		hd_why_say(wait, "who holds the lock is not known: no thread of its process");
	if (wait->end[0])
		hd_why_say(wait, "%s", wait->end);
}

static void find_mutex_owner(struct hd_why *why, const struct hd_why_task *task,
			     const struct futex *futex,
			     struct hd_why_wait *wait)
{
	struct mutex mutex = { .word = 0 };
	u32 tid = 0;

	/* the page may end behind the word */
	if (!hd_proc_memory(why, task->tid, futex->address, &mutex,
			    sizeof(mutex)))
		memset(&mutex, 0, sizeof(mutex));
	if (mutex.word == LOCKED_AND_WAITED_FOR)
		tid = owner_of(why, task, futex, mutex.owner);
	if (tid)
		say_owner(why, tid, "the lock is likely held by", false, wait);
	else if (mutex.word == LOCKED_AND_WAITED_FOR && !futex->inode &&
		 is_mutex(&mutex))
		say_lost_owner(why, task, mutex.owner, wait);
	else
		say_unknown(why, task, futex, LOCKED_AND_WAITED_FOR, wait);
}

/* when the owner of a robust mutex dies, the kernel sets this bit */
static bool is_left_behind(u32 word)
{
	return word & FUTEX_OWNER_DIED && !(word & FUTEX_TID_MASK);
}

static void say_ended_owner(const struct hd_why *why,
			    const struct hd_why_task *task, u32 word,
			    struct hd_why_wait *wait)
{
	char name[HD_WHY_NAME];

	hd_why_say(wait, "the owner of the lock has ended without releasing it%s",
		   is_left_behind(word) ? "" : ", or is of another process");
	if (is_left_behind(word))
		hd_why_end(wait, "nobody will release a lock of %s: its owner has ended",
			   hd_why_name(why, task->tgid, name));
}

/*
 * Read the owner from the futex word.  0 and 1 are states of a mutex, and a value
 * beyond the largest task number is no owner.
 */
static void find_noted(struct hd_why *why, const struct hd_why_task *task,
		       const struct futex *futex, u32 word,
		       struct hd_why_wait *wait)
{
	u32 number = word & FUTEX_TID_MASK, tid;
	bool is_lock = (futex->is_pi || word & FUTEX_WAITERS) &&
		       number < NUMBERS;

	tid = number > LOCKED_AND_WAITED_FOR || futex->is_pi ?
	      owner_of(why, task, futex, number) : 0;
	if (tid && futex->is_pi)
		say_owner(why, tid, "the lock is held by", true, wait);
	else if (tid && tid != task->tid && is_lock)
		say_owner(why, tid, "the lock is likely held by", false, wait);
	else if (tid && tid != task->tid && word == futex->value)
		say_owner(why, tid, "it likely waits for the end of", false, wait);
	else if (is_left_behind(word) || (is_lock && number && !tid))
		say_ended_owner(why, task, word, wait);
	else
		say_unknown(why, task, futex, word, wait);
}

/*
 * The owner is read from memory that the C library wrote; only that of a PI futex
 * is certain.
 */
static void find_owner(struct hd_why *why, const struct hd_why_task *task,
		       const struct futex *futex, struct hd_why_wait *wait)
{
	u32 word = 0;

	if (!hd_proc_memory(why, task->tid, futex->address, &word,
			    sizeof(word)))
		hd_why_say(wait, "who holds it is not known: its memory cannot be read: %s",
			   hd_file_error());
	else if (word == LOCKED_AND_WAITED_FOR && !futex->is_pi)
		find_mutex_owner(why, task, futex, wait);
	else
		find_noted(why, task, futex, word, wait);
}

static bool is_same(const struct hd_why *why, const struct futex *futex,
		    u32 tgid, const struct hd_why_task *other)
{
	struct futex its;

	/* the cheap comparisons come first: there may be thousands of waiters */
	if ((other->stuck.args[0] ^ futex->address) % PAGE_LEAST ||
	    (!futex->inode && (other->tgid != tgid ||
			       other->stuck.args[0] != futex->address)) ||
	    !hd_why_is_futex(&other->stuck))
		return false;
	if (!futex->inode)
		return true;
	read_call(why, other, &its);
	return its.inode == futex->inode && its.offset == futex->offset;
}

static void say_others(const struct hd_why *why, const struct hd_why_task *task,
		       const struct futex *futex, struct hd_why_wait *wait)
{
	u32 others = 0, first = 0;
	char name[HD_WHY_NAME];
	size_t i;

	for (i = 0; i < why->nr_tasks; i++) {
		if (why->tasks[i].tid == task->tid ||
		    !is_same(why, futex, task->tgid, &why->tasks[i]))
			continue;
		if (!others++)
			first = why->tasks[i].tid;
	}
	if (others == 1)
		hd_why_say(wait, "%s waits for the same",
			   hd_why_name(why, first, name));
	else if (others)
		hd_why_say(wait, "%u others wait for the same", others);
}

/**
 * hd_why_futex() - name the owner of the futex that a task waits for
 * @why: the host
 * @task: the task
 * @wait: the result is added to it
 */
void hd_why_futex(struct hd_why *why, const struct hd_why_task *task,
		  struct hd_why_wait *wait)
{
	struct futex futex;

	read_call(why, task, &futex);
	wait->key = futex.address;
	snprintf(wait->on, sizeof(wait->on), " at 0x%llx", futex.address);
	find_owner(why, task, &futex, wait);
	if (wait->held || wait->end[0])
		hd_why_what(wait, futex.inode ? "a lock that processes share" :
				  "a lock of its process");
	say_others(why, task, &futex, wait);
}
