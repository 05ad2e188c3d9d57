// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/hostdiag.
 *
 * What a file shows stands in sections: its head, tasks, the dead, open
 * files, deaths, events, its end.  A position is the section and the index in
 * it (a record of a task, a row of the dead, a bucket of open files, the
 * number of a death or of an event), so it stays what it is while things come
 * and go.  Which sections a file has, and what it shows there, is its line
 * in the table.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "clock.h"
#include "compat/proc.h"
#include "exited.h"
#include "files.h"
#include "hooks.h"
#include "outlier.h"
#include "params.h"
#include "proc.h"
#include "reader.h"
#include "snapshot.h"
#include "summary.h"
#include "task.h"

#define RESET_WORD	"reset"
#define YIELD_EVERY	64	/* tasks */
#define READY_BYTES	65536	/* of text */

struct open_file;

enum section {
	HEAD,
	TASKS,
	EXITED,
	OPENS,
	DEATHS,
	SLOWS,
	END,
	SECTIONS,
};

#define SECTION_SHIFT	40

/**
 * struct kind - a file
 * @name: of it
 * @show: shows what the reader is at, by section; NULL: it has no such section
 */
struct kind {
	const char *name;
	void (*show[SECTIONS])(struct open_file *file);
};

/**
 * struct open_file - an open file
 * @kind: which
 * @seq: its text
 * @reader: where it is
 * @out: prints into @seq
 * @index: of what the reader is at, in its section
 * @tasks: places for tasks; taken once, since their pool may grow meanwhile
 * @records: of a snapshot, so far
 * @next_slow: number of the event after the last that was shown
 * @polled: the module is held, since somebody waits on its queue
 * @sum: of a summary
 */
struct open_file {
	const struct kind *kind;
	struct seq_file *seq;
	struct hd_reader reader;
	struct hd_out out;
	u64 index;
	u32 tasks;
	u64 records;
	u64 next_slow;
	bool polled;
	struct hd_summary sum;
};

static struct proc_dir_entry *dir;

static __printf(2, 0)
void print(struct hd_out *out, const char *fmt, va_list args)
{
	seq_vprintf(out->priv, fmt, args);
}

