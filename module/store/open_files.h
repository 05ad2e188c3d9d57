/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Open files: open file description -> the task that opened it, and when.
 *
 *   struct file * ──hash──> hd_open ──> hd_opener <── task record
 *
 * An opener holds the counts of its task's files, and outlives the task while one of
 * them is open.  The pointer to the file is a key: it is never dereferenced.
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
 * struct hd_opener - a task that has opened files
 * @rcu: frees the opener; no file is open then, so @comm is not needed any more
 * @comm: last comm of the task, whose row counts late closes; valid once @dead is set
 * @task: record of the task; valid until @dead is set
 * @tid: of the task, in the initial pid namespace
 * @tgid: of the task, in the initial pid namespace
 * @opened: files opened since the opener was made; written by the task alone
 * @before: value of @opened at the last reset
 * @lock: protects the fields below; exited_lock nests inside; see open_files.c
 * @dead: the task has exited
 * @released: files of the task that were released since the opener was made
 * @closed: times from open to close, of files that were closed before the task exited
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
 * struct hd_open_file - a copy of an open file
 * @age_ns: time since it was opened
 * @file: the file, a key
 * @key: the task that opened it, a key; NULL: the task has exited
 * @tid: of the task, in the initial pid namespace
 * @tgid: of the task, in the initial pid namespace
 * @comm: of the task, zero-padded
 * @fd: descriptor that the open returned
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
