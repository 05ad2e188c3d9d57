// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <sys/file.h>
#include "pure/human.h"
#include "util.h"
#include "why/parts.h"

/* fcntl commands, the same for all ABIs */
#define LOCK_WAIT_OFD	38	/* F_OFD_SETLKW */

enum kind {
	FLOCK,
	POSIX,
	OFD,
	LEASE,
	KINDS,
};

static const struct {
	const char *name;
	const char *words;
} lock_kinds[KINDS] = {
	[FLOCK] = { "FLOCK", "lock" },
	[POSIX] = { "POSIX", "lock" },
	[OFD] = { "OFDLCK", "lock" },
	[LEASE] = { "LEASE", "lease" },
};

/**
 * struct hd_why_lock - a line of /proc/locks
 * @kind: FLOCK, POSIX, OFD or LEASE
 * @waits: it is a request that waits for another lock
 * @write: exclusive
 * @pid: the process that took it; -1: it belongs to an open file description
 * @major: of the device of the file
 * @minor: of the device of the file
 * @inode: of the file
 * @start: first byte
 * @end: last byte
 */
struct hd_why_lock {
	enum kind kind;
	bool waits;
	bool write;
	s32 pid;
	u32 major;
	u32 minor;
	u64 inode;
	u64 start;
	u64 end;
};

/* parse "3: -> FLOCK  ADVISORY  WRITE 812 fe:00:1095 0 EOF"; the arrow is indented */
static bool read_lock(const char *line, struct hd_why_lock *lock)
{
	char kind[16], mode[16], end[24];
	const char *at = strchr(line, ':');

	if (!at)
		return false;
	at += 1 + strspn(at + 1, " ");
	lock->waits = !strncmp(at, "->", 2);
	if (lock->waits)
		at += 2;
	if (sscanf(at, "%15s %*s %15s %d %x:%x:%llu %llu %23s", kind, mode,
		   &lock->pid, &lock->major, &lock->minor, &lock->inode,
		   &lock->start, end) != 8)
		return false;
	for (lock->kind = 0; lock->kind < KINDS; lock->kind++)
		if (!strcmp(kind, lock_kinds[lock->kind].name))
			break;
	lock->write = !strcmp(mode, "WRITE");
	lock->end = strcmp(end, "EOF") ? strtoull(end, NULL, 10) : ~0ull;
	return lock->kind != KINDS;
}

static bool is_same_file(const struct hd_why_lock *x, const struct hd_why_lock *y)
{
	return x->inode == y->inode && x->major == y->major &&
	       x->minor == y->minor;
}

/* locks of flock(), of fcntl() and leases do not conflict with each other */
static bool is_same_world(enum kind x, enum kind y)
{
	return (x == OFD ? POSIX : x) == (y == OFD ? POSIX : y);
}

static bool is_blocked(const struct hd_why_lock *waiter, const struct hd_why_lock *holder)
{
	if (holder->waits || !is_same_file(waiter, holder) ||
	    !is_same_world(waiter->kind, holder->kind))
		return false;
	if (waiter->kind == LEASE)
		return true;
	return (waiter->write || holder->write) &&
	       waiter->start <= holder->end && holder->start <= waiter->end;
}

static enum kind kind_of(const struct hd_stuck_row *stuck)
{
	char buf[HD_NAME_LEN];
	const char *name = hd_syscall_name(stuck->abi, stuck->nr, buf);

	if (!strcmp(name, "flock"))
		return FLOCK;
	if (strncmp(name, "fcntl", 5))
		return LEASE;
	return stuck->args[1] == LOCK_WAIT_OFD ? OFD : POSIX;
}

static void add_locks(struct hd_why *why, const char *at)
{
	struct hd_why_lock lock;
	size_t room = 0;
	const char *end;
	char line[256];

	for (; *at; at = end + !!*end) {
		end = at + strcspn(at, "\n");
		snprintf(line, sizeof(line), "%.*s", (int)(end - at), at);
		if (!read_lock(line, &lock))
			continue;
		why->locks = hd_grow(why->locks, why->nr_locks, &room, sizeof(lock));
		why->locks[why->nr_locks++] = lock;
	}
}

/* Return: false if /proc/locks cannot be read; errno is set. */
static bool know_locks(struct hd_why *why)
{
	char *text;

	if (why->locks_known)
		return true;
	text = hd_proc_text(why, "locks");
	if (!text)
		return false;
	why->locks_known = true;
	add_locks(why, text);
	free(text);
	return true;
}

