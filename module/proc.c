// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/hostdiag.
 *
 * A position in a file is 0 for its head, then one a record of a task, then
 * one a row of the dead, then one for its end; which of these a file has,
 * and what it shows there, is its line in the table.  Positions stay what
 * they are while tasks come and go.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "clock.h"
#include "compat/proc.h"
#include "exited.h"
#include "hooks.h"
#include "params.h"
#include "proc.h"
#include "reader.h"
#include "snapshot.h"
#include "summary.h"
#include "task.h"

#define RESET_WORD	"reset"
#define YIELD_EVERY	64	/* tasks */

struct open_file;

/**
 * struct kind - a file
 * @name: of it
 * @head: shows the head
 * @task: shows the task that the reader is at; NULL: no tasks in it
 * @exited: shows the dead that the reader is at; NULL: no dead in it
 * @end: shows the end; NULL: it has none
 */
struct kind {
	const char *name;
	void (*head)(struct open_file *file);
	void (*task)(struct open_file *file);
	void (*exited)(struct open_file *file);
	void (*end)(struct open_file *file);
};

/**
 * struct open_file - an open file
 * @kind: which
 * @seq: its text
 * @reader: where it is
 * @out: prints into @seq
 * @tasks: places for tasks; taken once, since their pool may grow meanwhile
 * @records: of a snapshot, so far
 * @sum: of a summary
 */
struct open_file {
	const struct kind *kind;
	struct seq_file *seq;
	struct hd_reader reader;
	struct hd_out out;
	u32 tasks;
	u64 records;
	struct hd_summary sum;
};

static struct proc_dir_entry *dir;

static __printf(2, 0)
void print(struct hd_out *out, const char *fmt, va_list args)
{
	seq_vprintf(out->priv, fmt, args);
}

/* the text files */

static void text_head(struct open_file *file)
{
	struct hd_view view;

	hd_view_now(&view);
	hd_render_head(&file->out, file->kind->name, &view);
}

static void tasks_head(struct open_file *file)
{
	text_head(file);
	hd_render_tasks_columns(&file->out);
}

static void tasks_task(struct open_file *file)
{
	hd_render_tasks(&file->out, &file->reader.row);
}

static void exited_head(struct open_file *file)
{
	text_head(file);
	hd_render_exited_columns(&file->out);
}

static void exited_exited(struct open_file *file)
{
	hd_render_exited(&file->out, &file->reader.row);
}

static void syscalls_head(struct open_file *file)
{
	text_head(file);
	hd_render_syscalls_columns(&file->out);
}

static void syscalls_call(struct hd_reader *reader, void *priv)
{
	hd_render_syscalls(priv, &reader->row, &reader->call);
}

static void syscalls_task(struct open_file *file)
{
	hd_reader_calls(&file->reader, syscalls_call, &file->out);
}

static void hist_head(struct open_file *file)
{
	text_head(file);
	hd_render_hist_columns(&file->out);
}

static void hist_call(struct hd_reader *reader, void *priv)
{
	hd_render_hist_syscall(priv, &reader->row, &reader->call);
}

static void hist_task(struct open_file *file)
{
	hd_render_hist_task(&file->out, &file->reader.row);
	hd_reader_calls(&file->reader, hist_call, &file->out);
}

static void summary_call(struct hd_reader *reader, void *priv)
{
	hd_summary_syscall(priv, &reader->call);
}

/* all of it, since a line of it depends on all tasks */
static void summary_head(struct open_file *file)
{
	struct hd_reader *reader = &file->reader;
	struct hd_view view;
	u32 i;

	hd_view_now(&view);
	hd_summary_init(&file->sum, &view);
	for (i = 0; i < hd_tasks_end(); i++) {
		if (i % YIELD_EVERY == 0)
			cond_resched();
		if (!hd_reader_task(reader, i))
			continue;
		hd_summary_task(&file->sum, &reader->row);
		hd_reader_calls(reader, summary_call, &file->sum);
	}
	for (i = 0; i < HD_EXITED_ROWS; i++)
		if (hd_reader_exited(reader, i))
			hd_summary_exited(&file->sum, &reader->row);
	hd_summary_print(&file->sum, &file->out);
}

static void control_head(struct open_file *file)
{
	struct seq_file *seq = file->seq;

	text_head(file);
	seq_puts(seq, "# key value\n");
	seq_printf(seq, "syscalls %d\n", !!(hd_groups_on & HOSTDIAG_F_SYSCALLS));
	seq_printf(seq, "dsleep %d\n", !!(hd_groups_on & HOSTDIAG_F_DSLEEP));
	seq_printf(seq, "files %d\n", !!(hd_groups_on & HOSTDIAG_F_FILES));
	seq_printf(seq, "max_tasks %u\n", hd_params.max_tasks);
	seq_printf(seq, "max_memory_mb %u\n", hd_params.max_memory_mb);
	seq_printf(seq, "gid %d\n", hd_params.gid);
	seq_printf(seq, "clock %s\n", hd_clock_name());
}

/* the snapshot */

static void snapshot_head(struct open_file *file)
{
	file->records = 0;
	hd_snapshot_head(file->seq);
}

/* what does not fit is dropped, and shown again: it must count once */
static void count_records(struct open_file *file, u32 records)
{
	if (file->seq->count < file->seq->size)
		file->records += records;
}

