// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compare two snapshots.  A task of the older one is found by its id, since tids
 * are reused, and exec changes them.
 */
#include <stdlib.h>
#include "snap/delta.h"
#include "util.h"

/* a task of the older snapshot */
struct hd_delta_task {
	u64 id;
	size_t at;	/* offset of its record */
	bool seen;	/* the newer snapshot has the task, too */
};

/* the exited tasks of a comm */
struct hd_delta_ended {
	struct hd_task_row row;
	struct hd_task_row all;	/* since counting began */
	u64 before_d_ns;	/* D sleep in progress at the older snapshot */
};

static int by_life(const void *a, const void *b)
{
	const struct hd_delta_task *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* a task that exits during a snapshot may be in TASK and EXITED; EXITED is final */
static bool is_in_twice(const struct hd_delta *delta,
			const struct hd_snapshot *snap,
			const struct hd_task_row *task)
{
	struct hd_death_row death = hd_death_of(task);

	return hd_deaths_have(&delta->deaths, snap->head.now_ns, &death);
}

/* Return: false if the tasks have no ids. */
static bool collect_deaths(struct hd_delta *delta, struct hd_snapshot *snap)
{
	struct hd_snapshot saved = *snap;
	int type;

	hd_deaths_free(&delta->deaths);
	while ((type = hd_snapshot_next(snap, &delta->before)) !=
	       HOSTDIAG_END) {
		if (type == HOSTDIAG_TASK && !delta->before.task.id)
			return false;
		if (type == HOSTDIAG_DEATH)
			hd_deaths_add(&delta->deaths, &delta->before.death);
	}
	*snap = saved;
	return true;
}

static void collect_tasks(struct hd_delta *delta)
{
	struct hd_snapshot *snap = delta->from;
	struct hd_delta_task *to;
	size_t room = 0, at;
	int type;

	for (at = snap->at;
	     (type = hd_snapshot_next(snap, &delta->before)) != HOSTDIAG_END;
	     at = snap->at) {
		if (type != HOSTDIAG_TASK ||
		    is_in_twice(delta, snap, &delta->before.task))
			continue;
		delta->tasks = hd_grow(delta->tasks, delta->nr_tasks, &room,
				       sizeof(*to));
		to = &delta->tasks[delta->nr_tasks++];
		*to = (struct hd_delta_task){
			.id = delta->before.task.id, .at = at,
		};
	}
	if (delta->nr_tasks)
		qsort(delta->tasks, delta->nr_tasks, sizeof(*delta->tasks), by_life);
}

static enum hd_delta_error compare_heads(const struct hostdiag_header *from,
					 const struct hostdiag_header *to)
{
	if (from->since_ns != to->since_ns || strcmp(from->release, to->release))
		return HD_DELTA_RESET;
	if (from->now_ns == to->now_ns)
		return HD_DELTA_SAME;
	return from->now_ns > to->now_ns ? HD_DELTA_ORDER : HD_DELTA_FINE;
}

/**
 * hd_delta_open() - compare two snapshots
 * @delta: initialized; the caller calls hd_delta_close() in any case
 * @from: the older one, opened; it is read from its beginning; NULL: compare
 *	with the start of counting
 * @to: the newer one, opened; it is read from its beginning
 *
 * Return: HD_DELTA_FINE, or the reason why they cannot be compared.
 */
enum hd_delta_error hd_delta_open(struct hd_delta *delta,
				  struct hd_snapshot *from,
				  struct hd_snapshot *to)
{
	enum hd_delta_error error;

	memset(delta, 0, offsetof(struct hd_delta, before));
	delta->from = from;
	delta->to = to;
	delta->ns = to->head.now_ns - to->head.since_ns;
	delta->lost = to->lost;
	if (from) {
		error = compare_heads(&from->head, &to->head);
		if (error)
			return error;
		delta->ns = to->head.now_ns - from->head.now_ns;
		delta->lost = to->lost > from->lost ? to->lost - from->lost : 0;
		hd_snapshot_rewind(from);
		if (!collect_deaths(delta, from))
			return HD_DELTA_NO_LIVES;
		collect_tasks(delta);
	}
	if (!delta->ns)
		return HD_DELTA_SAME;
	hd_snapshot_rewind(to);
	if (!collect_deaths(delta, to))
		return HD_DELTA_NO_LIVES;
	return HD_DELTA_FINE;
}

/**
 * hd_delta_why() - describe why two snapshots cannot be compared
 * @error: returned by hd_delta_open()
 */
const char *hd_delta_why(enum hd_delta_error error)
{
	static const char *const text[] = {
		[HD_DELTA_SAME] = "they are of the same moment",
		[HD_DELTA_ORDER] = "the second one is older: name the older one first",
		[HD_DELTA_RESET] =
			"they count from different starts: the counts were reset, the module loaded anew or the host booted in between",
		[HD_DELTA_NO_LIVES] =
			"the module that made one of them was too old to tell tasks apart",
	};

	return text[error];
}

/* read the STUCK record that may follow a TASK record */
static bool read_stuck(struct hd_snapshot *snap, struct hd_snapshot_row *row)
{
	return hd_snapshot_peek(snap) == HOSTDIAG_STUCK &&
	       hd_snapshot_next(snap, row) == HOSTDIAG_STUCK;
}

/* Return: age of the D sleep in progress in the older snapshot; 0: none. */
static u64 read_before(struct hd_delta *delta, const struct hd_delta_task *task)
{
	struct hd_snapshot *snap = delta->from;

	hd_snapshot_seek(snap, task->at);
	hd_snapshot_next(snap, &delta->before);
	return read_stuck(snap, &delta->before) ? delta->before.stuck.d_age_ns :
	       0;
}

/* the calls of the task that read_before() has read */
static void collect_calls(struct hd_delta *delta)
{
	int type = hd_snapshot_peek(delta->from);

	while (type == HOSTDIAG_SYSCALL || type == HOSTDIAG_CALLS) {
		hd_snapshot_next(delta->from, &delta->before);
		delta->calls = hd_grow(delta->calls, delta->nr_calls,
				       &delta->call_room, sizeof(*delta->calls));
		delta->calls[delta->nr_calls++] = delta->before.syscall;
		type = hd_snapshot_peek(delta->from);
	}
}

static void make_task(struct hd_delta *delta, struct hd_delta_row *row)
{
	const struct hd_delta_task key = { .id = delta->now.task.id };
	struct hd_delta_task *found = NULL;
	u64 before_ns = 0, now_ns;

	row->task = delta->now.task;
	delta->all = delta->now.task;
	delta->nr_calls = 0;
	if (delta->nr_tasks)
		found = bsearch(&key, delta->tasks, delta->nr_tasks, sizeof(key),
				by_life);
	if (found) {
		found->seen = true;
		before_ns = read_before(delta, found);
		hd_delta_take_task(&row->task, &delta->before.task);
		row->task.tasks = 1;
		if (delta->with_calls)
			collect_calls(delta);
	}
	row->is_stuck = read_stuck(delta->to, &delta->now);
	now_ns = row->task.stat[HOSTDIAG_KIND_DSLEEP].sum_ns;
	if (row->is_stuck) {
		row->stuck = delta->now.stuck;
		now_ns = hd_add(now_ns, row->stuck.d_age_ns);
	}
	row->d_ns = now_ns > before_ns ? now_ns - before_ns : 0;
	/* a task has one D sleep at a time: what exceeds the interval is older */
	if (row->d_ns > delta->ns)
		row->d_ns = delta->ns;
}

static void make_call(struct hd_delta *delta, struct hd_delta_row *row)
{
	const struct hd_syscall_row *now = &delta->now.syscall;
	size_t i;

	row->syscall = *now;
	row->syscall_all = now->stat;
	for (i = 0; i < delta->nr_calls; i++) {
		if (delta->calls[i].abi != now->abi ||
		    delta->calls[i].nr != now->nr)
			continue;
		hd_delta_take_syscall(&row->syscall, &delta->calls[i]);
		return;
	}
}

static struct hd_delta_ended *find_ended(struct hd_delta *delta,
					 const char *comm)
{
	size_t i;

	for (i = 0; i < delta->nr_ended; i++)
		if (!strcmp(delta->ended[i].row.comm, comm))
			return &delta->ended[i];
	return NULL;
}

/*
 * Subtract from the exited tasks of this comm.  When the module needed room, the
 * comm may have moved to the rest, whose comm is "", and may have begun anew.
 */
static struct hd_delta_ended *take_from_ended(struct hd_delta *delta,
					      const char *comm,
					      const struct hd_task_row *before)
{
	struct hd_delta_ended *ended = find_ended(delta, comm);

	if (!ended || !hd_delta_take_task(&ended->row, before)) {
		ended = find_ended(delta, "");
		if (!ended || !hd_delta_take_task(&ended->row, before))
			return NULL;
	}
	return ended;
}

/* read the exited tasks of the older snapshot, which come last in it */
static void take_ended(struct hd_delta *delta)
{
	int type;

	hd_snapshot_rewind(delta->from);
	do {
		type = hd_snapshot_next(delta->from, &delta->before);
		if (type == HOSTDIAG_EXITED)
			take_from_ended(delta, delta->before.task.comm,
					&delta->before.task);
	} while (type != HOSTDIAG_END);
}

/* subtract the earlier counts of the tasks that have exited in between */
static void take_dead(struct hd_delta *delta)
{
	const struct hd_death_row *death;
	struct hd_delta_ended *ended;
	struct hd_task_row *task = &delta->before.task;
	u64 d_ns;
	size_t i;

	for (i = 0; i < delta->nr_tasks; i++) {
		if (delta->tasks[i].seen)
			continue;
		d_ns = read_before(delta, &delta->tasks[i]);
		death = hd_deaths_find(&delta->deaths, task->tid, task->tgid);
		task->tasks = 0;
		ended = take_from_ended(delta, death ? death->comm : task->comm,
					task);
		if (ended)
			ended->before_d_ns += d_ns;
	}
}

/* the last task was read; @type is the first record behind the tasks */
static void collect_ended(struct hd_delta *delta, int type)
{
	size_t room = 0;

	for (; type == HOSTDIAG_EXITED;
	     type = hd_snapshot_next(delta->to, &delta->now)) {
		delta->ended = hd_grow(delta->ended, delta->nr_ended, &room,
				       sizeof(*delta->ended));
		delta->ended[delta->nr_ended++] = (struct hd_delta_ended){
			.row = delta->now.task, .all = delta->now.task,
		};
	}
	if (delta->from) {
		take_ended(delta);
		take_dead(delta);
	}
	delta->is_over = true;
}

static int next_ended(struct hd_delta *delta, struct hd_delta_row *row)
{
	const struct hd_delta_ended *ended;
	u64 d_ns;

	if (delta->next_ended == delta->nr_ended)
		return HOSTDIAG_END;
	ended = &delta->ended[delta->next_ended++];
	d_ns = ended->row.stat[HOSTDIAG_KIND_DSLEEP].sum_ns;
	row->task = ended->row;
	delta->all = ended->all;
	row->is_stuck = false;
	row->d_ns = d_ns > ended->before_d_ns ? d_ns - ended->before_d_ns : 0;
	return HOSTDIAG_EXITED;
}

/* Return: type of the row that was made of the record; 0: none was made. */
static int make_row(struct hd_delta *delta, int type, struct hd_delta_row *row)
{
	switch (type) {
	case HOSTDIAG_TASK:
		delta->has_task = !is_in_twice(delta, delta->to,
					       &delta->now.task);
		if (!delta->has_task)
			return 0;
		make_task(delta, row);
		return type;
	case HOSTDIAG_SYSCALL:
		if (!delta->with_calls || !delta->has_task)
			return 0;
		make_call(delta, row);
		return type;
	case HOSTDIAG_STUCK:
	case HOSTDIAG_ERROR:
	case HOSTDIAG_PLACE:
		return 0;
	}
	collect_ended(delta, type);
	return 0;
}

/**
 * hd_delta_next() - read the next row
 * @delta: opened
 * @row: filled; the caller passes the same one each time
 *
 * Return: HOSTDIAG_TASK, HOSTDIAG_SYSCALL, HOSTDIAG_EXITED or HOSTDIAG_END.
 */
int hd_delta_next(struct hd_delta *delta, struct hd_delta_row *row)
{
	int type = 0;

	while (!type && !delta->is_over)
		type = make_row(delta,
				hd_snapshot_next(delta->to, &delta->now), row);
	return type ? type : next_ended(delta, row);
}

/**
 * hd_delta_close() - free a comparison
 * @delta: opened, or not
 *
 * The snapshots are not changed.
 */
void hd_delta_close(struct hd_delta *delta)
{
	free(delta->tasks);
	hd_deaths_free(&delta->deaths);
	free(delta->ended);
	free(delta->calls);
	memset(delta, 0, offsetof(struct hd_delta, before));
}
