// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/hostdiag: open, read, poll and write.
 *
 * A file consists of sections: head, tasks, exited tasks, open files, deaths,
 * events, end.  A position is the section and an index in it (a record of a task,
 * a row of exited tasks, a bucket of open files, the number of a death or of an
 * event), so a position stays valid while rows come and go.  show.c says which
 * sections a file has, and prints them.
 */
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include "show/access.h"
#include "compat/proc.h"
#include "store/exited.h"
#include "store/open_files.h"
#include "store/slow.h"
#include "core/params.h"
#include "show/locks.h"
#include "show/proc.h"
#include "show/show.h"
#include "store/task.h"

#define SECTION_SHIFT	40
#define RESET_WORD	"reset"
#define YIELD_EVERY	64	/* empty indices */
#define READY_BYTES	65536	/* of text */

static struct proc_dir_entry *dir;

/* lines are made in the buffer of the seq_file; near its end, in scrap */
static void aim_output(struct hd_file *file)
{
	struct seq_file *seq = file->seq;

	file->out.text = seq->buf + seq->count;
	file->out.size = seq->size - seq->count;
	if (file->out.size < sizeof(file->scrap)) {
		file->out.text = file->scrap;
		file->out.size = sizeof(file->scrap);
	}
}

static __printf(2, 0)
void print_line(struct hd_out *out, const char *fmt, va_list args)
{
	struct hd_file *file = out->priv;

	seq_vprintf(file->seq, fmt, args);
	aim_output(file);
}

static void write_lines(struct hd_out *out)
{
	struct hd_file *file = out->priv;

	if (out->text == file->scrap)
		seq_write(file->seq, out->text, out->len);
	else
		file->seq->count += out->len;
	aim_output(file);
}

/* positions */

static enum hd_section section_of(loff_t pos)
{
	return pos >> SECTION_SHIFT;
}

static loff_t position_of(enum hd_section section, u64 index)
{
	return ((loff_t)section << SECTION_SHIFT) + index;
}

/* Return: the end of the indices that a section has now; they begin at *from. */
static u64 section_range(const struct hd_file *file, enum hd_section section,
			 u64 *from)
{
	*from = 0;
	switch (section) {
	case HD_SECTION_TASKS:
		return file->tasks;
	case HD_SECTION_EXITED:
		return HD_EXITED_ROWS;
	case HD_SECTION_OPENS:
		return HD_OPEN_BUCKETS;
	case HD_SECTION_DEATHS:
		if (hd_deaths_end() > HD_DEATHS)
			*from = hd_deaths_end() - HD_DEATHS;
		return hd_deaths_end();
	case HD_SECTION_SLOWS:
		*from = hd_slow_first();
		return hd_slow_end();
	default:
		return 1;
	}
}

/* Return: true where the index has a row; the reader is positioned there. */
static bool go_to(struct hd_file *file, enum hd_section section, u64 index)
{
	file->index = index;
	switch (section) {
	case HD_SECTION_TASKS:
		return hd_reader_task(&file->reader, index);
	case HD_SECTION_EXITED:
		return hd_reader_exited(&file->reader, index);
	case HD_SECTION_DEATHS:
		return hd_reader_death(&file->reader, index);
	case HD_SECTION_SLOWS:
		return hd_reader_slow(&file->reader, index);
	default:
		return true;
	}
}

/*
 * A reader that follows a file gets every event, in order, so it stops before an
 * event that is being written, and poll() waits for that one.  If its writer never
 * finishes, the event is skipped once the ring has wrapped around.
 */
static bool is_due(const struct hd_file *file, enum hd_section section,
		   u64 index)
{
	return file->type->is_followed && section == HD_SECTION_SLOWS &&
	       hd_slow_is_in_progress(index);
}

/* note where read_file() goes on, and which event poll() waits for */
static void go_on_at(struct hd_file *file, loff_t *pos,
		     enum hd_section section, u64 index)
{
	*pos = position_of(section, index);
	if (section == HD_SECTION_SLOWS)
		WRITE_ONCE(file->next_slow, index);
}

/* Return: NULL where no row is at or after *pos now; events may still come. */
static void *seek_row(struct hd_file *file, loff_t *pos)
{
	enum hd_section section = section_of(*pos);
	u64 index = *pos - position_of(section, 0), from, end;
	u32 passed = 0;

	for (; section < HD_SECTIONS; section++, index = 0) {
		if (!file->type->show[section])
			continue;
		end = section_range(file, section, &from);
		for (index = max(index, from); index < end; index++) {
			if (is_due(file, section, index))
				break;
			if (go_to(file, section, index)) {
				go_on_at(file, pos, section, index);
				return pos;
			}
			if (++passed % YIELD_EVERY == 0)
				cond_resched();
		}
		if (section == HD_SECTION_SLOWS)
			go_on_at(file, pos, section, index);
	}
	return NULL;
}

static void *rows_start(struct seq_file *seq, loff_t *pos)
{
	struct hd_file *file = seq->private;

	if (*pos == 0) {
		file->tasks = hd_tasks_end();
		hd_census_end(&file->reader.census);
		if (file->type->is_census)
			hd_census_begin(&file->reader.census);
	}
	hd_reader_begin(&file->reader);
	return seek_row(file, pos);
}

static void *rows_next(struct seq_file *seq, void *v, loff_t *pos)
{
	++*pos;
	return seek_row(seq->private, pos);
}

static void rows_stop(struct seq_file *seq, void *v)
{
}

