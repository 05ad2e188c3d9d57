// SPDX-License-Identifier: GPL-2.0-only
/* What the files show; see show.h. */
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include "compat/mem.h"
#include "core/clock.h"
#include "store/exited.h"
#include "store/open_files.h"
#include "core/hooks.h"
#include "store/slow.h"
#include "core/params.h"
#include "show/acts.h"
#include "show/blocked.h"
#include "show/locks.h"
#include "pure/lists.h"
#include "pure/sum.h"
#include "show/show.h"
#include "show/snapshot.h"
#include "store/ledger.h"
#include "store/storms.h"
#include "store/task.h"

#define YIELD_EVERY	64	/* tasks, or buckets of open files */

/* the text files */

/* @lost: events that are missing in this file alone, added to those lost everywhere */
static void head_without(struct hd_file *file, u64 lost)
{
	struct hd_view view;

	hd_view_now(&view);
	view.lost += lost;
	hd_render_head(&file->out, file->type->name, &view);
	hd_out_printf(&file->out, "%s", file->type->columns);
}

static void table_head(struct hd_file *file)
{
	head_without(file, 0);
}

static void tasks_task(struct hd_file *file)
{
	hd_render_tasks(&file->out, &file->reader.row);
}

static void exited_exited(struct hd_file *file)
{
	hd_render_exited(&file->out, &file->reader.row);
}

static void syscalls_call(struct hd_reader *reader, void *priv)
{
	hd_render_syscalls(priv, &reader->row, &reader->call);
}

static void syscalls_task(struct hd_file *file)
{
	hd_render_ids(&file->reader.row);
	hd_reader_calls(&file->reader, syscalls_call, &file->out);
}

/* the row is read once, for its own line and for the line "all" */
static void hist_call(struct hd_reader *reader, void *priv)
{
	hd_render_hist_syscall(priv, &reader->row, &reader->call);
	hd_stat_merge(&reader->row.stat[HOSTDIAG_KIND_SYSCALL],
		      &reader->call.stat);
}

static void hist_task(struct hd_file *file)
{
	hd_render_ids(&file->reader.row);
	hd_reader_calls(&file->reader, hist_call, &file->out);
	hd_render_hist_task(&file->out, &file->reader.row);
}

static void errors_row(struct hd_reader *reader, void *priv)
{
	hd_render_errors(priv, &reader->row, &reader->error);
}

static void errors_task(struct hd_file *file)
{
	hd_render_ids(&file->reader.row);
	hd_reader_errors(&file->reader, errors_row, &file->out);
}

static void stuck_task(struct hd_file *file)
{
	struct hd_reader *reader = &file->reader;

	if (hd_reader_stuck(reader))
		hd_render_stuck(&file->out, &reader->row, &reader->stuck);
}

static void blocked_head(struct hd_file *file)
{
	table_head(file);
	hd_locks_free(file->locks);
	file->locks = hd_locks_new();
}

static void blocked_task(struct hd_file *file)
{
	struct hd_reader *reader = &file->reader;

	if (file->locks &&
	    hd_blocked_look(reader, file->locks, &reader->blocked))
		hd_render_blocked(&file->out, &reader->blocked);
}

static void dsleep_row(struct hd_reader *reader, void *priv)
{
	hd_render_dsleep(priv, &reader->row, &reader->place);
}

static void dsleep_task(struct hd_file *file)
{
	hd_reader_places(&file->reader, dsleep_row, &file->out);
}

static void open_row(struct hd_reader *reader, void *priv)
{
	hd_render_open(priv, &reader->open);
}

static void open_opens(struct hd_file *file)
{
	hd_reader_opens(&file->reader, file->index, open_row, &file->out);
}

static void slow_head(struct hd_file *file)
{
	head_without(file, hd_reader_overwritten(&file->reader));
}

static void slow_slow(struct hd_file *file)
{
	hd_render_slow(&file->out, &file->reader.slow);
}

/* all of it: what is in order by number may get another one meanwhile */
static void ledger_head(struct hd_file *file)
{
	struct hd_ledger_row *row = &file->reader.act;
	u64 nr;

	head_without(file, file->reader.ns == &init_pid_ns ? hd_ledger_lost() : 0);
	for (nr = 0; hd_acts_after(&file->reader, nr); nr = row->nr)
		hd_render_ledger(&file->out, row);
}

static void deaths_death(struct hd_file *file)
{
	hd_render_deaths(&file->out, &file->reader.death);
}

static void calls_row(struct hd_reader *reader, void *priv)
{
	hd_render_calls(priv, &reader->row, &reader->recorded);
}

static void calls_task(struct hd_file *file)
{
	hd_render_ids(&file->reader.row);
	hd_reader_recorded(&file->reader, calls_row, &file->out);
}

static void calls_death(struct hd_file *file)
{
	hd_reader_death_recorded(&file->reader, file->index, calls_row,
				 &file->out);
}

