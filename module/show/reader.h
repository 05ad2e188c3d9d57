/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The reader: walks tasks and their rows for all files, text and binary.  It takes
 * no lock that a reported task may hold.
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

/* processes that are searched for the holder of open files: some tenths of a second */
#define HD_READER_ASKS	BIT(20)

/**
 * struct hd_reader - the state of one reader
 * @ns: pid namespace whose tasks the reader sees, by its numbers
 * @no_paths: leave out the paths of open files
 * @no_args: hide the arguments of calls, which are addresses in the task's memory
 * @sums: which sums of a task are made
 * @census: used where live and exited tasks are added up; otherwise zeroed
 * @now: time of reading, see hd_reader_begin()
 * @names: cache of names of places
 * @stacks: cache of stacks
 * @place_len: bytes in the place of @stuck
 * @row: the task at the current position
 * @call: a row of that task
 * @error: the same
 * @place: the same
 * @stuck: the call or D sleep that the task is inside of
 * @blocked: what that task waits for in the kernel
 * @act: the act of the ledger at the current position
 * @open: the open file at the current position
 * @slow: the event at the current position
 * @death: the ended task at the current position
 * @recorded: one of the last calls of the task at the current position
 * @ring: the last calls of a task, copied as a whole
 * @holder: process that had a file open which its opener had closed
 * @asked: processes that were searched for such files so far
 * @files: open files of a bucket, copied under its lock
 * @task: record of @row
 * @id: the id that @task had; another one means that the record was reused
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
		struct hd_ledger_row act;
		struct hd_open_row open;
		struct hd_slow_row slow;
		struct hd_death_row death;
		struct hd_call_row recorded;
	};
	struct hd_recorded ring[HD_CALLS_MOST];
	u32 holder;
	u32 asked;
	struct hd_open_file files[64];
	struct hd_task *task;
	u64 id;
};

/**
 * typedef hd_row_fn - callback for a row of a task, or of the host
 * @reader: its @row, and the member for this kind of row, are filled
 * @priv: as given to the walk
 *
 * Context: under rcu_read_lock() where it is a row of a task.
 */
typedef void hd_row_fn(struct hd_reader *reader, void *priv);

/**
 * typedef hd_error_fn - callback for an error that is not read yet
 * @reader: positioned at the task
 * @error: the error; its task may be writing it
 * @priv: as given to the walk
 *
 * Context: under rcu_read_lock().
 */
typedef void hd_error_fn(struct hd_reader *reader, const struct hd_error *error,
			 void *priv);

/**
 * struct hd_few_rows - buffer for rows of few calls, in the format of a snapshot
 * @at: end of the rows so far
 * @last: no row begins after this; where @at is greater, rows were left out
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
void hd_reader_recorded(struct hd_reader *reader, hd_row_fn *fn, void *priv);
void hd_reader_death_recorded(struct hd_reader *reader, u64 nth, hd_row_fn *fn,
			      void *priv);
bool hd_reader_death(struct hd_reader *reader, u64 nth);
bool hd_reader_exited(struct hd_reader *reader, u32 index);
u64 hd_calls_counted(void);
void hd_reset(void);

#endif /* HD_READER_H */
