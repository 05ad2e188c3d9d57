// SPDX-License-Identifier: GPL-2.0-only
/* See summary_build.h. */
#include "summary_build.h"

struct hd_summary sum_fed;
u64 sum_now_ns;

void sum_begin_with(u64 elapsed_ns, u64 stuck_ns, u64 lost, u32 flags)
{
	struct hd_view view = {
		.now_ns = SINCE + elapsed_ns, .since_ns = SINCE, .lost = lost,
		.flags = flags, .stuck_ns = stuck_ns,
	};

	sum_now_ns = view.now_ns;
	hd_summary_init(&sum_fed, &view);
}

void sum_begin(u64 elapsed_ns)
{
	sum_begin_with(elapsed_ns, SECOND, 0, ALL_GROUPS);
}

const char *sum_print(void)
{
	hd_summary_print(&sum_fed, capture_out());
	return captured();
}

void sum_feed_task(u32 tid, const char *comm)
{
	struct hd_task_row row = row_task(tid, tid, comm);

	hd_summary_task(&sum_fed, &row);
}

void sum_feed_call(u32 nr, u64 count, u64 sum_ns)
{
	struct hd_syscall_row row = {
		.abi = HOSTDIAG_ABI_X86_64, .nr = nr,
		.stat = { .count = count, .sum_ns = sum_ns, .max_ns = sum_ns },
	};

	hd_summary_syscall(&sum_fed, &row);
}

struct hd_stuck_row sum_stuck_row(u32 nr, u64 age_ns, const char *path)
{
	struct hd_stuck_row row = row_stuck(nr, age_ns, 3, path);

	row.class = hd_wait_class(row.abi, nr, path);
	return row;
}

void sum_feed_stuck(u32 nr, u64 age_ns, const char *path)
{
	struct hd_stuck_row row = sum_stuck_row(nr, age_ns, path);

	hd_summary_stuck(&sum_fed, &row);
}

void sum_feed_before(u32 nr, u64 age_ns, const char *path)
{
	struct hd_stuck_row row = sum_stuck_row(nr, age_ns, path);

	row.is_before = true;
	hd_summary_stuck(&sum_fed, &row);
}

void sum_feed_d(u32 nr, u64 age_ns, const char *path, const char *place)
{
	struct hd_stuck_row row = sum_stuck_row(nr, age_ns, path);

	row.d_age_ns = age_ns;
	row.state = 'D';
	snprintf(row.place, sizeof(row.place), "%s", place);
	hd_summary_stuck(&sum_fed, &row);
}

void sum_feed_error(u32 nr, u32 error, u64 count, u64 ago_ns)
{
	struct hd_error_row row = row_error(HOSTDIAG_ABI_X86_64, nr, error,
					    count, sum_now_ns - ago_ns);

	hd_summary_error(&sum_fed, &row);
}

void sum_feed_recent(u32 nr, u32 error, u64 count, u64 ago_ns,
		     const u32 slice[HOSTDIAG_SLICES], u32 peak,
		     u64 peak_ago_ns)
{
	struct hd_error_row row = row_error(HOSTDIAG_ABI_X86_64, nr, error,
					    count, sum_now_ns - ago_ns);

	row.recent = (struct hd_recent_row){
		.slice_ns = 2500 * MS, .recent_ns = 10 * SECOND,
		.peak = peak, .peak_ns = peak ? sum_now_ns - peak_ago_ns : 0,
	};
	memcpy(row.recent.slice, slice, sizeof(row.recent.slice));
	hd_summary_error(&sum_fed, &row);
}

void sum_feed_open(u32 tgid, const char *comm, u64 age_ns, const char *path)
{
	struct hd_open_row row = row_open(tgid, tgid, comm, age_ns, 0, path);

	hd_summary_open(&sum_fed, &row);
}

void sum_feed_slow(u32 kind, u32 tid, const char *comm, u32 nr, u64 dur_ns,
		   u64 ago_ns, const char *path)
{
	struct hd_slow_row row = row_slow(kind, tid, tid, comm, nr, dur_ns,
					  sum_now_ns - ago_ns, path);

	hd_summary_slow(&sum_fed, &row);
}

void sum_feed_death(const char *comm, u32 ppid, u64 ago_ns)
{
	struct hd_death_row row = row_death(1, ppid, comm, sum_now_ns - ago_ns);

	hd_summary_death(&sum_fed, &row);
}