/* @print: one of them */
static void each_storm(struct hd_file *file,
		       void (*print)(struct hd_out *out,
				     const struct hd_storm *storm, u64 now_ns))
{
	struct hd_storm *storm = hd_kvzalloc(sizeof(*storm));
	u64 now_ns = hd_kernel_clock();
	u32 i;

	for (i = 0; storm && file->reader.ns == &init_pid_ns && i < HD_STORMS; i++)
		if (hd_storm_read(i, now_ns, storm))
			print(&file->out, storm, now_ns);
	hd_kvfree(storm);
}

static void storms_head(struct hd_file *file)
{
	struct hd_view view;

	hd_view_now(&view);
	hd_render_head(&file->out, file->type->name, &view);
	each_storm(file, hd_storm_print);
}

/* the summary */

static void summary_storm(struct hd_out *out, const struct hd_storm *storm,
			  u64 now_ns)
{
	hd_out_printf(out, "storm: ");
	hd_storm_say(out, storm, now_ns);
	hd_out_printf(out, "\n");
}

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
	u64 i, end = hd_slow_end();

	for (i = hd_slow_first(); i < end; i++)
		if (hd_reader_slow(reader, i))
			hd_summary_slow(sum, &reader->slow);
	end = hd_deaths_end();
	for (i = end > HD_DEATHS ? end - HD_DEATHS : 0; i < end; i++)
		if (hd_reader_death(reader, i))
			hd_summary_death(sum, &reader->death);
}

/* the head is the whole file, since any line may depend on all tasks */
static void summary_head(struct hd_file *file)
{
	struct hd_reader *reader = &file->reader;
	struct hd_summary *sum = &file->sum;
	struct hd_view view;
	u32 i;

	hd_view_now(&view);
	hd_summary_init(sum, &view);
	hd_census_begin(&reader->census);
	for (i = 0; i < hd_tasks_end(); i++) {
		if (i % YIELD_EVERY == 0)
			cond_resched();
		if (hd_reader_task(reader, i) && hd_reader_count(reader))
			summary_task(sum, reader);
	}
	for (i = 0; i < HD_EXITED_ROWS; i++)
		if (hd_reader_exited(reader, i))
			hd_summary_exited(sum, &reader->row);
	hd_census_end(&reader->census);
	reader->no_paths = true;
	for (i = 0; i < HD_OPEN_BUCKETS; i++) {
		if (i % YIELD_EVERY == 0)
			cond_resched();
		hd_reader_opens(reader, i, summary_open, sum);
	}
	summary_events(sum, reader);
	hd_blocked_worst(reader, &sum->worst);
	hd_acts_stalls(reader, &view, &sum->stalls);
	hd_summary_print(sum, &file->out);
	each_storm(file, summary_storm);
}

static void control_head(struct hd_file *file)
{
	struct seq_file *seq = file->seq;

#define GROUP_LINE(name, NAME, help) \
	seq_printf(seq, #name " %d\n", !!(hd_groups_on & HOSTDIAG_F_##NAME));

	table_head(file);
	HD_GROUP_LIST(GROUP_LINE)
	seq_printf(seq, "recorder %d\n", !!(hd_groups_on & HD_GROUP_RECORDER));
	seq_printf(seq, "recorder_calls %u\n", hd_params.recorder_calls);
	seq_printf(seq, "max_tasks %u\n", hd_params.max_tasks);
	seq_printf(seq, "max_memory_mb %u\n", hd_params.max_memory_mb);
	seq_printf(seq, "gid %d\n", hd_params.gid);
	seq_printf(seq, "slow_syscall_ms %u\n", hd_params.slow_syscall_ms);
	seq_printf(seq, "slow_dsleep_ms %u\n", hd_params.slow_dsleep_ms);
	seq_printf(seq, "slow_open_ms %u\n", hd_params.slow_open_ms);
	seq_printf(seq, "stuck_ms %u\n", hd_params.stuck_ms);
	seq_printf(seq, "paths %s\n", hd_params_paths());
	seq_printf(seq, "budget_percent %u\n", hd_params.budget_percent);
	seq_printf(seq, "panic_dump %u\n", hd_params.panic_dump);
	seq_printf(seq, "clock %s\n", hd_clock_name());
}

/* the snapshot */

/*
 * Count and sum up what was written since @begun.  The seq_file drops what does not
 * fit and asks for it again, so records are counted only if they fit.
 */
static void count_records(struct hd_file *file, size_t begun, u32 records)
{
	const struct seq_file *seq = file->seq;

	if (seq->count >= seq->size)
		return;
	file->records += records;
	file->checksum = hd_sum(file->checksum, seq->buf + begun,
				seq->count - begun);
}

static void snapshot_head(struct hd_file *file)
{
	size_t begun = file->seq->count;

	file->records = 0;
	file->checksum = HOSTDIAG_SUM_START;
	hd_snapshot_head(file->seq);
	count_records(file, begun, 0);
}

static void snapshot_task(struct hd_file *file)
{
	size_t begun = file->seq->count;

	count_records(file, begun, hd_snapshot_task(file->seq, &file->reader));
}

static void snapshot_exited(struct hd_file *file)
{
	size_t begun = file->seq->count;

	count_records(file, begun, hd_snapshot_exited(file->seq, &file->reader));
}

static void snapshot_opens(struct hd_file *file)
{
	size_t begun = file->seq->count;

	count_records(file, begun, hd_snapshot_opens(file->seq, &file->reader,
						     file->index));
}

static void snapshot_death(struct hd_file *file)
{
	size_t begun = file->seq->count;

	count_records(file, begun, hd_snapshot_death(file->seq, &file->reader));
}

static void snapshot_slow(struct hd_file *file)
{
	size_t begun = file->seq->count;

	count_records(file, begun, hd_snapshot_slow(file->seq, &file->reader));
}

static void snapshot_end(struct hd_file *file)
{
	hd_snapshot_end(file->seq, file->records, file->checksum);
}

/* what each file shows; the columns of tables are in columns.h */

static const struct hd_file_type type_summary = {
	.name = "summary",
	.show[HD_SECTION_HEAD] = summary_head,
};

static const struct hd_file_type type_tasks = {
	.name = "tasks",
	.columns = HD_COLUMN_LINE(TASKS),
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_TASKS] = tasks_task,
};

