/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading: what every face (text, snapshot) walks over.  Takes no lock that
 * a task which is reported about may hold.
 */
#ifndef HD_READER_H
#define HD_READER_H

#include "store/exited.h"
#include "store/open_files.h"
#include "store/places.h"
#include "pure/blocked.h"
#include "pure/render.h"
#include "store/rows_read.h"
#include "store/task.h"
#include "store/task_read.h"

struct pid_namespace;

/* processes that a reader asks for open files: some tenths of a second */
#define HD_READER_ASKS	BIT(20)

/**
 * struct hd_reader - one who reads
 * @ns: pid namespace whose numbers it sees, and whose tasks
 * @no_paths: it does without the paths of open files
 * @no_args: it may not see the arguments of calls, which tell where in a
 *	task's memory things are
 * @sums: what it needs of them
 * @census: where it adds up the live and the dead; zeroed where it does not
 * @now: about when it reads, see hd_reader_begin()
 * @names: of the places it has come by
 * @stacks: the same
 * @place_len: bytes in the place of @stuck
 * @row: the task it is at
 * @call: the row of that task it is at
 * @error: the same
 * @place: the same
 * @stuck: what that task is inside of
 * @blocked: what that task waits for in the kernel
 * @open: the open file it is at
 * @slow: the event it is at
 * @death: the death it is at
 * @holder: a process that had an open file which its opener had no longer
 * @asked: processes that were asked for such a file
 * @files: open files of a bucket, which are copied at once
 * @task: record of @row, whose life is @id
 * @id: of the life of @task
 */
struct hd_reader {
	struct pid_namespace *ns;
	bool no_paths;
	bool no_args;
	enum hd_sums sums;
	struct hd_census census;
	struct hd_moment now;
	struct hd_place_names names;
	struct hd_seen_stacks stacks;
	u16 place_len;
	struct hd_task_row row;
	union {
		struct hd_syscall_row call;
		struct hd_error_row error;
		struct hd_place_row place;
		struct hd_stuck_row stuck;
		struct hd_blocked_row blocked;
		struct hd_open_row open;
		struct hd_slow_row slow;
		struct hd_death_row death;
	};
	u32 holder;
	u32 asked;
	struct hd_open_file files[64];
	struct hd_task *task;
	u64 id;
};

/**
 * typedef hd_row_fn - what is done with a row of a task, or of the host
 * @reader: its row, and what the row is about, are filled
 * @priv: the caller's
 *
 * Context: under rcu_read_lock() where it is a row of a task.
 */
typedef void hd_row_fn(struct hd_reader *reader, void *priv);

/**
 * typedef hd_error_fn - what is done with an error that is not read yet
 * @reader: whose
 * @error: the error
 * @priv: the caller's
 *
 * Context: under rcu_read_lock().
 */
typedef void hd_error_fn(struct hd_reader *reader, const struct hd_error *error,
			 void *priv);

/**
 * struct hd_few_rows - rows of few calls, as a snapshot has them
 * @at: where the next one is to be
 * @last: no row begins beyond it; what ends up there was not all
 */
struct hd_few_rows {
	void *at;
	void *last;
};

void hd_view_now(struct hd_view *view);
void hd_reader_begin(struct hd_reader *reader);
bool hd_reader_task(struct hd_reader *reader, u32 index);
bool hd_reader_count(struct hd_reader *reader);
void hd_reader_calls(struct hd_reader *reader, hd_row_fn *fn, void *priv);
void hd_reader_few(struct hd_reader *reader, struct hd_few_rows *few,
		   hd_row_fn *fn, void *priv);
bool hd_reader_is_empty(const struct hd_reader *reader);
void hd_reader_errors(struct hd_reader *reader, hd_row_fn *fn, void *priv);
void hd_reader_raw_errors(struct hd_reader *reader, hd_error_fn *fn,
			  void *priv);
void hd_reader_places(struct hd_reader *reader, hd_row_fn *fn, void *priv);
struct task_struct *hd_reader_get_task(const struct hd_reader *reader);
bool hd_reader_stuck(struct hd_reader *reader);
void hd_reader_opens(struct hd_reader *reader, u32 bucket, hd_row_fn *fn,
		     void *priv);
bool hd_reader_slow(struct hd_reader *reader, u64 seq);
u64 hd_reader_overwritten(const struct hd_reader *reader);
bool hd_reader_death(struct hd_reader *reader, u64 nth);
bool hd_reader_exited(struct hd_reader *reader, u32 index);
u64 hd_calls_counted(void);
void hd_reset(void);

#endif /* HD_READER_H */
