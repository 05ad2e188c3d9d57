// SPDX-License-Identifier: GPL-2.0-only
/*
 * steps DIR: snapshots of a made-up host, DIR/0.snap and so on, and what came
 * to its counts since the first of them, in DIR/truth:
 *
 *	<step> <calls> <sys_ns> <errors> <dsleeps> <d_ns> <iowait_ns>
 *		<closes> <open_ns> <ended>
 *
 * Its tasks do all that makes it hard to count: they change their names, begin
 * and end in between, end while the snapshot is read, so that they are in it
 * twice, or once they are gone, but not yet among the dead.  The dead of a
 * comm are put to the rest.  There are more combinations of all kinds than
 * metrics has names for.  The last steps are quiet.
 */
#include <stdlib.h>
#include "../unit/snapshot_build.h"

#define STEPS		40
#define QUIET		3
#define TASKS		20
#define COMMS		40
#define CALLS		5
#define ERRORS		3
#define INTERVAL	15000000000ull
#define DEATHS		64	/* that are kept singly */

struct error {
	u64 count;
	u32 nr;
	u32 error;
};

struct task {
	struct hd_task_row row;
	struct hd_syscall_row call[CALLS];
	struct error error[ERRORS];
};

static struct task tasks[TASKS];
static struct task shown[TASKS];	/* that are in the snapshot as they were */
static bool is_shown[TASKS];
static struct hd_task_row dead[COMMS + 1];	/* the last one is the rest */
static struct hd_task_row late[TASKS];	/* gone, and not among the dead yet */
static bool is_late[TASKS];
static struct hd_death_row deaths[STEPS * TASKS];
static u32 deaths_len;
static struct hd_task_row truth;
static u64 lives;
static u64 next_ns;	/* when the next snapshot is taken */