void sum_feed_end(u32 tid, u32 tgid, const char *comm, u32 exit_code, u64 ago_ns)
{
	struct hd_death_row row = row_death(tid, 812, comm, sum_now_ns - ago_ns);

	row.tgid = tgid;
	row.exit_code = exit_code;
	hd_summary_death(&sum_fed, &row);
}

void sum_feed_oom(const char *comm, u32 exit_code, u64 ago_ns)
{
	struct hd_death_row row = row_death(77, 812, comm, sum_now_ns - ago_ns);

	row.exit_code = exit_code;
	row.oom = 1;
	hd_summary_death(&sum_fed, &row);
}

u32 sum_count_lines(const char *text)
{
	u32 lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

u32 sum_longest_line(const char *text)
{
	u32 len = 0, longest = 0;

	for (; *text; text++) {
		len = *text == '\n' ? 0 : len + 1;
		longest = longest < len ? len : longest;
	}
	return longest;
}

bool sum_is_printable(const char *text)
{
	for (; *text; text++)
		if (*text != '\n' && (*text < ' ' || *text > '~'))
			return false;
	return true;
}

void sum_has(const char *text, const char *part, const char *name)
{
	check(strstr(text, part), "summary: %s", name);
	if (!strstr(text, part))
		printf("# no '%s' in\n# %s\n", part, text);
}

void sum_hasnt(const char *text, const char *part, const char *name)
{
	check(!strstr(text, part), "summary: %s", name);
	if (strstr(text, part))
		printf("# '%s' in\n# %s\n", part, text);
}

/* nothing but the totals */
void sum_is_quiet(const char *text, const char *name)
{
	sum_has(text, " files open\n\nnothing stands out\n", name);
}

void sum_check_bounds(const char *text, u32 lines, const char *name)
{
	check(sum_count_lines(text) <= lines, "summary: %s, %u of %u lines", name,
	      sum_count_lines(text), lines);
	check(sum_longest_line(text) <= HD_SUMMARY_COLUMNS,
	      "summary: %s, %u of %u columns", name, sum_longest_line(text),
	      HD_SUMMARY_COLUMNS);
	check(sum_is_printable(text), "summary: %s, printable ASCII", name);
}

/* All sections, each with more lines than it may have. */
void sum_feed_everything(void)
{
	struct hd_task_row task;
	struct hd_syscall_row call;
	struct hd_stuck_row stuck;
	struct hd_error_row error;
	struct hd_place_row place;
	struct hd_open_row file;
	struct hd_slow_row slow;
	struct hd_death_row death;
	u32 i, k;

	for (i = 0; i < 300; i++) {
		memset(&task, 0xff, sizeof(task));
		memset(&call, 0xff, sizeof(call));
		memset(&stuck, 0xff, sizeof(stuck));
		stuck.is_before = true;
		memset(&error, 0xff, sizeof(error));
		memset(&place, 0xff, sizeof(place));
		for (k = 0; k < HOSTDIAG_KINDS; k++)
			task.stat[k].valid = false;
		call.stat.valid = false;
		call.wait.valid = true;
		/* of different kinds, and the longest of the names */
		task.comm[15] = 'a' + i % 20;
		call.abi = HOSTDIAG_ABI_I386;
		call.nr = 423;
		stuck.abi = HOSTDIAG_ABI_I386;
		stuck.nr = 423;
		error.abi = HOSTDIAG_ABI_I386;
		error.nr = 423;
		error.error = E_NOMEM;
		hd_summary_task(&sum_fed, &task);
		hd_summary_stuck(&sum_fed, &stuck);
		hd_summary_syscall(&sum_fed, &call);
		hd_summary_syscall(&sum_fed, &call);
		hd_summary_error(&sum_fed, &error);
		hd_summary_place(&sum_fed, &place);
	}
	for (i = 0; i < 40000; i++) {
		memset(&file, 0xff, sizeof(file));
		file.comm[15] = 'a' + i % 4;
		hd_summary_open(&sum_fed, &file);
	}
	for (i = 0; i < 100; i++) {
		memset(&slow, 0xff, sizeof(slow));
		slow.comm[15] = 'a' + i % 20;
		slow.abi = HOSTDIAG_ABI_I386;
		slow.nr = 423;
		slow.kind = i % 2 ? HOSTDIAG_SLOW_SYSCALL : HOSTDIAG_SLOW_OPEN;
		hd_summary_slow(&sum_fed, &slow);
		memset(&death, 0xff, sizeof(death));
		death.exit_code = 11;
		death.comm[15] = 'a' + i % 20;
		hd_summary_death(&sum_fed, &death);
	}
	for (i = 0; i < 50; i++)
		hd_summary_exited(&sum_fed, &task);
}
