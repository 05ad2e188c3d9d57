// SPDX-License-Identifier: GPL-2.0-only
/* From rows to lines of the lists; enum hd_summary_list says what makes a line. */
#include <linux/errno.h>
#include <linux/signal.h>
#include "pure/summary_list.h"
#include "pure/summary_rank.h"

#define STUCK_NS_DEFAULT	HD_NS_PER_S

#define EXIT_SIGNAL		0x7f	/* mask of an exit code */

/**
 * hd_summary_flush() - keep the lines of the task that was fed last
 * @sum: the summary
 */
void hd_summary_flush(struct hd_summary *sum)
{
	struct hd_summary_line *line = &sum->fed_dsleep;

	line->key = hd_summary_key_text(line->key, line->place,
					sizeof(line->place));
	line->key = hd_summary_key_text(line->key, line->what, sizeof(line->what));
	if (line->value)
		hd_list_keep(sum, HD_SUMMARY_DSLEEP, line);
	if (sum->fed_busy.value)
		hd_list_keep(sum, HD_SUMMARY_BUSY, &sum->fed_busy);
	memset(&sum->fed_dsleep, 0, sizeof(sum->fed_dsleep));
	memset(&sum->fed_busy, 0, sizeof(sum->fed_busy));
}

static u64 smaller_of(u64 a, u64 b)
{
	return a < b ? a : b;
}

/**
 * hd_summary_init() - begin a summary
 * @sum: initialized; it takes some 16 KiB
 * @view: head of the reading
 */
void hd_summary_init(struct hd_summary *sum, const struct hd_view *view)
{
	memset(sum, 0, sizeof(*sum));
	sum->view = *view;
	if (!view->stuck_ns)
		sum->view.stuck_ns = STUCK_NS_DEFAULT;
	if (view->now_ns > view->since_ns)
		sum->elapsed_ns = view->now_ns - view->since_ns;
	sum->grow_from_ns = smaller_of(HD_NS_PER_MIN, sum->elapsed_ns / 4);
	sum->grow_until_ns = smaller_of(10 * HD_NS_PER_MIN, sum->elapsed_ns);
}

static void feed_task(struct hd_summary *sum, const struct hd_task_row *row)
{
	const struct hd_stat *dsleeps = &row->stat[HOSTDIAG_KIND_DSLEEP];
	struct hd_summary_line *line;

	hd_summary_flush(sum);
	line = &sum->fed_dsleep;
	line->key = hd_summary_key_comm(row->comm);
	/* exited tasks have a line of their own */
	if (!row->tid)
		line->key = hd_summary_key(line->key, "", 1);
	line->tid = row->tid;
	line->tasks = row->tasks;
	memcpy(line->comm, row->comm, sizeof(line->comm));
	sum->fed_busy = *line;
	sum->fed_open = row->open_now;

	line->value = dsleeps->sum_ns;
	line->count = dsleeps->count;
	line->max_ns = dsleeps->max_ns;
	line->part[HD_DSLEEP_IOWAIT] = row->iowait_ns;

	sum->calls = hd_add(sum->calls, row->stat[HOSTDIAG_KIND_SYSCALL].count);
	sum->errors = hd_add(sum->errors, row->errors);
	sum->d_ns = hd_add(sum->d_ns, dsleeps->sum_ns);
	sum->open_now = hd_add(sum->open_now, row->open_now);
}

/**
 * hd_summary_task() - feed a live task
 * @sum: the summary
 * @task: its row
 */
void hd_summary_task(struct hd_summary *sum, const struct hd_task_row *task)
{
	feed_task(sum, task);
	sum->tasks++;
}

/* Return: a new line for the task that was fed last. */
static struct hd_summary_line task_line(const struct hd_summary *sum)
{
	struct hd_summary_line line = { .fd = -1 };

	line.tid = sum->fed_busy.tid;
	line.tasks = 1;
	memcpy(line.comm, sum->fed_busy.comm, sizeof(line.comm));
	line.key = hd_summary_key_comm(line.comm);
	return line;
}