static u32 pick(u32 below)
{
	static u32 state = 12345;

	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static void clear(struct hd_task_row *row)
{
	u32 kind;

	memset(row, 0, sizeof(*row));
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		hd_stat_clear(&row->stat[kind]);
}

static void name(struct hd_task_row *row, u32 comm)
{
	memset(row->comm, 0, sizeof(row->comm));
	if (comm < COMMS)
		snprintf(row->comm, sizeof(row->comm), "comm%u", comm);
}

/* soon used again, which must not matter, but by one at a time */
static u32 next_tid(void)
{
	static u32 tid;
	u32 i;

	do {
		tid = tid % (TASKS + 3) + 1;
		for (i = 0; i < TASKS && tasks[i].row.tid != tid; i++)
			;
	} while (i < TASKS);
	return tid;
}

static void make_task(struct task *task)
{
	u32 i;

	memset(task, 0, sizeof(*task));
	clear(&task->row);
	task->row.id = ++lives;
	task->row.tid = next_tid();
	task->row.tgid = task->row.tid;
	task->row.tasks = 1;
	name(&task->row, pick(COMMS));
	for (i = 0; i < CALLS; i++) {
		task->call[i].nr = i;
		task->call[i].wait.valid = true;
		hd_stat_clear(&task->call[i].stat);
	}
}

static void add(struct hd_task_row *to, const struct hd_task_row *from)
{
	u32 kind;

	to->tasks += from->tasks;
	to->errors += from->errors;
	to->iowait_ns += from->iowait_ns;
	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		hd_stat_merge(&to->stat[kind], &from->stat[kind]);
}

/* the same to the task and to the truth */
static void event(struct task *task, u32 kind, u64 ns)
{
	row_events(&task->row.stat[kind], ns, 1);
	row_events(&truth.stat[kind], ns, 1);
}

static void fail(struct task *task, u32 nr)
{
	struct error *error = &task->error[pick(ERRORS)];

	if (!error->count) {
		error->nr = nr;
		error->error = 1 + pick(30);
	}
	error->count++;
	task->row.errors++;
	truth.errors++;
}

static void work(struct task *task)
{
	static const u64 ns[] = { 500, 2000, 40000, 3000000, 50000000, 2000000000 };
	u32 i, nr, n = pick(30);
	u64 took;

	for (i = 0; i < n; i++) {
		nr = pick(CALLS);
		took = ns[pick(ARRAY_SIZE(ns))];
		event(task, HOSTDIAG_KIND_SYSCALL, took);
		row_events(&task->call[nr].stat, took, 1);
		if (!pick(3))
			fail(task, nr);
		if (!pick(4)) {
			event(task, HOSTDIAG_KIND_DSLEEP, took);
			task->row.iowait_ns += took / 2;
			truth.iowait_ns += took / 2;
		}
		if (!pick(5))
			event(task, HOSTDIAG_KIND_OPEN, took * 1000);
	}
}

static struct hd_task_row *dead_of(const struct hd_task_row *row)
{
	return &dead[atoi(row->comm + strlen("comm"))];
}

static void put_to_dead(const struct hd_task_row *row)
{
	struct hd_death_row *death = &deaths[deaths_len++];

	/* so much may go by before its parent asks for it, and it is freed */
	*death = row_death(row->tid, 1, row->comm, next_ns - 20000000);
	death->calls = row->stat[HOSTDIAG_KIND_SYSCALL].count;
	death->errors = row->errors;
	death->d_ns = row->stat[HOSTDIAG_KIND_DSLEEP].sum_ns;
	add(dead_of(row), row);
}

static void end(u32 i)
{
	truth.tasks++;
	if (!pick(3)) {
		late[i] = tasks[i].row;
		is_late[i] = true;
	} else {
		put_to_dead(&tasks[i].row);
	}
	/* read before it ended, and the dead after it */
	if (!is_late[i] && !pick(3)) {
		shown[i] = tasks[i];
		is_shown[i] = true;
	}
	make_task(&tasks[i]);
}

static void move_to_rest(u32 comm)
{
	add(&dead[COMMS], &dead[comm]);
	clear(&dead[comm]);
	name(&dead[comm], comm);
}

static void happen(void)
{
	u32 i;

	for (i = 0; i < TASKS; i++) {
		work(&tasks[i]);
		if (!pick(4))
			name(&tasks[i].row, pick(COMMS));
		work(&tasks[i]);
		if (!pick(4))
			end(i);
	}
	move_to_rest(pick(COMMS));
}

static void settle(void)
{
	u32 i;

	for (i = 0; i < TASKS; i++) {
		if (is_late[i])
			put_to_dead(&late[i]);
		is_late[i] = false;
		is_shown[i] = false;
	}
}

static void build_one(struct snapshot_build *build, const struct task *task)
{
	struct hd_task_row row = task->row;
	u32 i;

	/* all of them stand in rows of their own */
	hd_stat_clear(&row.stat[HOSTDIAG_KIND_SYSCALL]);
	build_task(build, HOSTDIAG_TASK, &row);
	for (i = 0; i < CALLS; i++)
		if (task->call[i].stat.count)
			build_syscall(build, &task->call[i]);
	for (i = 0; i < ERRORS; i++) {
		struct hd_error_row row = {
			.nr = task->error[i].nr,
			.error = task->error[i].error,
			.count = task->error[i].count,
		};

		if (row.count)
			build_error(build, &row);
	}
}

static void write_snapshot(const char *dir, u32 step)
{
	static struct snapshot_build build;
	struct hostdiag_header *head = (void *)build.data;
	char path[512];
	FILE *to;
	u32 i;

	memset(&build, 0, sizeof(build));
	build_head(&build);
	head->now_ns = next_ns;
	for (i = 0; i < TASKS; i++) {
		if (is_shown[i])
			build_one(&build, &shown[i]);
		/* who came after it is not seen yet, or in its place */
		else
			build_one(&build, &tasks[i]);
	}
	for (i = 0; i <= COMMS; i++)
		if (dead[i].tasks)
			build_task(&build, HOSTDIAG_EXITED, &dead[i]);
	for (i = deaths_len > DEATHS ? deaths_len - DEATHS : 0; i < deaths_len; i++)
		build_death(&build, &deaths[i]);
	build_end(&build, 3);
	snprintf(path, sizeof(path), "%s/%u.snap", dir, step);
	to = fopen(path, "w");
	if (!to || fwrite(build.data, build.size, 1, to) != 1 || fclose(to))
		abort();
}

static void say_truth(FILE *to, u32 step)
{
	const struct hd_stat *stat = truth.stat;

	fprintf(to, "%u %llu %llu %llu %llu %llu %llu %llu %llu %llu\n", step,
		stat[0].count, stat[0].sum_ns, truth.errors, stat[1].count,
		stat[1].sum_ns, truth.iowait_ns, stat[2].count, stat[2].sum_ns,
		truth.tasks);
}

int main(int argc, char **argv)
{
	char path[512];
	FILE *to;
	u32 i;

	if (argc != 2)
		return 2;
	snprintf(path, sizeof(path), "%s/truth", argv[1]);
	to = fopen(path, "w");
	if (!to)
		return 1;
	for (i = 0; i < TASKS; i++)
		make_task(&tasks[i]);
	for (i = 0; i <= COMMS; i++) {
		clear(&dead[i]);
		name(&dead[i], i);
	}
	next_ns = INTERVAL;
	happen();
	settle();
	clear(&truth);
	for (i = 0; i < STEPS; i++) {
		write_snapshot(argv[1], i);
		say_truth(to, i);
		next_ns += INTERVAL;
		settle();
		if (i < STEPS - 1 - QUIET)
			happen();
	}
	return fclose(to) != 0;
}