static void snapshot_task(struct open_file *file)
{
	count_records(file, hd_snapshot_task(file->seq, &file->reader));
}

static void snapshot_exited(struct open_file *file)
{
	count_records(file, hd_snapshot_exited(file->seq, &file->reader));
}

static void snapshot_end(struct open_file *file)
{
	hd_snapshot_end(file->seq, file->records);
}

static const struct kind kinds[] = {
	{ "summary", summary_head },
	{ "tasks", tasks_head, tasks_task },
	{ "syscalls", syscalls_head, syscalls_task },
	{ "hist", hist_head, hist_task },
	{ "exited", exited_head, NULL, exited_exited },
	{ "snapshot", snapshot_head, snapshot_task, snapshot_exited,
	  snapshot_end },
	{ "control", control_head },
};

/* positions */

static loff_t first_exited(const struct open_file *file)
{
	return 1 + (loff_t)file->tasks;
}

static loff_t end_position(const struct open_file *file)
{
	return first_exited(file) + HD_EXITED_ROWS;
}

/* true: there is something at the position, and the reader is there */
static bool go_to(struct open_file *file, loff_t pos)
{
	if (pos == 0)
		return true;
	if (pos < first_exited(file))
		return file->kind->task &&
		       hd_reader_task(&file->reader, pos - 1);
	if (pos < end_position(file))
		return file->kind->exited &&
		       hd_reader_exited(&file->reader, pos - first_exited(file));
	return pos == end_position(file) && file->kind->end;
}

static void *seek(struct open_file *file, loff_t *pos)
{
	u32 passed = 0;

	for (; *pos <= end_position(file); ++*pos) {
		if (!file->kind->task && *pos > 0 && *pos < first_exited(file))
			*pos = first_exited(file);
		if (go_to(file, *pos))
			return pos;
		if (++passed % YIELD_EVERY == 0)
			cond_resched();
	}
	return NULL;
}

static void *start(struct seq_file *seq, loff_t *pos)
{
	struct open_file *file = seq->private;

	if (*pos == 0)
		file->tasks = hd_tasks_end();
	return seek(file, pos);
}

static void *next(struct seq_file *seq, void *v, loff_t *pos)
{
	++*pos;
	return seek(seq->private, pos);
}

static void stop(struct seq_file *seq, void *v)
{
}

static int show(struct seq_file *seq, void *v)
{
	struct open_file *file = seq->private;
	loff_t pos = *(loff_t *)v;

	if (pos == 0)
		file->kind->head(file);
	else if (pos < first_exited(file))
		file->kind->task(file);
	else if (pos < end_position(file))
		file->kind->exited(file);
	else
		file->kind->end(file);
	return 0;
}

static const struct seq_operations seq_ops = {
	.start = start,
	.next = next,
	.stop = stop,
	.show = show,
};

static int open(struct inode *inode, struct file *filp)
{
	struct open_file *file = __seq_open_private(filp, &seq_ops,
						    sizeof(*file));

	if (!file)
		return -ENOMEM;
	file->kind = hd_pde_data(inode);
	file->seq = filp->private_data;
	file->out.print = print;
	file->out.priv = file->seq;
	file->reader.ns = get_pid_ns(hd_proc_pid_ns(inode));
	return 0;
}

static int release(struct inode *inode, struct file *filp)
{
	struct open_file *file = ((struct seq_file *)filp->private_data)->private;

	put_pid_ns(file->reader.ns);
	return seq_release_private(inode, filp);
}

static ssize_t control_write(struct file *filp, const char __user *from,
			     size_t len, loff_t *pos)
{
	char word[sizeof(RESET_WORD) + 1];

	if (len >= sizeof(word))
		return -EINVAL;
	if (copy_from_user(word, from, len))
		return -EFAULT;
	word[len] = '\0';
	if (len && word[len - 1] == '\n')
		word[len - 1] = '\0';
	if (strlen(word) + 1 < len || strcmp(word, RESET_WORD))
		return -EINVAL;
	hd_reset();
	return len;
}

HD_PROC_OPS(read_ops, open, NULL, release);
HD_PROC_OPS(control_ops, open, control_write, release);

static int create(const struct kind *kind)
{
	bool control = kind->head == control_head;
	umode_t mode = control ? 0600 : 0400;
	struct proc_dir_entry *entry;

	if (hd_params.gid >= 0)
		mode |= 0040;
	entry = proc_create_data(kind->name, mode, dir,
				 control ? &control_ops : &read_ops,
				 (void *)kind);
	if (!entry)
		return -ENOMEM;
	if (hd_params.gid >= 0)
		proc_set_user(entry, GLOBAL_ROOT_UID,
			      make_kgid(&init_user_ns, hd_params.gid));
	return 0;
}

/**
 * hd_proc_init() - make /proc/hostdiag and its files
 *
 * Context: process; sleeps.
 * Return: 0 or -ENOMEM; nothing is left then.
 */
int hd_proc_init(void)
{
	u32 i;
	int err;

	dir = proc_mkdir("hostdiag", NULL);
	if (!dir)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		err = create(&kinds[i]);
		if (err) {
			hd_proc_exit();
			return err;
		}
	}
	return 0;
}

/**
 * hd_proc_exit() - take /proc/hostdiag away; waits for readers inside
 *
 * Context: process; sleeps.
 */
void hd_proc_exit(void)
{
	remove_proc_subtree("hostdiag", NULL);
}
