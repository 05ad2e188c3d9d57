// SPDX-License-Identifier: GPL-2.0-only
#include <linux/futex.h>
#include <stdlib.h>
#include "why/futex.h"
#include "why/proc.h"

/* a lock of glibc or musl that others wait for too */
#define LOCKED_AND_WAITED_FOR	2
/* struct __pthread_mutex_s: int __lock; unsigned int __count; int __owner */
#define OWNER_BEHIND		8

#define PAGE_LEAST	4096

/**
 * struct futex - what a task waits for
 * @address: in its memory
 * @value: that it saw there
 * @is_pi: the kernel hands it on, from owner to owner
 * @is_shared: other processes may wait for it too
 * @inode: of the file it is in, where it is shared; 0: none
 * @offset: in that file
 */
struct futex {
	u64 address;
	u32 value;
	bool is_pi;
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
		futex->is_shared = !(stuck->args[1] & FUTEX_PRIVATE_FLAG);
	}
	if (futex->is_shared)
		find_file(why, task->tid, futex);
}

/* a number that the waiter would know a thread by, as one that we do */
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

/* Return: 0 where there is no such task that could own it. */
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

static void say_unknown(const struct futex *futex, u32 word,
			struct hd_why_wait *wait)
{
	if (futex->is_pi || word == LOCKED_AND_WAITED_FOR)
		hd_why_say(wait, "who holds the lock is not known: no owner is noted beside it");
	else
		hd_why_say(wait, "nobody is known to hold it: it waits for others to wake it");
}

/* what the C libraries leave in memory says who; only a PI futex is sure */
static void find_owner(struct hd_why *why, const struct hd_why_task *task,
		       const struct futex *futex, struct hd_why_wait *wait)
{
	u32 word[1 + OWNER_BEHIND / 4] = { 0 }, tid, owner;

	if (!hd_proc_memory(why, task->tid, futex->address, word, 4)) {
		hd_why_say(wait, "who holds it is not known: its memory cannot be read: %s",
			   hd_file_error());
		return;
	}
	tid = owner_of(why, task, futex, word[0] & FUTEX_TID_MASK);
	if (tid && futex->is_pi) {
		say_owner(why, tid, "the lock is held by", true, wait);
	} else if (tid && tid != task->tid && word[0] & FUTEX_WAITERS) {
		say_owner(why, tid, "the lock is likely held by", false, wait);
	} else if (tid && tid != task->tid && word[0] == futex->value) {
		say_owner(why, tid, "it likely waits for the end of", false, wait);
	} else {
		owner = word[0] == LOCKED_AND_WAITED_FOR &&
			hd_proc_memory(why, task->tid, futex->address, word,
				       sizeof(word)) ?
			word[OWNER_BEHIND / 4] : 0;
		tid = owner_of(why, task, futex, owner);
		if (tid)
			say_owner(why, tid, "the lock is likely held by", false, wait);
		else
			say_unknown(futex, word[0], wait);
	}
}

static bool is_same(const struct hd_why *why, const struct futex *futex,
		    u32 tgid, const struct hd_why_task *other)
{
	struct futex its;

	/* the cheap questions first: there may be thousands */
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

	for (i = 0; i < why->tasks; i++) {
		if (why->task[i].tid == task->tid ||
		    !is_same(why, futex, task->tgid, &why->task[i]))
			continue;
		if (!others++)
			first = why->task[i].tid;
	}
	if (others == 1)
		hd_why_say(wait, "%s waits for the same",
			   hd_why_name(why, first, name));
	else if (others)
		hd_why_say(wait, "%u others wait for the same", others);
}

/**
 * hd_why_futex() - a task waits for a futex
 * @why: the host
 * @task: which
 * @wait: what is known of it
 */
void hd_why_futex(struct hd_why *why, const struct hd_why_task *task,
		  struct hd_why_wait *wait)
{
	struct futex futex;

	read_call(why, task, &futex);
	wait->key = futex.address;
	snprintf(wait->on, sizeof(wait->on), " at 0x%llx", futex.address);
	find_owner(why, task, &futex, wait);
	say_others(why, task, &futex, wait);
}
