// SPDX-License-Identifier: GPL-2.0-only
#include <poll.h>
#include "why/parts.h"

#define POLL_MAX	64
#define SELECT_MAX	1024

/**
 * struct watched - the descriptors that a call waits on
 * @nr_fds: their number
 * @fd: the last of them
 * @way: what the call waits for on @fd
 */
struct watched {
	u32 nr_fds;
	s32 fd;
	enum hd_why_way way;
};

static void watch_fd(struct watched *on, s32 fd, enum hd_why_way way)
{
	/* a descriptor in both sets counts once, as a wait for data */
	if (on->nr_fds && on->fd == fd)
		return;
	on->nr_fds++;
	on->fd = fd;
	on->way = way;
}

static bool read_poll(struct hd_why *why, const struct hd_why_task *task,
		      struct watched *on)
{
	struct pollfd fds[POLL_MAX];
	u64 count = task->stuck.args[1], i;

	if (count > POLL_MAX) {
		on->nr_fds = count;
		return true;
	}
	if (!hd_proc_memory(why, task->tid, task->stuck.args[0], fds,
			    count * sizeof(*fds)))
		return false;
	for (i = 0; i < count; i++)
		if (fds[i].fd >= 0 && fds[i].events)
			watch_fd(on, fds[i].fd, fds[i].events & POLLIN ?
				 HD_WHY_IN : HD_WHY_OUT);
	return true;
}

/* fd_set is read bytewise, as a little-endian bitmap is the same for longs of any size */
static bool read_select(struct hd_why *why, const struct hd_why_task *task,
			struct watched *on)
{
	static const enum hd_why_way ways[] = { HD_WHY_IN, HD_WHY_OUT };
	u64 count = task->stuck.args[0], set, way, fd;
	u8 bits[SELECT_MAX / 8];

	if (count > SELECT_MAX)
		count = SELECT_MAX;
	for (way = 0; way < ARRAY_SIZE(ways); way++) {
		set = task->stuck.args[1 + way];
		memset(bits, 0, sizeof(bits));
		if (set && !hd_proc_memory(why, task->tid, set, bits,
					   (count + 7) / 8))
			return false;
		for (fd = 0; fd < count; fd++)
			if (bits[fd / 8] >> fd % 8 & 1)
				watch_fd(on, fd, ways[way]);
	}
	return true;
}

/**
 * hd_why_poll_one() - find the descriptor that poll() or select() waits on
 * @why: the host
 * @task: the task in the call
 * @fd: set to the descriptor, if there is only one
 * @way: what the call waits for on @fd
 * @wait: the result is added to it
 *
 * Return: true if it waits on exactly one descriptor.
 */
bool hd_why_poll_one(struct hd_why *why, const struct hd_why_task *task,
		     s32 *fd, enum hd_why_way *way, struct hd_why_wait *wait)
{
	char buf[HD_NAME_LEN];
	const char *name = hd_syscall_name(task->stuck.abi, task->stuck.nr, buf);
	struct watched on = { 0 };
	bool known;

	known = strstr(name, "poll") ? read_poll(why, task, &on) :
				       read_select(why, task, &on);
	if (!known)
		hd_why_say(wait, "on what is not known: its memory cannot be read: %s",
			   hd_file_error());
	else if (!on.nr_fds)
		hd_why_say(wait, "on no descriptor: it waits for a signal, or for a time to pass");
	else if (on.nr_fds != 1)
		snprintf(wait->on, sizeof(wait->on), " on %u descriptors",
			 on.nr_fds);
	*fd = on.fd;
	*way = on.way;
	return known && on.nr_fds == 1;
}
