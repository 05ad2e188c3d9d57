// SPDX-License-Identifier: GPL-2.0-only
/* A snapshot as rows with labels; see metrics.h. */
#include <ctype.h>
#include "metrics/metrics.h"
#include "util.h"

#define FAMILY(NAME, name, type, rows, top, unseen, value, help) \
	[HD_FAMILY_##NAME] = { name, help, HD_##type, top, unseen },

const struct hd_family hd_families[HD_FAMILIES] = {
	HD_COUNTER_FAMILIES(FAMILY)
	HD_GAUGE_FAMILIES(FAMILY)
};

/* Return: the first bound that is not below the bucket's own upper bound. */
static u32 point_of(u32 bucket)
{
	u32 octave = bucket ? HD_HIST_MIN_SHIFT + (bucket - 1) / 4 : 0, point;

	if (octave < HD_BOUND_FIRST)
		return 0;
	point = (octave - HD_BOUND_FIRST) / HD_BOUND_STEP + 1;
	return point < HD_BOUNDS ? point : HD_POINT_INF;
}

/* events without a histogram are left out, or the sum would have no buckets */
static void add_stat(struct hd_points *points, const struct hd_stat *stat)
{
	u32 i;

	if (!stat->valid)
		return;
	for (i = stat->low; i < stat->end; i++)
		points->values[point_of(i)] += stat->bucket[i];
	points->values[HD_POINT_SUM] += stat->sum_ns;
}

/**
 * hd_points_add() - add points
 * @to: the sum; a time wraps at 2^64 ns, as counters may
 * @from: the points to add
 */
void hd_points_add(struct hd_points *to, const struct hd_points *from)
{
	u32 i;

	for (i = 0; i < HD_POINTS; i++)
		to->values[i] += from->values[i];
}

/* the text format escapes three characters; other controls become octal escapes */
static void escape_label(const char *text, char *to)
{
	for (; *text; text++) {
		if (iscntrl((unsigned char)*text) && *text != '\n') {
			to += sprintf(to, "\\\\%03o", *text);
			continue;
		}
		if (*text == '\\' || *text == '"' || *text == '\n')
			*to++ = '\\';
		*to++ = *text == '\n' ? 'n' : *text;
	}
	*to = '\0';
}

/**
 * hd_label() - escape any bytes for a label
 * @raw: the bytes, up to a NUL or HOSTDIAG_COMM_LEN
 * @to: receives the label
 *
 * Return: @to.
 */
const char *hd_label(const char *raw, char to[HD_LABEL_LEN])
{
	char text[HD_UTF8_LEN(HOSTDIAG_COMM_LEN)];

	hd_utf8(raw, HOSTDIAG_COMM_LEN, text);
	escape_label(text, to);
	return to;
}

/* Return: the comm as a label; NULL if that equals the label of the rest. */
static const char *comm_label(const char *comm, char to[HD_LABEL_LEN])
{
	hd_label(comm, to);
	return to[0] && strcmp(to, HD_REST) ? to : NULL;
}

/* Return: a row without points; its labels are those of the rest. */
static struct hd_metric_row *add_row(struct hd_group *group, u32 family, u64 key)
{
	struct hd_metric_row *row;

	group->rows = hd_grow(group->rows, group->nr_rows, &group->room,
			      sizeof(*row));
	row = &group->rows[group->nr_rows++];
	memset(row, 0, sizeof(*row));
	row->family = family;
	row->key = key;
	strcpy(row->rest, hd_families[family].unseen);
	strcpy(row->labels, row->rest);
	return row;
}

/* Return: a row of a family with one series for each comm, without points. */
static struct hd_metric_row *make_comm_row(struct hd_group *group, u32 family)
{
	struct hd_metric_row *row = add_row(group, family, 0);
	char buf[HD_LABEL_LEN];
	const char *comm = comm_label(group->comm, buf);

	if (comm && hd_families[family].top)
		snprintf(row->labels, sizeof(row->labels), "comm=\"%s\"", comm);
	return row;
}

static void add_comm_row(struct hd_group *group, u32 family, u64 number)
{
	struct hd_metric_row *row;

	if (!number)
		return;
	row = make_comm_row(group, family);
	row->points.values[HD_POINT_SUM] = number;
	row->weight = number;
}

static void add_dsleep(struct hd_group *group, const struct hd_stat *stat)
{
	struct hd_metric_row *row;

	if (!stat->count || !stat->valid)
		return;
	row = make_comm_row(group, HD_FAMILY_DSLEEP);
	add_stat(&row->points, stat);
	row->weight = stat->sum_ns;
}

static void add_open(struct hd_group *group, const struct hd_stat *stat)
{
	if (stat->count)
		add_stat(&add_row(group, HD_FAMILY_OPEN, 0)->points, stat);
}

/* sleep in a wait for work is left out: nobody is waiting for its end */
static u64 weight_of(const struct hd_syscall_row *call, u32 class)
{
	u64 sleep = class == HOSTDIAG_CLASS_IDLE && call->wait.valid ?
		    call->wait.sleep_ns : 0;

	return call->stat.sum_ns > sleep ? call->stat.sum_ns - sleep : 0;
}

static void add_syscall(struct hd_group *group, const struct hd_syscall_row *call)
{
	u32 class = hd_syscall_class(call->abi, call->nr);
	struct hd_metric_row *row;
	char buf[HD_LABEL_LEN], name[HD_NAME_LEN];
	const char *comm = comm_label(group->comm, buf);

	if (!call->stat.valid)
		return;
	row = add_row(group, HD_FAMILY_SYSCALL, (u64)call->abi << 32 | call->nr);
	snprintf(row->rest, sizeof(row->rest),
		 HD_REST_COMM "," HD_REST_SYSCALL ",class=\"%s\"",
		 hd_class_name(class));
	strcpy(row->labels, row->rest);
	if (comm)
		snprintf(row->labels, sizeof(row->labels),
			 "comm=\"%s\",syscall=\"%s\",class=\"%s\"", comm,
			 hd_syscall_name(call->abi, call->nr, name),
			 hd_class_name(class));
	add_stat(&row->points, &call->stat);
	row->weight = weight_of(call, class);
}

static void add_error(struct hd_group *group, const struct hd_error_row *error)
{
	struct hd_metric_row *row = add_row(group, HD_FAMILY_ERRORS,
					    (u64)error->error << 48 |
					    (u64)error->abi << 32 | error->nr);
	char buf[HD_LABEL_LEN], call[HD_NAME_LEN], name[HD_NAME_LEN];
	const char *comm = comm_label(group->comm, buf);

	if (comm)
		snprintf(row->labels, sizeof(row->labels),
			 "comm=\"%s\",syscall=\"%s\",errno=\"%s\"", comm,
			 hd_syscall_name(error->abi, error->nr, call),
			 hd_errno_name(error->error, name));
	row->points.values[HD_POINT_SUM] = error->count;
	row->weight = error->count;
}

static void add_stuck(struct hd_group *group, const struct hd_stuck_row *stuck,
		      u64 stuck_ns)
{
	bool is_in_d = stuck->d_age_ns && stuck->d_age_ns >= stuck_ns;
	struct hd_metric_row *row;
	char name[HD_NAME_LEN];

	if (!is_in_d && (stuck->age_ns < stuck_ns ||
			 stuck->class == HOSTDIAG_CLASS_IDLE))
		return;
	row = add_row(group, HD_FAMILY_STUCK, 0);
	snprintf(row->labels, sizeof(row->labels),
		 "class=\"%s\",syscall=\"%s\",state=\"%c\"",
		 hd_class_name(stuck->class),
		 hd_syscall_name(stuck->abi, stuck->nr, name),
		 is_in_d ? 'D' : stuck->state);
	row->points.values[HD_POINT_SUM] = 1;
	row->weight = 1;
}

/* how the whole of a family is added, by its type */
#define WHOLE_HISTOGRAM(points, stat)	add_stat(points, stat)
#define WHOLE_SECONDS(points, number)	((points)->values[HD_POINT_SUM] = (number))
#define WHOLE_COUNTER(points, number)	((points)->values[HD_POINT_SUM] = (number))
#define ADD_WHOLE(NAME, name, type, rows, top, unseen, value, help) \
	WHOLE_##type(&group->whole[HD_FAMILY_##NAME], value);

static void add_wholes(struct hd_group *group, const struct hd_task_row *task)
{
	memset(group->whole, 0, sizeof(group->whole));
	HD_COUNTER_FAMILIES(ADD_WHOLE)
}

/* how a family's rows are added, by @rows of the list; add_record() adds OWN ones */
#define ROW_COMM(NAME, number) \
	if (!is_dead || HD_FAMILY_##NAME >= HD_COUNTERS) \
		add_comm_row(group, HD_FAMILY_##NAME, number);
/* the exited tasks of comm "" were counted by their own comm before */
#define ROW_DEAD(NAME, number) \
	if (is_dead && task->comm[0]) \
		add_comm_row(group, HD_FAMILY_##NAME, number);
#define ROW_OWN(NAME, number)
#define ADD_ROW(NAME, name, type, rows, top, unseen, value, help) \
	ROW_##rows(NAME, value)

static void add_comm_rows(struct hd_group *group, const struct hd_task_row *task,
			  bool is_dead)
{
	HD_COUNTER_FAMILIES(ADD_ROW)
	HD_GAUGE_FAMILIES(ADD_ROW)
}

static void begin_group(struct hd_group *group, const struct hd_task_row *task,
			bool is_dead)
{
	/* the first modules have no ids: use the tid */
	group->id = is_dead ? 0 : task->id ? task->id : task->tid;
	group->death = hd_death_of(task);
	group->nr_rows = 0;
	memcpy(group->comm, task->comm, sizeof(group->comm));
	add_wholes(group, task);
	add_comm_rows(group, task, is_dead);
	if (is_dead)
		return;
	add_dsleep(group, &task->stat[HOSTDIAG_KIND_DSLEEP]);
	add_open(group, &task->stat[HOSTDIAG_KIND_OPEN]);
}

/* without a histogram of all calls, the sum of the rows takes its place */
static void sum_rows(struct hd_group *group)
{
	struct hd_points *whole = &group->whole[HD_FAMILY_SYSCALL];
	size_t i;

	for (i = 0; i < group->nr_rows; i++)
		if (group->rows[i].family == HD_FAMILY_SYSCALL)
			hd_points_add(whole, &group->rows[i].points);
}

static void next_row(struct hd_groups *groups)
{
	groups->at = groups->snap.at;
	groups->type = hd_snapshot_next(&groups->snap, &groups->row);
}

/**
 * hd_groups_begin() - walk the groups of a snapshot
 * @groups: initialized
 * @snap: opened; not changed
 * @at: the offset of the group to begin with; 0: the first group
 */
void hd_groups_begin(struct hd_groups *groups, const struct hd_snapshot *snap,
		     size_t at)
{
	groups->snap = *snap;
	if (at)
		hd_snapshot_seek(&groups->snap, at);
	next_row(groups);
}

/* Return: whether the record belongs to the group. */
static bool add_record(struct hd_group *group, const struct hd_groups *groups)
{
	const struct hd_snapshot_row *row = &groups->row;

	switch (groups->type) {
	case HOSTDIAG_SYSCALL:
		add_syscall(group, &row->syscall);
		return true;
	case HOSTDIAG_ERROR:
		add_error(group, &row->error);
		return true;
	case HOSTDIAG_STUCK:
		add_stuck(group, &row->stuck, groups->snap.head.stuck_ns);
		return true;
	case HOSTDIAG_PLACE:
		return true;
	}
	return false;
}

/**
 * hd_groups_next() - go to the next group
 * @groups: the walk
 * @group: filled; the caller zeroes it before the first group
 *
 * Return: false if there is none.
 */
bool hd_groups_next(struct hd_groups *groups, struct hd_group *group)
{
	bool is_dead = groups->type == HOSTDIAG_EXITED, is_kept;

	if (groups->type != HOSTDIAG_TASK && !is_dead)
		return false;
	group->at = groups->at;
	is_kept = groups->row.task.stat[HOSTDIAG_KIND_SYSCALL].valid;
	begin_group(group, &groups->row.task, is_dead);
	do {
		next_row(groups);
	} while (add_record(group, groups));
	if (!is_kept)
		sum_rows(group);
	return true;
}
