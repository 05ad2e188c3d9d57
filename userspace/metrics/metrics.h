/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * "hostdiag metrics": counters, histograms and gauges for Prometheus.
 *
 *	rows.c		a snapshot, task by task, as rows with labels
 *	series.c	the series, and the choice of those with a name of their own
 *	count.c		adding the new counts to the series
 *	state.c		the state file, from one run to the next
 *	text.c		the text format of Prometheus
 *
 * A counter must never fall: Prometheus takes that for a restart, and adds the
 * whole value once more.  But the counts of a task move to its new comm at exec,
 * and to a row without syscalls at exit; and a series of a comm and a syscall comes
 * and goes, as the few that have series of their own are chosen again.  So a series
 * is the sum of the increases of each live task between two runs:
 *
 *	series += row of this snapshot - row of the same task in the last one
 *
 * Counts that are in no such row, since the task has exited, are the difference
 * between the sum over all tasks, live and exited, and the sum of all series:
 *
 *	unseen = whole of this snapshot - all that was ever added to a series
 *
 * Of this difference the largest value so far is shown, since a task that has just
 * exited may be in neither sum for a moment.  A task that exits while the snapshot
 * is read may be in it twice; the newest deaths identify it.  A series begins at 0
 * when it gets a name, and disappears when it loses the name; the series "other"
 * has the increases of the time in between.  So the increases of all series add up
 * to those of the host.
 */
#ifndef HD_METRICS_H
#define HD_METRICS_H

#include "snap/deaths.h"

/* the bounds of all histograms: 2^10 ns, 2^12 ns, ... 2^40 ns */
#define HD_BOUNDS		16
#define HD_BOUND_FIRST		10
#define HD_BOUND_STEP		2

/* points of a series: events by bound, events beyond, and a sum or a number */
enum {
	HD_POINT_INF = HD_BOUNDS, HD_POINT_SUM, HD_POINTS,
};

struct hd_points {
	u64 values[HD_POINTS];
};

/*
 * The families of tasks' metrics, each written down once:
 *
 *	X(NAME, name, type, rows, top, unseen, value, help)
 *
 * @type: HISTOGRAM of times; SECONDS, a counter that is a time; COUNTER; GAUGE
 * @rows: which rows a task has of it: COMM, one with its comm and @value; DEAD,
 *	the same of the ended tasks of a comm; OWN, those that rows.c makes
 * @top: maximum number of series with names
 * @unseen: labels of the counts that are in no row of a live task
 * @value: what "task", a struct hd_task_row, has counted: a number, or a
 *	histogram; 0 where the rows of a gauge are OWN
 *
 * A counter of a task is added here, and described in hostdiag(8).
 */
#define HD_TOP_CALLS	32
#define HD_TOP_COMMS	16
#define HD_REST		"other"
#define HD_REST_COMM	"comm=\"" HD_REST "\""
#define HD_REST_SYSCALL	"syscall=\"" HD_REST "\""

/* counters */
#define HD_COUNTER_FAMILIES(X) \
	X(SYSCALL, "hostdiag_syscall_seconds", HISTOGRAM, OWN, HD_TOP_CALLS, \
	  HD_REST_COMM "," HD_REST_SYSCALL ",class=\"unknown\"", \
	  &task->stat[HOSTDIAG_KIND_SYSCALL], "Latency of syscalls.") \
	X(DSLEEP, "hostdiag_dsleep_seconds", HISTOGRAM, OWN, HD_TOP_COMMS, \
	  HD_REST_COMM, &task->stat[HOSTDIAG_KIND_DSLEEP], \
	  "Uninterruptible (D) sleeps, from switch-out to wakeup.") \
	X(IOWAIT, "hostdiag_dsleep_iowait_seconds_total", SECONDS, COMM, \
	  HD_TOP_COMMS, HD_REST_COMM, task->iowait_ns, \
	  "Part of the D sleep that was iowait.") \
	X(OPEN, "hostdiag_open_seconds", HISTOGRAM, OWN, 0, "", \
	  &task->stat[HOSTDIAG_KIND_OPEN], \
	  "Files from open to the release of their last reference.") \
	X(ERRORS, "hostdiag_syscall_errors_total", COUNTER, OWN, HD_TOP_CALLS, \
	  HD_REST_COMM "," HD_REST_SYSCALL ",errno=\"" HD_REST "\"", \
	  task->errors, "Syscalls that failed.") \
	X(ENDED, "hostdiag_tasks_ended_total", COUNTER, DEAD, HD_TOP_COMMS, \
	  HD_REST_COMM, task->tid ? 0 : task->tasks, \
	  "Tasks that have ended, by their last name.")

#define HD_GAUGE_FAMILIES(X) \
	X(OPEN_NOW, "hostdiag_open_files", GAUGE, COMM, HD_TOP_COMMS, \
	  HD_REST_COMM, task->open_now, \
	  "Files that were opened since counting began and are still open, by who opened them.") \
	X(STUCK, "hostdiag_stuck_tasks", GAUGE, OWN, HD_TOP_COMMS, \
	  "class=\"" HD_REST "\"," HD_REST_SYSCALL ",state=\"" HD_REST "\"", 0, \
	  "Tasks that are inside a call that is no wait for work, or in D sleep, " \
	  "for longer than stuck_ms.")

