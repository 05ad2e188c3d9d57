/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Open files: open file description -> who opened it, and when.
 *
 *   struct file * ──hash──> hd_open ──> hd_opener <── task record
 *
 * An opener holds what its task's files come to, and outlives the task as
 * long as one of them is open.  The pointer to the file is a key, nothing
 * else: it is never followed.
 */
#ifndef HD_OPEN_FILES_H
#define HD_OPEN_FILES_H

#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include "store/rows.h"
#include "store/pool.h"
#include "pure/render.h"

struct file;
struct hd_task;

/**
 * struct hd_opener - who opened files
 * @rcu: frees it; nothing is open then, so nobody needs @comm
 * @comm: under which late closes are counted; valid once @dead
 * @task: the record, until @dead
 * @tid: of the task, in the first pid namespace
 * @tgid: the same
 * @opened: files opened since it was made; written by the task alone
 * @before: of these, before the last reset
 * @lock: protects all below; exited_lock nests inside; see open_files.c
 * @dead: the task has ended and @comm is its last
 * @released: files of it that were released since it was made
 * @closed: open to close, of those closed before the task ended
 */
struct hd_opener {
	union {
		struct rcu_head rcu;
		char comm[HOSTDIAG_COMM_LEN];
	};
	struct hd_task *task;
	u32 tid;
	u32 tgid;
	u64 opened;
	u64 before;
	raw_spinlock_t lock;
	bool dead;
	u64 released;
	struct hd_row closed;
};

#define HD_OPEN_BUCKETS	4096u

/**
 * struct hd_open_file - an open file, as the table has it
 * @age_ns: since it was opened
 * @file: a key
 * @key: who opened it, a key; NULL: it has ended
 * @tid: the same, in the first pid namespace
 * @tgid: the same
 * @comm: the same, zero-padded
 * @fd: as it was opened
 */
struct hd_open_file {
	u64 age_ns;
	struct file *file;
	struct task_struct *key;
	u32 tid;
	u32 tgid;
	char comm[HOSTDIAG_COMM_LEN];
	int fd;
};

u32 hd_open_files_copy(u32 bucket, u64 *before, struct hd_open_file *to, u32 max);
int hd_open_files_init(u32 max_tasks);
void hd_open_files_exit(void);
void hd_open_files_opened(struct hd_task *task, int fd, u64 now);
void hd_open_files_missed(int fd);
void hd_open_files_identify(struct hd_task *task);
void hd_open_files_released(struct file *file);
void hd_open_files_forget(void);
bool hd_open_files_retire(struct hd_task *task, const char *comm);
void hd_open_files_read(struct hd_task *task, struct hd_task_row *to);
void hd_open_files_reset(void);

#endif /* HD_OPEN_FILES_H */
