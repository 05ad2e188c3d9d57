/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * "hostdiag metrics": counters, histograms and gauges for Prometheus.
 *
 *	metrics_rows.c	a snapshot, task by task, as rows with labels
 *	metrics_series.c	the series, and which of them have a name of their own
 *	metrics_count.c	what is added to each
 *	metrics_state.c	what has to be known of the last time
 *	metrics_text.c	the text
 *
 * A counter must never fall: Prometheus takes that for a restart, and adds
 * all of it once more.  But what a task has counted goes to its new comm when
 * it execs, to a row without syscalls when it ends, and a comm x syscall comes
 * and goes as the few that have series of their own are chosen anew.  So a
 * series is the sum of what was new in each live task since the last time:
 *
 *	series += row of this snapshot - the same task's row in the last one
 *
 * and what is in no such row by then, since its task has ended, is what is
 * left of the whole, live and dead, when all series are taken off:
 *
 *	unseen = whole of this snapshot - all that was ever added to a series
 *
 * whose largest value so far is shown: a task that has just ended may be
 * nowhere for a moment.  One that ends while the snapshot is read may be in it
 * twice; the newest deaths tell.  A series with a name begins at 0 when it
 * gets the name, and goes away when it loses it; the rest, "other", has what
 * came while it had none.  So the increases of all series together are those
 * of the host.
 */
#ifndef HD_METRICS_H
#define HD_METRICS_H

#include "snap/deaths.h"

/* the bounds of all histograms: 2^10 ns, 2^12 ns, ... 2^40 ns */
#define HD_BOUNDS		16
#define HD_BOUND_FIRST		10
#define HD_BOUND_STEP		2

/* what a series has: events by bound, those beyond, and a sum or a number */
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
 * @top: how many series with names it has at most
 * @unseen: labels of what is in no row of a live task
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

/* those that only ever grow */
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
 * struct hd_family - series that have a metric's name in common
 * @name: of the metric
 * @help: what it is
 * @type: what is in its points
 * @top: how many series with names it has at most
 * @unseen: labels of what is in no row of a live task
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
/* a control takes five bytes, a byte that is no character three */
#define HD_LABEL_LEN	(5 * HOSTDIAG_COMM_LEN + 1)

/**
 * struct hd_metric_row - what a task has of a series
 * @family: enum hd_family_id
 * @key: which row of that family it is in its task
 * @labels: of the series, if it has a name; escaped
 * @rest: those of the series, if it has none
 * @weight: the larger, the rather it gets a name
 * @points: what it has counted
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
 * struct hd_group - a task, or the dead of one comm
 * @id: of the task; 0: the dead
 * @death: the task's, as hd_death_of() has it
 * @comm: raw bytes
 * @at: where it is in its snapshot
 * @whole: of each family, rows or not
 * @rows: its rows
 * @nr_rows: length of @rows
 * @room: how many fit
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
 * @snap: its own cursor
 * @row: the record that was read last
 * @type: its type, if it is not used yet; else 0
 * @at: where it begins
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
 * struct hd_series - a series, or a row's labels that have none
 * @family: enum hd_family_id
 * @is_named: it is shown
 * @is_new: it got its name just now
 * @is_rest: it is one of those that stand for what has no name
 * @weight: of all its rows
 * @points: what it has counted
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
 * @tree: of struct hd_series, of tsearch()
 * @added: by family, all that was ever added to a series
 * @shown: by family, what is shown of what was in no row
 * @last: the snapshot of the last time; without data: there is no last time,
 *	and all counts are new
 * @is_first: @last is this time's: nothing is new
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
