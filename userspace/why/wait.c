// SPDX-License-Identifier: GPL-2.0-only
/* What a task waits for: choose the room of why/ that knows the kind of call. */
#include <stdlib.h>
#include "host/reasons.h"
#include "pure/human.h"
#include "why/parts.h"

static void wait_for_signal(struct hd_why *why, const struct hd_why_task *task,
			    struct hd_why_wait *wait)
{
	(void)why;
	(void)task;
	hd_why_say(wait, "it waits for a signal");
}

static void wait_for_time(struct hd_why *why, const struct hd_why_task *task,
			  struct hd_why_wait *wait)
{
	(void)why;
	(void)task;
	hd_why_say(wait, "it sleeps because it wants to");
}

static const struct {
	const char *name;
	void (*know)(struct hd_why *why, const struct hd_why_task *task,
		     struct hd_why_wait *wait);
} call_kinds[] = {
	{ "flock", hd_why_lock },
	{ "fcntl", hd_why_lock },
	{ "fcntl64", hd_why_lock },
	{ "wait4", hd_why_children },
	{ "waitid", hd_why_children },
	{ "waitpid", hd_why_children },
	{ "vfork", hd_why_vfork },
	{ "semop", hd_why_semaphore },
	{ "semtimedop", hd_why_semaphore },
	{ "msgsnd", hd_why_send },
	{ "msgrcv", hd_why_receive },
	{ "pause", wait_for_signal },
	{ "rt_sigsuspend", wait_for_signal },
	{ "rt_sigtimedwait", wait_for_signal },
	{ "rt_sigtimedwait_time64", wait_for_signal },
	{ "nanosleep", wait_for_time },
	{ "clock_nanosleep", wait_for_time },
	{ "clock_nanosleep_time64", wait_for_time },
};

static const struct {
	const char *name;
	enum hd_why_way way;
} transfers[] = {
	{ "read", HD_WHY_IN }, { "readv", HD_WHY_IN },
	{ "recv", HD_WHY_IN }, { "recvfrom", HD_WHY_IN },
	{ "recvmsg", HD_WHY_IN }, { "recvmmsg", HD_WHY_IN },
	{ "write", HD_WHY_OUT }, { "writev", HD_WHY_OUT },
	{ "send", HD_WHY_OUT }, { "sendto", HD_WHY_OUT },
	{ "sendmsg", HD_WHY_OUT }, { "sendmmsg", HD_WHY_OUT },
	{ "accept", HD_WHY_ACCEPT }, { "accept4", HD_WHY_ACCEPT },
	{ "connect", HD_WHY_CONNECT },
};

/* a wait on a pipe is interruptible, so that a D sleep is about something else */
static bool is_pipe(const struct hd_why *why, const struct hd_why_task *task,
		    s32 fd, const char *link)
{
	if (!strncmp(link, "pipe:[", 6) || strstr(task->stuck.place, "pipe_"))
		return true;
	return link[0] == '/' && task->stuck.state != 'D' &&
	       hd_proc_is_fifo(why, task->tid, fd);
}

/* report the descriptor, and return what it refers to, as raw bytes */
static void say_fd(struct hd_why *why, const struct hd_why_task *task, s32 fd,
		   char link[HD_PROC_PATH], struct hd_why_wait *wait)
{
	char text[HD_WHY_TEXT - 32];

	if (!hd_proc_link(why, link, "%u/fd/%d", task->tid, fd) &&
	    fd == task->stuck.fd)
		snprintf(link, HD_PROC_PATH, "%s", task->stuck.path);
	if (!link[0])
		snprintf(wait->on, sizeof(wait->on), " on fd %d", fd);
	else
		snprintf(wait->on, sizeof(wait->on), " on fd %d = %s", fd,
			 hd_why_describe(task, link, text, sizeof(text)));
}

static void know_transfer(struct hd_why *why, const struct hd_why_task *task,
			  s32 fd, enum hd_why_way way, const char *link,
			  struct hd_why_wait *wait)
{
	u64 inode = hd_socket_inode(link);

	if (inode)
		hd_why_socket(why, task, inode, way, wait);
	else if (is_pipe(why, task, fd, link))
		hd_why_pipe(why, task, link, way, wait);
}

static void know_poll(struct hd_why *why, const struct hd_why_task *task,
		      struct hd_why_wait *wait)
{
	char link[HD_PROC_PATH];
	enum hd_why_way way;
	s32 fd;

	if (!hd_why_poll_one(why, task, &fd, &way, wait))
		return;
	say_fd(why, task, fd, link, wait);
	know_transfer(why, task, fd, way, link, wait);
}