/**
 * hd_summary_stuck() - feed the call or D sleep of the task that was fed last
 * @sum: the summary
 * @row: the call or D sleep
 */
void hd_summary_stuck(struct hd_summary *sum, const struct hd_stuck_row *row)
{
	int urgency = hd_rank_stuck(sum, row);
	bool in_d = urgency > 0;
	struct hd_summary_line line;

	sum->in_d += !!row->d_age_ns;
	if (urgency < 0)
		return;
	sum->stuck++;
	line = task_line(sum);
	line.urgency = urgency;
	line.value = in_d ? row->d_age_ns : row->age_ns;
	line.most = line.value;
	line.abi = row->abi;
	line.nr = row->nr;
	line.fd = row->fd;
	line.part[HD_STUCK_BEFORE] = row->is_before;
	hd_summary_put_path(line.what, row->path, sizeof(row->path));
	hd_summary_put_place(line.place, row->place, sizeof(row->place));
	line.key = hd_summary_key_call(line.key, row->abi, row->nr);
	line.key = hd_summary_key(line.key, &in_d, sizeof(in_d));
	if (row->path[0])
		line.key = hd_summary_key_text(line.key, row->path, sizeof(row->path));
	else
		line.key = hd_summary_key_text(line.key, line.place, sizeof(line.place));
	hd_list_keep(sum, HD_SUMMARY_STUCK, &line);
}

/**
 * hd_summary_syscall() - feed a syscall of the task that was fed last
 * @sum: the summary
 * @row: the task x syscall
 *
 * Sleep other than D sleep counts only in calls of class lock: in other calls, as
 * a rule, it is a wait for the peer, since waits for a disk are D sleep.
 */
void hd_summary_syscall(struct hd_summary *sum,
			const struct hd_syscall_row *row)
{
	enum hostdiag_class class = hd_syscall_class(row->abi, row->nr);
	struct hd_summary_line *busy = &sum->fed_busy;
	const struct hd_wait_sums *wait = &row->wait;
	u64 cpu = row->stat.sum_ns, value;

	if (class == HOSTDIAG_CLASS_IDLE)
		return;
	value = cpu;
	if (wait->valid) {
		cpu -= smaller_of(cpu, wait->runq_ns);
		cpu -= smaller_of(cpu, wait->d_ns);
		cpu -= smaller_of(cpu, wait->sleep_ns);
		value = hd_add(hd_add(cpu, wait->runq_ns), wait->d_ns);
		busy->part[HD_BUSY_CPU] = hd_add(busy->part[HD_BUSY_CPU], cpu);
		busy->part[HD_BUSY_RUNQ] = hd_add(busy->part[HD_BUSY_RUNQ],
						  wait->runq_ns);
		busy->part[HD_BUSY_D] = hd_add(busy->part[HD_BUSY_D],
					       wait->d_ns);
	}
	if (wait->valid && class == HOSTDIAG_CLASS_LOCK) {
		value = hd_add(value, wait->sleep_ns);
		busy->part[HD_BUSY_LOCK] = hd_add(busy->part[HD_BUSY_LOCK],
						  wait->sleep_ns);
	}
	busy->value = hd_add(busy->value, value);
	busy->count = hd_add(busy->count, row->stat.count);
	if (busy->most < value) {
		busy->most = value;
		busy->abi = row->abi;
		busy->nr = row->nr;
	}
}

static bool is_going(u32 urgency)
{
	return urgency == HD_ERRORS_GOING || urgency == HD_SCARCE_GOING;
}

/**
 * hd_summary_error() - feed an error of the task that was fed last
 * @sum: the summary
 * @row: the task x syscall x errno
 */