/**
 * hd_why_forget_locks() - drop the locks that were read; the next lookup reads again
 * @why: the host
 */
void hd_why_forget_locks(struct hd_why *why)
{
	free(why->locks);
	why->locks = NULL;
	why->nr_locks = 0;
	why->locks_known = false;
}

/* the line of the task's own request; NULL: there is none */
static const struct hd_why_lock *find_waiter(const struct hd_why *why,
					     const struct hd_why_task *task,
					     u64 inode)
{
	enum kind kind = kind_of(&task->stuck);
	s32 pid = kind == OFD ? -1 : (s32)task->tgid;
	const struct hd_why_lock *lock;
	size_t i;

	for (i = 0; i < why->nr_locks; i++) {
		lock = &why->locks[i];
		if (lock->waits && lock->kind == kind && lock->pid == pid &&
		    (!inode || lock->inode == inode))
			return lock;
	}
	return NULL;
}

/*
 * Linux 5.0 to 5.13 do not show a request that waits behind another request.  Whoever
 * keeps that one waiting keeps this one, too, as far as the two locks conflict.  The
 * request of flock() is known by the arguments of the call.
 */
static const struct hd_why_lock *find_hidden(const struct hd_why *why,
					     const struct hd_why_task *task,
					     u64 inode, struct hd_why_lock *own)
{
	size_t i;

	if (!inode || kind_of(&task->stuck) != FLOCK)
		return NULL;
	for (i = 0; i < why->nr_locks; i++) {
		*own = why->locks[i];
		if (!own->waits || own->kind != FLOCK || own->inode != inode)
			continue;
		own->pid = task->tgid;
		own->write = task->stuck.args[1] & LOCK_EX;
		return own;
	}
	return NULL;
}

/* does the open file of this descriptor hold the lock? */
static bool has_lock(struct hd_why *why, const struct hd_why_link *link,
		     void *priv)
{
	const struct hd_why_lock *holder = priv;
	char *text = hd_proc_text(why, "%u/fdinfo/%d", link->tgid, link->fd);
	const char *at = text;
	bool found = false;
	struct hd_why_lock lock;

	while (at && !found && (at = strstr(at, "lock:\t"))) {
		at += strlen("lock:\t");
		found = read_lock(at, &lock) && lock.kind == holder->kind &&
			lock.start == holder->start && is_same_file(&lock, holder);
	}
	free(text);
	return found;
}

/* Return: the descriptor by which the process holds the lock; -1: none. */
static s32 fd_of(struct hd_why *why, const struct hd_why_lock *holder,
		 struct hd_why_seek seek)
{
	struct hd_why_link found;

	if (hd_why_hold(why, &seek, holder->pid, &found))
		return found.fd;
	/* before Linux 4.1 fdinfo has no locks */
	seek.chosen = NULL;
	return hd_why_hold(why, &seek, holder->pid, &found) ? found.fd : -1;
}

/* the process that took the lock still has it */
static void say_process(struct hd_why *why, const struct hd_why_lock *holder, s32 fd,
			const struct hd_why_task *task, const char *link,
			struct hd_why_wait *wait)
{
	const struct hd_why_open *open = hd_why_opened(why, holder->pid, fd,
						       link);
	u32 tid = hd_why_thread(why, holder->pid, open ? open->tid : 0);
	char name[HD_WHY_NAME], age[HD_HUMAN_LEN], as[24] = "";
	struct hd_proc_status status;

	if (fd >= 0)
		snprintf(as, sizeof(as), " as fd %d", fd);
	hd_why_say(wait, "the %s is held by %s%s%s%s%s",
		   lock_kinds[holder->kind].words,
		   hd_why_name(why, holder->pid, name), as,
		   open ? ", which opened the file " : "",
		   open ? hd_human_time(open->age_ns, age) : "",
		   open ? " ago" : "");
	/* which thread of a process has the lock is a guess */
	wait->guess = hd_proc_status(why, tid, &status) && status.nr_threads > 1;
	if (tid != task->tid || !wait->guess)
		hd_why_next(wait, tid);
}

