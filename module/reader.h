/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading: what every face (text, snapshot) walks over.  Takes no lock that
 * a task which is reported about may hold.
 */
#ifndef HD_READER_H
#define HD_READER_H

#include "render.h"

struct pid_namespace;
struct hd_task;

/**
 * struct hd_reader - one who reads
 * @ns: pid namespace whose numbers it sees, and whose tasks
 * @row: the task it is at
 * @call: the row of that task it is at
 * @task: record of @row, whose life is @id
 * @id: of the life of @task
 */
struct hd_reader {
	struct pid_namespace *ns;
	struct hd_task_row row;
	struct hd_syscall_row call;
	struct hd_task *task;
	u64 id;
};

/**
 * typedef hd_call_fn - what is done with a row task x syscall
 * @reader: its row and call are filled
 * @priv: the caller's
 *
 * Context: under rcu_read_lock().
 */
typedef void hd_call_fn(struct hd_reader *reader, void *priv);

void hd_view_now(struct hd_view *view);
bool hd_reader_task(struct hd_reader *reader, u32 index);
void hd_reader_calls(struct hd_reader *reader, hd_call_fn *fn, void *priv);
bool hd_reader_exited(struct hd_reader *reader, u32 index);
u64 hd_calls_counted(void);
void hd_reset(void);

#endif /* HD_READER_H */