#define HD_FAMILY_ID(NAME, ...)	HD_FAMILY_##NAME,
enum hd_family_id {
	HD_COUNTER_FAMILIES(HD_FAMILY_ID)
	HD_COUNTERS,
	HD_LAST_COUNTER = HD_COUNTERS - 1,	/* the gauges come next */
	HD_GAUGE_FAMILIES(HD_FAMILY_ID)
	HD_FAMILIES,
};

enum hd_family_type {
	HD_HISTOGRAM, HD_SECONDS, HD_COUNTER, HD_GAUGE,
};

/**
 * struct hd_family - the series of one metric
 * @name: name of the metric
 * @help: its description
 * @type: meaning of its points
 * @top: maximum number of series with names
 * @unseen: labels of the counts that are in no row of a live task
 */
struct hd_family {
	const char *name;
	const char *help;
	enum hd_family_type type;
	u32 top;
	const char *unseen;
};

extern const struct hd_family hd_families[HD_FAMILIES];

#define HD_LABELS_LEN	192
/* a control character becomes five bytes, an invalid byte three */
#define HD_LABEL_LEN	(5 * HOSTDIAG_COMM_LEN + 1)

/**
 * struct hd_metric_row - the part of a task in a series
 * @family: enum hd_family_id
 * @key: identifies the row among the rows of its task and family
 * @labels: labels of its series, if that has a name; escaped
 * @rest: labels of its series, if that has none
 * @weight: the heaviest series get names
 * @points: its counts
 */
struct hd_metric_row {
	u32 family;
	u64 key;
	char labels[HD_LABELS_LEN];
	char rest[HD_LABELS_LEN];
	u64 weight;
	struct hd_points points;
};

/**
 * struct hd_group - a task, or the exited tasks of one comm
 * @id: id of the task; 0: exited tasks
 * @death: made by hd_death_of() for the task
 * @comm: raw bytes
 * @at: its offset in the snapshot
 * @whole: sum of each family, with or without rows
 * @rows: its rows
 * @nr_rows: length of @rows
 * @room: entries allocated in @rows
 */
struct hd_group {
	u64 id;
	struct hd_death_row death;
	char comm[HOSTDIAG_COMM_LEN];
	size_t at;
	struct hd_points whole[HD_COUNTERS];
	struct hd_metric_row *rows;
	size_t nr_rows;
	size_t room;
};

/**
 * struct hd_groups - a walk from group to group
 * @snap: a copy with its own position
 * @row: the record that was read last
 * @type: type of @row, if it is not used yet; else 0
 * @at: offset of @row
 */
struct hd_groups {
	struct hd_snapshot snap;
	struct hd_snapshot_row row;
	int type;
	size_t at;
};

void hd_points_add(struct hd_points *to, const struct hd_points *from);
const char *hd_label(const char *raw, char to[HD_LABEL_LEN]);
void hd_groups_begin(struct hd_groups *groups, const struct hd_snapshot *snap,
		     size_t at);
bool hd_groups_next(struct hd_groups *groups, struct hd_group *group);

/**
 * struct hd_series - a series, or labels that have no series yet
 * @family: enum hd_family_id
 * @is_named: it has a name, and is shown
 * @is_new: it got its name in this run
 * @is_rest: it stands for all labels without a name
 * @weight: sum of the weights of its rows
 * @points: its counts
 * @labels: its labels
 */
struct hd_series {
	u32 family;
	bool is_named;
	bool is_new;
	bool is_rest;
	u64 weight;
	struct hd_points points;
	char labels[];
};

/**
 * struct hd_metrics - all series
 * @tree: tree of struct hd_series, for tsearch()
 * @added: for each family, the sum of all that was added to its series
 * @shown: for each family, the shown part of what is in no row
 * @last: snapshot of the last run; without data: there was no last run, and all
 *	counts are new
 * @is_first: @last is the snapshot of this run, so that no count is new
 */
struct hd_metrics {
	void *tree;
	struct hd_points added[HD_COUNTERS];
	struct hd_points shown[HD_COUNTERS];
	struct hd_snapshot last;
	bool is_first;
};

struct hd_series *hd_series_get(struct hd_metrics *metrics, u32 family,
				const char *labels);
struct hd_series **hd_series_list(const struct hd_metrics *metrics, size_t *len);
void hd_series_choose(struct hd_metrics *metrics, const struct hd_snapshot *now);
struct hd_series *hd_series_of(struct hd_metrics *metrics,
			       const struct hd_metric_row *row);
struct hd_series *hd_series_unseen(struct hd_metrics *metrics, u32 family);
void hd_metrics_count(struct hd_metrics *metrics, const struct hd_snapshot *now);

void hd_state_load(struct hd_metrics *metrics, const char *file,
		   const struct hd_snapshot *now);
void hd_state_save(const struct hd_metrics *metrics, const char *file,
		   const struct hd_snapshot *now);

void hd_metrics_text(FILE *to, const struct hd_metrics *metrics,
		     const struct hd_snapshot *now, bool is_live);

#endif /* HD_METRICS_H */