static const struct hd_file_type type_syscalls = {
	.name = "syscalls",
	.columns = HD_COLUMN_LINE(SYSCALLS),
	.sums = HD_SUMS_NONE,
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_TASKS] = syscalls_task,
};

static const struct hd_file_type type_errors = {
	.name = "errors",
	.columns = HD_COLUMN_LINE(ERRORS),
	.sums = HD_SUMS_NONE,
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_TASKS] = errors_task,
};

static const struct hd_file_type type_hist = {
	.name = "hist",
	.columns = HD_COLUMN_LINE(HIST),
	.sums = HD_SUMS_NO_ROWS,
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_TASKS] = hist_task,
};

static const struct hd_file_type type_stuck = {
	.name = "stuck",
	.columns = HD_COLUMN_LINE(STUCK),
	.sums = HD_SUMS_NONE,
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_TASKS] = stuck_task,
};

static const struct hd_file_type type_blocked = {
	.name = "blocked",
	.columns = HD_COLUMN_LINE(BLOCKED),
	.sums = HD_SUMS_NONE,
	.show[HD_SECTION_HEAD] = blocked_head,
	.show[HD_SECTION_TASKS] = blocked_task,
};

static const struct hd_file_type type_ledger = {
	.name = "ledger",
	.columns = HD_COLUMN_LINE(LEDGER),
	.show[HD_SECTION_HEAD] = ledger_head,
};

static const struct hd_file_type type_dsleep = {
	.name = "dsleep",
	.columns = HD_COLUMN_LINE(DSLEEP),
	.sums = HD_SUMS_NONE,
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_TASKS] = dsleep_task,
};

static const struct hd_file_type type_open = {
	.name = "open",
	.columns = HD_COLUMN_LINE(OPEN),
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_OPENS] = open_opens,
};

static const struct hd_file_type type_slow = {
	.name = "slow",
	.columns = HD_COLUMN_LINE(SLOW),
	.is_followed = true,
	.show[HD_SECTION_HEAD] = slow_head,
	.show[HD_SECTION_SLOWS] = slow_slow,
};

static const struct hd_file_type type_exited = {
	.name = "exited",
	.columns = HD_COLUMN_LINE(EXITED),
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_EXITED] = exited_exited,
};

static const struct hd_file_type type_deaths = {
	.name = "deaths",
	.columns = HD_COLUMN_LINE(DEATHS),
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_DEATHS] = deaths_death,
};

static const struct hd_file_type type_calls = {
	.name = "calls",
	.columns = HD_COLUMN_LINE(CALLS),
	.sums = HD_SUMS_NONE,
	.show[HD_SECTION_HEAD] = table_head,
	.show[HD_SECTION_TASKS] = calls_task,
	.show[HD_SECTION_DEATHS] = calls_death,
};

static const struct hd_file_type type_storms = {
	.name = "storms",
	.show[HD_SECTION_HEAD] = storms_head,
};

static const struct hd_file_type type_snapshot = {
	.name = "snapshot",
	.sums = HD_SUMS_NO_ROWS,
	.is_census = true,
	.show[HD_SECTION_HEAD] = snapshot_head,
	.show[HD_SECTION_TASKS] = snapshot_task,
	.show[HD_SECTION_EXITED] = snapshot_exited,
	.show[HD_SECTION_OPENS] = snapshot_opens,
	.show[HD_SECTION_DEATHS] = snapshot_death,
	.show[HD_SECTION_SLOWS] = snapshot_slow,
	.show[HD_SECTION_END] = snapshot_end,
};

static const struct hd_file_type type_control = {
	.name = "control",
	.columns = "# key value\n",
	.is_control = true,
	.show[HD_SECTION_HEAD] = control_head,
};

/* a file of HD_FILE_LIST without a type_NAME does not compile */
#define FILE_TYPE(name, ...)	&type_##name,

const struct hd_file_type *const hd_file_types[] = {
	HD_FILE_LIST(FILE_TYPE)
};

const u32 hd_nr_file_types = ARRAY_SIZE(hd_file_types);