static bool is_poll(const char *name)
{
	return !strncmp(name, "poll", 4) || !strncmp(name, "ppoll", 5) ||
	       !strncmp(name, "select", 6) || !strncmp(name, "pselect6", 8) ||
	       !strcmp(name, "_newselect");
}

/* the C library calls vfork as clone(), which sleeps in D for nothing else */
static bool is_vfork(const char *name, const struct hd_stuck_row *stuck)
{
	return strstr(stuck->place, "vfork_done") ||
	       (!strncmp(name, "clone", 5) && stuck->state == 'D');
}

static void know_call(struct hd_why *why, const struct hd_why_task *task,
		      const char *link, struct hd_why_wait *wait)
{
	const struct hd_stuck_row *stuck = &task->stuck;
	char buf[HD_NAME_LEN];
	const char *name = hd_syscall_name(stuck->abi, stuck->nr, buf);
	size_t i;

	hd_why_path(why, task, wait);
	for (i = 0; i < ARRAY_SIZE(call_kinds); i++)
		if (!strcmp(name, call_kinds[i].name))
			call_kinds[i].know(why, task, wait);
	for (i = 0; i < ARRAY_SIZE(transfers); i++)
		if (!strcmp(name, transfers[i].name) && stuck->fd >= 0)
			know_transfer(why, task, stuck->fd, transfers[i].way,
				      link, wait);
	if (is_poll(name))
		know_poll(why, task, wait);
	else if (hd_why_is_futex(stuck))
		hd_why_futex(why, task, wait);
	else if (is_vfork(name, stuck) && strcmp(name, "vfork"))
		hd_why_vfork(why, task, wait);
	else if (hd_why_waits_for_lease(task))
		hd_why_lock(why, task, wait);
}

/* a wait that is retried, as that for an NFS server, has a young D sleep */
static bool is_retried(const struct hd_stuck_row *stuck)
{
	return stuck->nr != HOSTDIAG_NR_NONE &&
	       stuck->age_ns / 2 > stuck->d_age_ns + 1000000000;
}

static void know_dsleep(const struct hd_stuck_row *stuck,
			struct hd_why_wait *wait)
{
	const char *reason = hd_reason(stuck->place);
	char time[HD_HUMAN_LEN], age[HD_HUMAN_LEN + 32] = "";

	if (stuck->d_age_ns)
		snprintf(age, sizeof(age), " for %s%s",
			 hd_human_time(stuck->d_age_ns, time),
			 is_retried(stuck) ? ", not for the first time" : "");
	if (reason)
		hd_why_say(wait, "in D sleep%s, waiting for %s", age, reason);
	else if (stuck->place[0])
		hd_why_say(wait, "in D sleep%s, in %s", age, stuck->place);
	else
		hd_why_say(wait, "in D sleep%s; where is not known", age);
}

static void know_device(struct hd_why *why, const struct hd_why_task *task,
			struct hd_why_wait *wait)
{
	hd_why_device(why, task, wait);
	if (wait->end[0])
		hd_why_say(wait, "%s", wait->end);
}

/**
 * hd_why_on() - report the descriptor of the call of a task
 * @why: the host
 * @task: the task
 * @wait: its @on is set
 */
void hd_why_on(struct hd_why *why, const struct hd_why_task *task,
	       struct hd_why_wait *wait)
{
	char link[HD_PROC_PATH] = "";

	if (task->stuck.fd >= 0)
		say_fd(why, task, task->stuck.fd, link, wait);
}

/**
 * hd_why_wait() - find out what a task waits for
 * @why: the host
 * @task: the task; in state R, the arguments of its call are not known
 * @wait: filled
 */
void hd_why_wait(struct hd_why *why, const struct hd_why_task *task,
		 struct hd_why_wait *wait)
{
	const struct hd_stuck_row *stuck = &task->stuck;
	char link[HD_PROC_PATH] = "";

	memset(wait, 0, sizeof(*wait));
	if (stuck->fd >= 0)
		say_fd(why, task, stuck->fd, link, wait);
	if (hd_why_is_kernel_lock(why, task->tid) && !hd_why_is_futex(stuck))
		hd_why_path(why, task, wait);
	else if (stuck->nr != HOSTDIAG_NR_NONE && stuck->state != 'R')
		know_call(why, task, link, wait);
	if (stuck->d_age_ns || stuck->state == 'D')
		know_dsleep(stuck, wait);
	hd_why_fuse(why, task, wait);
	if (!wait->nr_next)
		hd_why_kernel(why, task->tid, wait);
	if ((stuck->state == 'D' || hd_why_is_async(task)) &&
	    !wait->nr_next && !wait->end[0] &&
	    !hd_why_is_kernel_lock(why, task->tid))
		know_device(why, task, wait);
	hd_why_ledger(why, task, wait);
}