static void write(struct hd_out *out, const char *text, size_t len)
{
	seq_write(out->priv, text, len);
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

static void errors_head(struct open_file *file)
{
	text_head(file);
	hd_render_errors_columns(&file->out);
}

static void errors_row(struct hd_reader *reader, void *priv)
{
	hd_render_errors(priv, &reader->row, &reader->error);
}

static void errors_task(struct open_file *file)
{
	hd_reader_errors(&file->reader, errors_row, &file->out);
}

static void stuck_head(struct open_file *file)
{
	text_head(file);
	hd_render_stuck_columns(&file->out);
}

static void stuck_task(struct open_file *file)
{
	struct hd_reader *reader = &file->reader;

	if (hd_reader_stuck(reader))
		hd_render_stuck(&file->out, &reader->row, &reader->stuck);
}

static void dsleep_head(struct open_file *file)
{
	text_head(file);
	hd_render_dsleep_columns(&file->out);
}

static void dsleep_row(struct hd_reader *reader, void *priv)
{
	hd_render_dsleep(priv, &reader->row, &reader->place);
}

static void dsleep_task(struct open_file *file)
{
	hd_reader_places(&file->reader, dsleep_row, &file->out);
}

static void open_head(struct open_file *file)
{
	text_head(file);
	hd_render_open_columns(&file->out);
}

static void open_row(struct hd_reader *reader, void *priv)
{
	hd_render_open(priv, &reader->open);
}

static void open_opens(struct open_file *file)
{
	hd_reader_opens(&file->reader, file->index, open_row, &file->out);
}

static void slow_head(struct open_file *file)
{
	text_head(file);
	hd_render_slow_columns(&file->out);
}

static void slow_slow(struct open_file *file)
{
	hd_render_slow(&file->out, &file->reader.slow);
	file->next_slow = file->index + 1;
}

static void deaths_head(struct open_file *file)
{
	text_head(file);
	hd_render_deaths_columns(&file->out);
}

static void deaths_death(struct open_file *file)
{
	hd_render_deaths(&file->out, &file->reader.death);
}

/* the summary */

static void summary_call(struct hd_reader *reader, void *priv)
{
	hd_summary_syscall(priv, &reader->call);
}

static void summary_error(struct hd_reader *reader, void *priv)
{
	hd_summary_error(priv, &reader->error);
}

static void summary_place(struct hd_reader *reader, void *priv)
{
	hd_summary_place(priv, &reader->place);
}

static void summary_open(struct hd_reader *reader, void *priv)
{
	hd_summary_open(priv, &reader->open);
}

static void summary_task(struct hd_summary *sum, struct hd_reader *reader)
{
	hd_summary_task(sum, &reader->row);
	if (hd_reader_stuck(reader))
		hd_summary_stuck(sum, &reader->stuck);
	hd_reader_calls(reader, summary_call, sum);
	hd_reader_errors(reader, summary_error, sum);
	hd_reader_places(reader, summary_place, sum);
}

static void summary_events(struct hd_summary *sum, struct hd_reader *reader)
{
	u64 i, end = hd_outlier_end();

	for (i = hd_outlier_first(); i < end; i++)
		if (hd_reader_slow(reader, i))
			hd_summary_slow(sum, &reader->slow);
	end = hd_deaths_end();
	for (i = end > HD_DEATHS ? end - HD_DEATHS : 0; i < end; i++)
		if (hd_reader_death(reader, i))
			hd_summary_death(sum, &reader->death);
}

/* all of it, since a line of it depends on all tasks */
static void summary_head(struct open_file *file)
{
	struct hd_reader *reader = &file->reader;
	struct hd_summary *sum = &file->sum;
	struct hd_view view;
	u32 i;

	hd_view_now(&view);
	hd_summary_init(sum, &view);
	for (i = 0; i < hd_tasks_end(); i++) {
		if (i % YIELD_EVERY == 0)
			cond_resched();
		if (hd_reader_task(reader, i))
			summary_task(sum, reader);
	}
	for (i = 0; i < HD_EXITED_ROWS; i++)
		if (hd_reader_exited(reader, i))
			hd_summary_exited(sum, &reader->row);
	reader->no_paths = true;
	for (i = 0; i < HD_OPEN_BUCKETS; i++) {
		if (i % YIELD_EVERY == 0)
			cond_resched();
		hd_reader_opens(reader, i, summary_open, sum);
	}
	summary_events(sum, reader);
	hd_summary_print(sum, &file->out);
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
	seq_printf(seq, "slow_syscall_ms %u\n", hd_params.slow_syscall_ms);
	seq_printf(seq, "slow_dsleep_ms %u\n", hd_params.slow_dsleep_ms);
	seq_printf(seq, "slow_open_ms %u\n", hd_params.slow_open_ms);
	seq_printf(seq, "stuck_ms %u\n", hd_params.stuck_ms);
	seq_printf(seq, "paths %s\n", hd_params_paths());
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

static void snapshot_opens(struct open_file *file)
{
	count_records(file, hd_snapshot_opens(file->seq, &file->reader,
					      file->index));
}

static void snapshot_death(struct open_file *file)
{
	count_records(file, hd_snapshot_death(file->seq, &file->reader));
}

static void snapshot_slow(struct open_file *file)
{
	count_records(file, hd_snapshot_slow(file->seq, &file->reader));
}

static void snapshot_end(struct open_file *file)
{
	hd_snapshot_end(file->seq, file->records);
}

static const struct kind kinds[] = {
	{ "summary", { [HEAD] = summary_head } },
	{ "tasks", { [HEAD] = tasks_head, [TASKS] = tasks_task } },
	{ "syscalls", { [HEAD] = syscalls_head, [TASKS] = syscalls_task } },
	{ "errors", { [HEAD] = errors_head, [TASKS] = errors_task } },
	{ "hist", { [HEAD] = hist_head, [TASKS] = hist_task } },
	{ "stuck", { [HEAD] = stuck_head, [TASKS] = stuck_task } },
	{ "dsleep", { [HEAD] = dsleep_head, [TASKS] = dsleep_task } },
	{ "open", { [HEAD] = open_head, [OPENS] = open_opens } },
	{ "slow", { [HEAD] = slow_head, [SLOWS] = slow_slow } },
	{ "exited", { [HEAD] = exited_head, [EXITED] = exited_exited } },
	{ "deaths", { [HEAD] = deaths_head, [DEATHS] = deaths_death } },
	{ "snapshot", { [HEAD] = snapshot_head, [TASKS] = snapshot_task,
			[EXITED] = snapshot_exited, [OPENS] = snapshot_opens,
			[DEATHS] = snapshot_death, [SLOWS] = snapshot_slow,
			[END] = snapshot_end } },
	{ "control", { [HEAD] = control_head } },
};

/* positions */

static enum section section_of(loff_t pos)
{
	return pos >> SECTION_SHIFT;
}

static loff_t position(enum section section, u64 index)
{
	return ((loff_t)section << SECTION_SHIFT) + index;
}

/* the indices that a section has now: from *from to before the one returned */
static u64 section_range(const struct open_file *file, enum section section,
			 u64 *from)
{
	*from = 0;
	switch (section) {
	case TASKS:
		return file->tasks;
	case EXITED:
		return HD_EXITED_ROWS;
	case OPENS:
		return HD_OPEN_BUCKETS;
	case DEATHS:
		if (hd_deaths_end() > HD_DEATHS)
			*from = hd_deaths_end() - HD_DEATHS;
		return hd_deaths_end();
	case SLOWS:
		*from = hd_outlier_first();
		return hd_outlier_end();
	default:
		return 1;
	}
}

/* true: there is something, and the reader is there */
static bool go_to(struct open_file *file, enum section section, u64 index)
{
	file->index = index;
	switch (section) {
	case TASKS:
		return hd_reader_task(&file->reader, index);
	case EXITED:
		return hd_reader_exited(&file->reader, index);
	case DEATHS:
		return hd_reader_death(&file->reader, index);
	case SLOWS:
		return hd_reader_slow(&file->reader, index);
	default:
		return true;
	}
}

/* NULL: nothing comes at or after *pos; events may come there later */
static void *seek(struct open_file *file, loff_t *pos)
{
	enum section section = section_of(*pos);
	u64 index = *pos - position(section, 0), from, end;
	u32 passed = 0;

	for (; section < SECTIONS; section++, index = 0) {
		if (!file->kind->show[section])
			continue;
		end = section_range(file, section, &from);
		for (index = max(index, from); index < end; index++) {
			if (go_to(file, section, index)) {
				*pos = position(section, index);
				return pos;
			}
			if (++passed % YIELD_EVERY == 0)
				cond_resched();
		}
		if (section == SLOWS)
			*pos = position(section, index);
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

	file->kind->show[section_of(*(loff_t *)v)](file);
	return 0;
}

static const struct seq_operations seq_ops = {
	.start = start,
	.next = next,
	.stop = stop,
	.show = show,
};

/*
 * What does not fit into a seq_file's text is dropped, and made again at the
 * next read: with the page that it begins with, that is every second task.
 * Old kernels free it by kfree().  NULL: they make their own.
 */
static void get_ready(struct seq_file *seq)
{
	seq->buf = kmalloc(READY_BYTES, GFP_KERNEL | __GFP_NOWARN |
			   __GFP_NORETRY);
	if (seq->buf)
		seq->size = READY_BYTES;
}

static int open(struct inode *inode, struct file *filp)
{
	struct open_file *file = __seq_open_private(filp, &seq_ops,
						    sizeof(*file));

	if (!file)
		return -ENOMEM;
	file->kind = hd_pde_data(inode);
	file->seq = filp->private_data;
	get_ready(file->seq);
	file->out.print = print;
	file->out.write = write;
	file->out.priv = file->seq;
	file->reader.ns = get_pid_ns(hd_proc_pid_ns(inode));
	return 0;
}

static int release(struct inode *inode, struct file *filp)
{
	struct open_file *file = ((struct seq_file *)filp->private_data)->private;

	put_pid_ns(file->reader.ns);
	if (file->polled)
		module_put(THIS_MODULE);
	return seq_release_private(inode, filp);
}

/*
 * Who waits is on a queue of the module's, and may stay there after the file
 * is gone: so the module stays, too.
 */
static hd_poll_t slow_poll(struct file *filp, poll_table *table)
{
	struct open_file *file = ((struct seq_file *)filp->private_data)->private;

	if (!file->polled) {
		__module_get(THIS_MODULE);
		file->polled = true;
	}
	poll_wait(filp, &hd_outlier_wait, table);
	return hd_outlier_end() > max(file->next_slow, hd_outlier_first()) ?
	       HD_POLL_READABLE : 0;
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

HD_PROC_OPS(read_ops, open, NULL, NULL, release);
HD_PROC_OPS(slow_ops, open, NULL, slow_poll, release);
HD_PROC_OPS(control_ops, open, control_write, NULL, release);

static int create(const struct kind *kind)
{
	bool control = kind->show[HEAD] == control_head;
	bool slow = kind->show[SLOWS] == slow_slow;
	umode_t mode = control ? 0600 : 0400;
	struct proc_dir_entry *entry;

	if (hd_params.gid >= 0)
		mode |= 0040;
	entry = proc_create_data(kind->name, mode, dir,
				 control ? &control_ops :
				 slow ? &slow_ops : &read_ops,
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