static int rows_show(struct seq_file *seq, void *v)
{
	struct hd_file *file = seq->private;

	aim_output(file);
	file->type->show[section_of(*(loff_t *)v)](file);
	if (file->out.len)
		hd_line_flush(&file->out);
	return 0;
}

static const struct seq_operations seq_ops = {
	.start = rows_start,
	.next = rows_next,
	.stop = rows_stop,
	.show = rows_show,
};

/*
 * Give the seq_file a large buffer.  It drops a row that does not fit, and makes it
 * again at the next read: with the one page that it allocates by itself, that would
 * be every second task.  kmalloc(), since old kernels free the buffer by kfree().
 * Without memory the seq_file allocates its page.
 */
static void get_ready(struct seq_file *seq)
{
	seq->buf = kmalloc(READY_BYTES, GFP_KERNEL | __GFP_NOWARN |
			   __GFP_NORETRY);
	if (seq->buf)
		seq->size = READY_BYTES;
}

static struct hd_file *file_of(const struct file *filp)
{
	return ((struct seq_file *)filp->private_data)->private;
}

static int open_file(struct inode *inode, struct file *filp)
{
	struct hd_access access;
	struct hd_file *file;
	int err = hd_access_open(&access, filp);

	if (err)
		return err;
	file = __seq_open_private(filp, &seq_ops, sizeof(*file));
	if (!file) {
		hd_access_close(&access);
		return -ENOMEM;
	}
	file->access = access;
	file->type = hd_pde_data(inode);
	file->seq = filp->private_data;
	get_ready(file->seq);
	file->out.print = print_line;
	file->out.write = write_lines;
	file->out.priv = file;
	file->out.gathers = true;
	file->reader.sums = file->type->sums;
	file->reader.ns = access.ns;
	file->reader.no_args = !hd_access_traces(&access, filp);
	return 0;
}

static int release_file(struct inode *inode, struct file *filp)
{
	struct hd_file *file = file_of(filp);

	hd_census_end(&file->reader.census);
	hd_access_close(&file->access);
	hd_locks_free(file->locks);
	if (test_bit(0, &file->polled))
		module_put(THIS_MODULE);
	return seq_release_private(inode, filp);
}

static ssize_t read_file(struct file *filp, char __user *to, size_t len, loff_t *pos)
{
	int err = hd_access_read(&file_of(filp)->access, filp);

	return err ?: seq_read(filp, to, len, pos);
}

/* take one reference a file; Return: false while the module is being unloaded. */
static bool hold_module(struct hd_file *file)
{
	if (test_bit(0, &file->polled))
		return true;
	if (!try_module_get(THIS_MODULE))
		return false;
	/* another thread that polls the same file may have taken it first */
	if (test_and_set_bit(0, &file->polled))
		module_put(THIS_MODULE);
	return true;
}

/*
 * A poller is on a wait queue of the module, and may stay there after the file is
 * removed, so a polled file holds a reference to the module.  While the module is
 * being unloaded no poller is queued; the file is reported as readable, and the
 * read fails.  An opener that may see no events is not woken by them either.
 */
static hd_poll_t slow_poll(struct file *filp, poll_table *table)
{
	struct hd_file *file = file_of(filp);
	u64 next;

	if (file->reader.ns != &init_pid_ns)
		return 0;
	if (!hold_module(file))
		return HD_POLL_READABLE;
	poll_wait(filp, &hd_slow_wait, table);
	next = max(READ_ONCE(file->next_slow), hd_slow_first());
	return hd_slow_end() > next && !hd_slow_is_in_progress(next) ?
	       HD_POLL_READABLE : 0;
}

static ssize_t control_write(struct file *filp, const char __user *from,
			     size_t len, loff_t *pos)
{
	int err = hd_access_write(&file_of(filp)->access, filp);
	char word[sizeof(RESET_WORD) + 1];

	if (err)
		return err;
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

HD_PROC_OPS(read_ops, open_file, read_file, NULL, NULL, release_file);
HD_PROC_OPS(slow_ops, open_file, read_file, NULL, slow_poll, release_file);
HD_PROC_OPS(control_ops, open_file, read_file, control_write, NULL, release_file);

static int create_file(const struct hd_file_type *type)
{
	umode_t mode = type->is_control ? 0600 : 0400;
	struct proc_dir_entry *entry;

	if (hd_params.gid >= 0)
		mode |= 0040;
	entry = proc_create_data(type->name, mode, dir,
				 type->is_control ? &control_ops :
				 type->is_followed ? &slow_ops : &read_ops,
				 (void *)type);
	if (!entry)
		return -ENOMEM;
	if (hd_params.gid >= 0)
		proc_set_user(entry, GLOBAL_ROOT_UID,
			      make_kgid(&init_user_ns, hd_params.gid));
	return 0;
}

/**
 * hd_proc_init() - create /proc/hostdiag and its files
 *
 * Context: process; sleeps.
 * Return: 0; or -ENOMEM, with nothing left behind.
 */
int hd_proc_init(void)
{
	u32 i;
	int err;

	dir = proc_mkdir("hostdiag", NULL);
	if (!dir)
		return -ENOMEM;
	for (i = 0; i < hd_nr_file_types; i++) {
		err = create_file(hd_file_types[i]);
		if (err) {
			hd_proc_exit();
			return err;
		}
	}
	return 0;
}

/**
 * hd_proc_exit() - remove /proc/hostdiag; waits for readers inside
 *
 * Context: process; sleeps.
 */
void hd_proc_exit(void)
{
	remove_proc_subtree("hostdiag", NULL);
}