void hd_summary_error(struct hd_summary *sum, const struct hd_error_row *row)
{
	const struct hd_recent_row *recent = &row->recent;
	int urgency = hd_rank_error(sum, row);
	struct hd_summary_line line;

	if (urgency < 0)
		return;
	line = task_line(sum);
	line.count = row->count;
	line.last_ns = row->last_ns;
	if (recent->slice_ns) {
		sum->slice_ns = recent->slice_ns;
		sum->recent_ns = recent->recent_ns;
		line.part[HD_ERRORS_RECENT] = hd_recent_sum(recent);
		line.part[HD_ERRORS_STEADY] = hd_recent_steady(recent->slice);
	}
	if (urgency >= HD_SCARCE_OVER || hd_rank_was_storm(sum, recent)) {
		line.part[HD_ERRORS_PEAK] = recent->peak;
		line.max_ns = recent->peak_ns;
	}
	line.urgency = urgency;
	line.value = is_going(urgency) && recent->slice_ns ?
		     line.part[HD_ERRORS_RECENT] : line.count;
	line.most = line.value;
	line.abi = row->abi;
	line.nr = row->nr;
	line.error = row->error;
	if (row->error == EMFILE)
		line.part[HD_ERRORS_OPEN] = sum->fed_open;
	line.key = hd_summary_key_call(line.key, row->abi, row->nr);
	line.key = hd_summary_key(line.key, &row->error, sizeof(row->error));
	hd_list_keep(sum, HD_SUMMARY_ERRORS, &line);
}

/**
 * hd_summary_place() - feed a place where the task that was fed last slept in D
 * @sum: the summary
 * @row: the task x place
 */
void hd_summary_place(struct hd_summary *sum, const struct hd_place_row *row)
{
	struct hd_summary_line *line = &sum->fed_dsleep;

	if (row->total_ns <= line->most)
		return;
	line->most = row->total_ns;
	hd_summary_put_place(line->place, row->place, sizeof(row->place));
	hd_summary_put_path(line->what, row->device, sizeof(row->device));
}

/**
 * hd_summary_exited() - feed the exited tasks of one comm
 * @sum: the summary
 * @dead: their row
 */
void hd_summary_exited(struct hd_summary *sum, const struct hd_task_row *dead)
{
	feed_task(sum, dead);
	sum->exited = hd_add(sum->exited, dead->tasks);
}

/**
 * hd_summary_open() - feed an open file
 * @sum: the summary
 * @row: the file
 *
 * A leak shows as open files of many different ages.  Files that were just opened
 * may yet be closed, so they are left out; files that a daemon opened when it
 * started all have about the same age.
 */
void hd_summary_open(struct hd_summary *sum, const struct hd_open_row *row)
{
	u64 from = sum->grow_from_ns, until = sum->grow_until_ns;
	struct hd_summary_line line = { .fd = -1 };

	line.tid = row->tgid;
	memcpy(line.comm, row->comm, sizeof(line.comm));
	line.key = hd_summary_key_comm(line.comm);
	line.tasks = 1;
	line.value = 1;
	line.count = 1;
	line.max_ns = row->age_ns;
	line.most = ~row->age_ns;	/* the newest is the best example */
	if (row->age_ns >= from && row->age_ns < until) {
		line.part[HD_OPEN_MORE] = 1;
		line.slices = 1u << ((row->age_ns - from) * HD_SUMMARY_SLICES /
				     (until - from));
	}
	line.part[HD_OPEN_OLD] = row->age_ns >= HD_NS_PER_MIN;
	hd_summary_put_path(line.what, row->path, sizeof(row->path));
	hd_list_keep(sum, HD_SUMMARY_OPEN, &line);
}

/**
 * hd_summary_slow() - feed an event over its threshold
 * @sum: the summary
 * @row: the event
 */