static void say_holder(struct hd_why *why, const struct hd_why_lock *holder,
		       const struct hd_why_task *task, const char *link,
		       struct hd_why_wait *wait)
{
	struct hd_why_seek seek = {
		.link = link, .mode = HD_WHY_READS | HD_WHY_WRITES,
		.chosen = has_lock, .priv = (void *)holder,
	};
	char what[HD_WHY_NAME + 64], name[HD_WHY_NAME];
	struct hd_proc_status status;
	bool is_there = hd_proc_status(why, holder->pid, &status) &&
			status.state != 'Z';
	s32 fd = is_there ? fd_of(why, holder, seek) : -1;

	if (fd >= 0 || (is_there && holder->kind != FLOCK)) {
		say_process(why, holder, fd, task, link, wait);
		return;
	}
	/* a lock of flock() stays with the open file, which a child may have inherited */
	if (holder->pid > 0)
		snprintf(what, sizeof(what),
			 "the lock was taken by %s; its open file is held by",
			 hd_why_name(why, holder->pid, name));
	else
		snprintf(what, sizeof(what),
			 "the lock is that of an open file, held by");
	hd_why_say_holders(why, &seek, what, task->tgid, wait);
}

/**
 * hd_why_is_flock() - does a task wait in flock()?
 * @stuck: the call of the task
 */
bool hd_why_is_flock(const struct hd_stuck_row *stuck)
{
	char buf[HD_NAME_LEN];

	return !strcmp(hd_syscall_name(stuck->abi, stuck->nr, buf), "flock");
}

/**
 * hd_why_waits_for_lease() - does a task wait until a lease is given up?
 * @task: the task
 */
bool hd_why_waits_for_lease(const struct hd_why_task *task)
{
	return strstr(task->stuck.place, "break_lease");
}

static const char *mode_name(const struct hd_why_lock *lock)
{
	return lock->write ? "exclusive" : "shared";
}

static void say_range(const struct hd_why_lock *waiter, struct hd_why_wait *wait)
{
	if (waiter->start || waiter->end != ~0ull)
		hd_why_say(wait, "it wants bytes %llu to %llu, %s",
			   waiter->start, waiter->end, mode_name(waiter));
}

static void say_not_there(struct hd_why_wait *wait)
{
	hd_why_say(wait, "who holds the lock is not known: /proc/locks lacks this wait");
	hd_why_say(wait, "either it has just ended, or another host has the lock");
}

static void say_holders(struct hd_why *why, const struct hd_why_lock *waiter,
			const struct hd_why_task *task, const char *link,
			struct hd_why_wait *wait)
{
	const struct hd_why_lock *holder;
	u32 holders = 0;

	say_range(waiter, wait);
	for (holder = why->locks; holder < why->locks + why->nr_locks; holder++) {
		if (!is_blocked(waiter, holder) ||
		    (waiter->kind == POSIX && holder->pid == waiter->pid))
			continue;
		if (holders++ < HD_WHY_NEXT)
			say_holder(why, holder, task, link, wait);
	}
	wait->held = wait->nr_next;
	if (!holders)
		hd_why_say(wait, "nobody holds the lock any more");
	else if (holders > HD_WHY_NEXT)
		hd_why_say(wait, "%u more hold it too",
			   holders - HD_WHY_NEXT);
}

/**
 * hd_why_lock() - name the holders of the file lock that a task waits for
 * @why: the host
 * @task: the task
 * @wait: the result is added to it
 */
void hd_why_lock(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait)
{
	u64 inode = task->stuck.fd < 0 ? 0 :
		    hd_proc_inode(why, task->tid, task->stuck.fd);
	char link[HD_PROC_PATH], text[HD_WHY_WHAT];
	const struct hd_why_lock *waiter;
	struct hd_why_lock own;

	if (!know_locks(why)) {
		hd_why_say(wait, "who holds the lock is not known: /proc/locks: %s",
			   hd_file_error());
		return;
	}
	if (!hd_proc_link(why, link, "%u/fd/%d", task->tid, task->stuck.fd))
		snprintf(link, sizeof(link), "%s", task->stuck.path);
	hd_why_what(wait, "a lock on %s", hd_escape(link, strlen(link), text,
						    sizeof(text)));
	waiter = find_waiter(why, task, inode);
	if (!waiter)
		waiter = find_hidden(why, task, inode, &own);
	if (waiter)
		say_holders(why, waiter, task, link, wait);
	else
		say_not_there(wait);
}
