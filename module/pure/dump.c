// SPDX-License-Identifier: GPL-2.0-only
/* The longest waits, in short lines; see dump.h. */
#include "pure/dump.h"
#include "pure/human.h"
#include "pure/line.h"
#include "pure/names.h"

/**
 * hd_dump_is_idle() - does a call wait for work, by design?
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, HOSTDIAG_NR_BAD or HOSTDIAG_NR_NONE
 * @in_d: the task is in D sleep
 *
 * During a panic descriptors cannot be looked up.  Reads of files sleep in D, so
 * a read that does not is taken for one of a pipe or a socket.
 */
bool hd_dump_is_idle(u32 abi, u32 nr, bool in_d)
{
	return !in_d &&
	       hd_wait_class(abi, nr, "pipe:[") == HOSTDIAG_CLASS_IDLE;
}

static bool is_before(const struct hd_dump_stuck *a,
		      const struct hd_dump_stuck *b)
{
	if (a->in_d != b->in_d)
		return a->in_d;
	return a->age_ns > b->age_ns;
}

/**
 * hd_dump_add_stuck() - add a task that is stuck, if it is among the worst
 * @dump: the worst so far
 * @one: the task
 */
void hd_dump_add_stuck(struct hd_dump *dump, const struct hd_dump_stuck *one)
{
	u32 at = dump->stuck_len;

	if (at == HD_DUMP_STUCK) {
		dump->more++;
		if (!is_before(one, &dump->stuck[--at]))
			return;
	} else {
		dump->stuck_len++;
	}
	for (; at && is_before(one, &dump->stuck[at - 1]); at--)
		dump->stuck[at] = dump->stuck[at - 1];
	dump->stuck[at] = *one;
}

/**
 * hd_dump_add_sleep() - add a place where a task slept, if it is among the worst
 * @dump: the worst so far
 * @one: the place
 */
void hd_dump_add_sleep(struct hd_dump *dump, const struct hd_dump_sleep *one)
{
	struct hd_dump_sleep *sleeps = dump->sleeps;
	u32 at = dump->sleeps_len;

	if (at < HD_DUMP_SLEEPS)
		dump->sleeps_len++;
	else if (one->total_ns <= sleeps[--at].total_ns)
		return;
	for (; at && one->total_ns > sleeps[at - 1].total_ns; at--)
		sleeps[at] = sleeps[at - 1];
	sleeps[at] = *one;
}

/* append the place, cut after the last whole function that fits */
static void add_place(char line[HD_DUMP_LEN], const char *place)
{
	static const char before[] = " at ";
	size_t used = strlen(line), len = strlen(place);

	while (len && used + strlen(before) + len >= HD_DUMP_LEN)
		do
			len--;
		while (len && place[len] != '<');
	if (len)
		snprintf(line + used, HD_DUMP_LEN - used, "%s%.*s", before,
			 (int)len, place);
}

/**
 * hd_dump_stuck_line() - make the line of a task that is stuck
 * @one: the task
 * @fd: the descriptor that its call was given; -1: not known
 * @place: where it sleeps, as in struct hd_place_row; "": not known
 * @line: filled
 */
void hd_dump_stuck_line(const struct hd_dump_stuck *one, s32 fd,
			const char *place, char line[HD_DUMP_LEN])
{
	char comm[HOSTDIAG_COMM_LEN + 1], name[HD_NAME_LEN], time[HD_HUMAN_LEN];
	size_t used;

	hd_escape(one->comm, sizeof(one->comm), comm, sizeof(comm));
	snprintf(line, HD_DUMP_LEN, "stuck: tid %u %s %s%s", one->tid, comm,
		 one->in_d ? "D " : "", hd_human_time(one->age_ns, time));
	used = strlen(line);
	if (one->nr != HOSTDIAG_NR_NONE)
		snprintf(line + used, HD_DUMP_LEN - used, " in %s",
			 hd_syscall_name(one->abi, one->nr, name));
	used = strlen(line);
	if (fd >= 0)
		snprintf(line + used, HD_DUMP_LEN - used, " fd %d", fd);
	add_place(line, place);
}

/**
 * hd_dump_sleep_line() - make the line of a place where a task slept
 * @one: the place
 * @place: its name, as in struct hd_place_row; "": not known
 * @line: filled
 */
void hd_dump_sleep_line(const struct hd_dump_sleep *one, const char *place,
			char line[HD_DUMP_LEN])
{
	char comm[HOSTDIAG_COMM_LEN + 1], count[HD_HUMAN_LEN];
	char total[HD_HUMAN_LEN], most[HD_HUMAN_LEN];

	hd_escape(one->comm, sizeof(one->comm), comm, sizeof(comm));
	snprintf(line, HD_DUMP_LEN, "dsleep: tid %u %s %s in %s sleeps, max %s",
		 one->tid, comm, hd_human_time(one->total_ns, total),
		 hd_human_count(one->count, count),
		 hd_human_time(one->max_ns, most));
	add_place(line, place);
}