void hd_summary_slow(struct hd_summary *sum, const struct hd_slow_row *row)
{
	struct hd_summary_line line = { .fd = -1 };
	int list = hd_rank_slow(row);

	if (list < 0)
		return;
	line.tid = row->tid;
	line.tasks = 1;
	memcpy(line.comm, row->comm, sizeof(line.comm));
	line.value = row->dur_ns;
	line.most = row->dur_ns;
	line.count = 1;
	line.max_ns = row->dur_ns;
	line.last_ns = row->when_ns;
	line.abi = row->abi;
	line.nr = row->nr;
	hd_summary_put_path(line.what, row->path, sizeof(row->path));
	line.key = hd_summary_key_call(hd_summary_key_comm(line.comm), row->abi, row->nr);
	line.key = hd_summary_key_text(line.key, row->path, sizeof(row->path));
	hd_list_keep(sum, list, &line);
}

/* Return: the entry of the comm; else the smallest entry, which is reused. */
static struct hd_summary_dead *find_dead(struct hd_summary *sum,
					 const char comm[HOSTDIAG_COMM_LEN])
{
	struct hd_summary_dead *least = sum->dead;
	u32 i;

	for (i = 0; i < HD_SUMMARY_COMMS; i++) {
		if (sum->dead[i].count &&
		    !strncmp(sum->dead[i].comm, comm, HOSTDIAG_COMM_LEN))
			return &sum->dead[i];
		if (sum->dead[i].count < least->count)
			least = &sum->dead[i];
	}
	memset(least, 0, sizeof(*least));
	memcpy(least->comm, comm, sizeof(least->comm));
	return least;
}

/* a signal that shows a fault of the program, rather than a request to end */
static bool is_crash(const struct hd_death_row *row)
{
	static const u32 crashes = 1u << SIGILL | 1u << SIGTRAP | 1u << SIGABRT |
				   1u << SIGBUS | 1u << SIGFPE | 1u << SIGSEGV |
				   1u << SIGSYS;
	u32 number = row->exit_code & EXIT_SIGNAL;

	/* a signal kills all threads of a process: count one of them */
	return row->tid == row->tgid && number < 32 && crashes >> number & 1;
}

static void count_one(struct hd_summary_crash *crash,
		      const struct hd_death_row *row)
{
	if (!crash->count++)
		crash->first_ns = row->when_ns;
	memcpy(crash->comm, row->comm, sizeof(crash->comm));
	crash->signal = row->exit_code & EXIT_SIGNAL;
	crash->ppid = row->ppid;
	crash->last_ns = row->when_ns;
}

/* where all entries are in use, the oldest is reused */
static void count_crash(struct hd_summary *sum, const struct hd_death_row *row)
{
	struct hd_summary_crash *crash = sum->crash;
	u32 i;

	for (i = 0; i < HD_SUMMARY_COMMS; i++) {
		if (!strncmp(sum->crash[i].comm, row->comm, HOSTDIAG_COMM_LEN) &&
		    sum->crash[i].count)
			break;
		if (sum->crash[i].last_ns < crash->last_ns)
			crash = &sum->crash[i];
	}
	if (i < HD_SUMMARY_COMMS)
		crash = &sum->crash[i];
	else
		memset(crash, 0, sizeof(*crash));
	count_one(crash, row);
}

/**
 * hd_summary_death() - feed one of the newest deaths
 * @sum: the summary
 * @row: the task
 *
 * The parent is found by the majority vote of Boyer and Moore: a parent of more
 * than half of the tasks ends as the candidate, with votes left.
 */
void hd_summary_death(struct hd_summary *sum, const struct hd_death_row *row)
{
	struct hd_summary_dead *dead = find_dead(sum, row->comm);

	if (!sum->deaths++ || row->when_ns < sum->death_first_ns)
		sum->death_first_ns = row->when_ns;
	if (row->when_ns > sum->death_last_ns)
		sum->death_last_ns = row->when_ns;
	dead->count++;
	if (!dead->votes)
		dead->ppid = row->ppid;
	if (dead->ppid == row->ppid)
		dead->votes++;
	else
		dead->votes--;
	if (is_crash(row))
		count_crash(sum, row);
	if (row->oom && row->tid == row->tgid)
		count_one(&sum->oom, row);
}
