/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The columns of every kind of row, each written down once:
 *
 *	X(name, type, fold, value, help)
 *
 * From these lists come the text files under /proc/hostdiag (render.c), the
 * reader's tables and its JSON (userspace/table/schema.c), the section COLUMNS
 * of hostdiag(4) (userspace/man/columns.c), and the validators of the tests
 * (selftests/kernel/validate_table.c).  A new column is appended to its list here,
 * but before a path, which stays last; selftests/static/columns and the manual page
 * have to name it, too, which `make check` verifies.
 *
 * @name: name in the file; a time ends in _ns, which tables for people leave out
 * @type: type of the values:
 *
 *	ID		a process number
 *	ID_OPT		a process number, or HD_ABSENT
 *	FD		a descriptor, or a process number; negative is absent
 *	COUNT		a number
 *	COUNT_OPT	a number, or HD_ABSENT
 *	TIME		nanoseconds
 *	TIME_OPT	nanoseconds, or HD_ABSENT
 *	TOTAL		nanoseconds, of which CPU is a part
 *	CPU		nanoseconds, or HD_ABSENT; often equal to TOTAL
 *	P50 P99		a percentile; the value is the histogram
 *	LONGEST		nanoseconds; often equal to a percentile
 *	WHEN		a time of the monotonic clock
 *	LAST		the same; tables for people show how long ago that was
 *	WHEN_OPT	the same; 0 is absent
 *	NAME		raw bytes in an array: a task's name, a device
 *	PATH		raw bytes in an array
 *	PLACE		kernel functions joined by '<', in an array
 *	WORD		a constant of hostdiag
 *	KIND		a kind of histograms
 *	LETTER		a char
 *	CALL		a syscall; the value has .abi and .nr
 *	KEY		the same, or "all" where there is no call
 *	ERRNO		the number of an error
 *	RETURN		the result of a call, an error by its name; HD_NO_RESULT: none
 *	WHAT RESULT	what a slow event was, and its result; the value is its row
 *	EXIT		an exit code as of wait(); tables show a status or a signal
 *	BUCKETS		the histogram
 *
 * @fold: value of the row that --by makes of several: KEY, only rows with the same
 *	value are put together; SUM, MAX, MIN; ANY, the value of one of the rows;
 *	GONE, not shown; OWN, the reader's table leaves the column out altogether,
 *	or has a column of its own instead
 * @value: an expression of "task", the struct hd_task_row that the row belongs
 *	to, and of "row", the row
 * @help: one line of hostdiag(4)
 *
 * Columns are only ever appended: scripts rely on their positions.
 */
#ifndef HD_COLUMNS_H
#define HD_COLUMNS_H

#define HD_ABSENT	(~0ull)	/* a number that is not known: "-" */
#define HD_NO_RESULT	0x8000000000000000ull	/* no call returns it */

/* the files: X(name, NAME, record, member of struct hd_snapshot_row) */
#define HD_TABLES(X) \
	X(tasks, TASKS, HOSTDIAG_TASK, task) \
	X(syscalls, SYSCALLS, HOSTDIAG_SYSCALL, syscall) \
	X(errors, ERRORS, HOSTDIAG_ERROR, error) \
	X(hist, HIST, 0, hist) \
	X(stuck, STUCK, HOSTDIAG_STUCK, stuck) \
	X(dsleep, DSLEEP, HOSTDIAG_PLACE, place) \
	X(open, OPEN, HOSTDIAG_OPEN, open) \
	X(slow, SLOW, HOSTDIAG_SLOW, slow) \
	X(exited, EXITED, HOSTDIAG_EXITED, task) \
	X(deaths, DEATHS, HOSTDIAG_DEATH, death)

/* the files that have no record in a snapshot: X(name, NAME) */
#define HD_LIVE_TABLES(X) \
	X(blocked, BLOCKED) \
	X(calls, CALLS) \
	X(ledger, LEDGER)

/* all columns of a file: HD_FIRST_... has no space before it */
#define HD_COLUMNS(X, NAME)	HD_FIRST_##NAME(X) HD_REST_##NAME(X)

#define HD_IDS(X) \
	X(tid, ID, KEY, task->tid, "thread") \
	X(tgid, ID, KEY, task->tgid, "process") \
	X(comm, NAME, KEY, task->comm, "name of the thread")

#define HD_ROW_IDS(X) \
	X(tid, ID, KEY, row->tid, "thread") \
	X(tgid, ID, KEY, row->tgid, "process") \
	X(comm, NAME, KEY, row->comm, "name of the thread")

#define HD_STAT(of, kind)	(&(of)->stat[HOSTDIAG_KIND_##kind])
#define HD_WAIT(of, part)	((of)->wait.valid ? (of)->wait.part : HD_ABSENT)

#define HD_COUNT_COLUMNS(X) \
	X(calls, COUNT, SUM, HD_STAT(task, SYSCALL)->count, \
	  "system calls that have returned") \
	X(errors, COUNT, SUM, task->errors, "calls that failed") \
	X(sys_ns, TOTAL, SUM, HD_STAT(task, SYSCALL)->sum_ns, "time in calls") \
	X(sys_p50_ns, P50, ANY, HD_STAT(task, SYSCALL), "median of a call") \
	X(sys_p99_ns, P99, ANY, HD_STAT(task, SYSCALL), \
	  "99th percentile of a call") \
	X(sys_max_ns, LONGEST, MAX, HD_STAT(task, SYSCALL)->max_ns, \
	  "the longest call") \
	X(dsleeps, COUNT, SUM, HD_STAT(task, DSLEEP)->count, "D sleeps") \
	X(d_ns, TIME, SUM, HD_STAT(task, DSLEEP)->sum_ns, "time in D sleep") \
	X(d_p50_ns, P50, ANY, HD_STAT(task, DSLEEP), "median of a D sleep") \
	X(d_p99_ns, P99, ANY, HD_STAT(task, DSLEEP), \
	  "99th percentile of a D sleep") \
	X(d_max_ns, LONGEST, MAX, HD_STAT(task, DSLEEP)->max_ns, \
	  "the longest D sleep") \
	X(iowait_ns, TIME, SUM, task->iowait_ns, \
	  "part of the D sleep that was iowait") \
	X(opens, COUNT, SUM, task->opens, "files opened") \
	X(closes, COUNT, SUM, HD_STAT(task, OPEN)->count, \
	  "files released since") \
	X(open_now, COUNT, SUM, task->open_now, "files still open") \
	X(open_ns, TIME, SUM, HD_STAT(task, OPEN)->sum_ns, \
	  "time from open to release") \
	X(open_p50_ns, P50, ANY, HD_STAT(task, OPEN), \
	  "median time from open to release") \
	X(open_p99_ns, P99, ANY, HD_STAT(task, OPEN), \
	  "99th percentile of that time") \
	X(open_max_ns, LONGEST, MAX, HD_STAT(task, OPEN)->max_ns, \
	  "the longest time from open to release") \
	X(sys_cpu_ns, CPU, SUM, \
	  hd_wait_cpu(HD_STAT(task, SYSCALL), &task->wait), \
	  "part of sys_ns on a CPU") \
	X(sys_runq_ns, TIME_OPT, SUM, HD_WAIT(task, runq_ns), \
	  "part of sys_ns ready to run, waiting for a CPU") \
	X(sys_d_ns, TIME_OPT, SUM, HD_WAIT(task, d_ns), \
	  "part of sys_ns in D sleep") \
	X(sys_sleep_ns, TIME_OPT, SUM, HD_WAIT(task, sleep_ns), \
	  "part of sys_ns in any other sleep")

#define HD_FIRST_TASKS(X)	HD_IDS(X)
#define HD_REST_TASKS(X)	HD_COUNT_COLUMNS(X)

#define HD_FIRST_EXITED(X) \
	X(comm, NAME, KEY, task->comm, "the last name of these tasks")
#define HD_REST_EXITED(X) \
	X(tasks, COUNT, SUM, task->tasks, "number of ended tasks") \
	HD_COUNT_COLUMNS(X)

#define HD_FIRST_SYSCALLS(X)	HD_IDS(X)
#define HD_REST_SYSCALLS(X) \
	X(syscall, CALL, KEY, row, "the system call") \
	X(calls, COUNT, SUM, row->stat.count, "calls that have returned") \
	X(errors, COUNT, SUM, row->errors, "calls that failed") \
	X(total_ns, TOTAL, SUM, row->stat.sum_ns, "time in calls") \
	X(p50_ns, P50, OWN, &row->stat, "median of a call") \
	X(p99_ns, P99, OWN, &row->stat, "99th percentile of a call") \
	X(max_ns, LONGEST, MAX, row->stat.max_ns, "the longest call") \
	X(cpu_ns, CPU, SUM, hd_wait_cpu(&row->stat, &row->wait), \
	  "part of total_ns on a CPU") \
	X(runq_ns, TIME_OPT, SUM, HD_WAIT(row, runq_ns), \
	  "part of total_ns ready to run, waiting for a CPU") \
	X(d_ns, TIME_OPT, SUM, HD_WAIT(row, d_ns), "part of total_ns in D sleep") \
	X(sleep_ns, TIME_OPT, SUM, HD_WAIT(row, sleep_ns), \
	  "part of total_ns in any other sleep")

#define HD_FIRST_ERRORS(X)	HD_IDS(X)
#define HD_REST_ERRORS(X) \
	X(syscall, CALL, KEY, row, "the system call") \
	X(errno, ERRNO, KEY, row->error, "the error that it returned") \
	X(count, COUNT, SUM, row->count, "calls that failed with it") \
	X(last_ns, LAST, MIN, row->last_ns, "time of the last one") \
	X(recent, COUNT, OWN, hd_recent_sum(&row->recent), \
	  "calls that failed with it in the last recent_ns") \
	X(recent_ns, TIME, OWN, row->recent.recent_ns, \
	  "length of that time, some 6 to 16 seconds") \
	X(peak_per_s, COUNT, OWN, \
	  hd_rate(row->recent.peak, row->recent.slice_ns, HD_MS_PER_S), \
	  "the highest rate that was kept up for some seconds") \
	X(peak_ns, WHEN_OPT, OWN, row->recent.peak_ns, "time of that")

#define HD_FIRST_HIST(X)	HD_IDS(X)
#define HD_REST_HIST(X) \
	X(kind, KIND, KEY, row->kind, \
	  "kind of the events: syscall, dsleep or open") \
	X(key, KEY, KEY, row, "all, or the system call") \
	X(count, COUNT, SUM, row->stat->count, "events") \
	X(sum_ns, TIME, SUM, row->stat->sum_ns, "sum of their durations") \
	X(max_ns, TIME, MAX, row->stat->max_ns, "the longest duration") \
	X(buckets, BUCKETS, OWN, row->stat, \
	  "lower_ns:count of each bucket that is not empty, joined by commas")

#define HD_FIRST_STUCK(X)	HD_IDS(X)
#define HD_REST_STUCK(X) \
	X(state, LETTER, GONE, row->state, "as in /proc/PID/stat") \
	X(age_ns, TIME, MAX, row->age_ns, \
	  "age of the call, or of a D sleep outside of any call") \
	X(syscall, CALL, KEY, row, "the system call; absent outside of any call") \
	X(class, WORD, KEY, hd_class_name(row->class), \
	  "reason why such a call takes long: idle, io, lock or other") \
	X(fd, FD, GONE, row->fd, "the descriptor that the call was given") \
	X(waits_for, PLACE, KEY, row->place, \
	  "functions of the kernel that it sleeps in, the innermost first") \
	X(d_age_ns, TIME_OPT, MAX, \
	  row->d_age_ns ? row->d_age_ns : HD_ABSENT, \
	  "age of the D sleep") \
	X(begin, WORD, OWN, row->is_before ? "before" : "seen", \
	  "before: it began before hostdiag could see that, so the ages are estimates") \
	X(path, PATH, GONE, row->path, "file of fd")

#define HD_OPT_ID(who, id)	((who).tid ? (who).id : HD_ABSENT)

#define HD_FIRST_BLOCKED(X) \
	X(tid, ID, KEY, row->self.tid, "thread")
#define HD_REST_BLOCKED(X) \
	X(tgid, ID, KEY, row->self.tgid, "process") \
	X(comm, NAME, KEY, row->self.comm, "name of the thread") \
	X(state, LETTER, GONE, row->state, "as in /proc/PID/stat") \
	X(age_ns, TIME_OPT, MAX, row->age_ns, "upper bound of the age of the wait") \
	X(wait, WORD, KEY, hd_awaited_name(row->wait), \
	  "kind of lock or event that it waits for") \
	X(object, NAME, KEY, row->object, "name of the lock") \
	X(hold, WORD, KEY, hd_hold_name(row->hold), \
	  "what is known of the holder") \
	X(holder, ID_OPT, GONE, HD_OPT_ID(row->holder, tid), \
	  "thread that holds the lock") \
	X(holder_tgid, ID_OPT, GONE, HD_OPT_ID(row->holder, tgid), \
	  "process of the holder") \
	X(holder_comm, NAME, GONE, row->holder.comm, "name of the holder") \
	X(links, COUNT, MAX, row->links, "number of holders up to root") \
	X(circle, COUNT, MAX, row->is_circle, "1: the tasks of the chain wait for each other") \
	X(root, ID_OPT, GONE, HD_OPT_ID(row->root, tid), \
	  "thread at the end of that chain") \
	X(root_tgid, ID_OPT, GONE, HD_OPT_ID(row->root, tgid), "process of root") \
	X(root_comm, NAME, GONE, row->root.comm, "name of root") \
	X(waits_for, PLACE, KEY, row->place, \
	  "functions of the kernel that it sleeps in, the innermost first")

#define HD_FIRST_CALLS(X)	HD_IDS(X)
#define HD_REST_CALLS(X) \
	X(began_ns, WHEN, MAX, row->began_ns, "start of the call") \
	X(dur_ns, TIME_OPT, SUM, row->dur_ns, \
	  "its duration; absent while it is in progress") \
	X(syscall, CALL, KEY, row, "the system call") \
	X(fd, FD, GONE, row->fd, "the descriptor that is its first argument") \
	X(result, RETURN, GONE, row->result, "its return value, or its error") \
	X(ended_ns, WHEN_OPT, GONE, row->ended_ns, \
	  "end of the task; absent while the task lives") \
	X(exit_code, COUNT_OPT, GONE, row->exit_code, \
	  "exit code as of wait(2); absent while the task lives")

#define HD_FIRST_DSLEEP(X)	HD_IDS(X)
#define HD_REST_DSLEEP(X) \
	X(count, COUNT, SUM, row->count, \
	  "D sleeps there, of those longer than slow_dsleep_ms, and of samples of the others") \
	X(total_ns, TIME, SUM, row->total_ns, "sum of their durations") \
	X(max_ns, TIME, MAX, row->max_ns, "the longest duration") \
	X(iowait_ns, TIME, SUM, row->iowait_ns, "part of total_ns that was iowait") \
	X(place, PLACE, KEY, row->place, \
	  "functions of the kernel, the innermost first") \
	X(device, NAME, KEY, row->device, \
	  "device: ext4:sda1, nfs:0:45, block:8:0")

#define HD_FIRST_OPEN(X) \
	X(age_ns, TIME, MAX, row->age_ns, "time since the open")
#define HD_REST_OPEN(X) \
	HD_ROW_IDS(X) \
	X(fd, FD, GONE, row->fd, "descriptor that the open returned") \
	X(holder, FD, GONE, row->holder ? (s32)row->holder : -1, \
	  "a process that has it open") \
	X(path, PATH, GONE, row->path, "path of the file")

#define HD_FIRST_SLOW(X) \
	X(when_ns, WHEN, MAX, row->when_ns, \
	  "time of its end; of a D sleep, when the task ran again")
#define HD_REST_SLOW(X) \
	X(kind, WORD, KEY, hd_slow_name(row->kind), \
	  "kind of the event: syscall, dsleep or open") \
	HD_ROW_IDS(X) \
	X(dur_ns, TIME, SUM, row->dur_ns, "duration") \
	X(what, WHAT, KEY, row, "the system call, or the place of the D sleep") \
	X(result, RESULT, GONE, row, "return value of the call, or its error") \
	X(path, PATH, GONE, row->path, "file of the call, or that was held open")

#define HD_FIRST_DEATHS(X) \
	X(when_ns, WHEN, MAX, row->when_ns, "time of its end")
#define HD_REST_DEATHS(X) \
	X(tid, ID, KEY, row->tid, "thread") \
	X(tgid, ID, KEY, row->tgid, "process") \
	X(ppid, ID, GONE, row->ppid, "parent process") \
	X(comm, NAME, KEY, row->comm, "name of the thread") \
	X(life_ns, TIME, SUM, row->life_ns, "time from its fork to its end") \
	X(exit_code, EXIT, KEY, row->exit_code, "exit code as of wait(2)") \
	X(calls, COUNT, SUM, row->calls, "system calls that had returned") \
	X(errors, COUNT, SUM, row->errors, "calls that failed") \
	X(d_ns, TIME, SUM, row->d_ns, "time in D sleep") \
	X(oom, COUNT, SUM, row->oom, "1: killed by the OOM killer")

#define HD_FIRST_LEDGER(X) \
	X(when_ns, WHEN, MAX, row->when_ns, "when it was done")
#define HD_REST_LEDGER(X) \
	X(act, WORD, KEY, hd_act_name(row->act), "what was done") \
	X(state, WORD, KEY, hd_act_state_name(row->state), \
	  "begun: not returned yet; stands; undone; done: cannot be undone; unsure") \
	X(tid, ID_OPT, GONE, HD_OPT_ID(row->who, tid), "the thread that did it") \
	X(tgid, ID_OPT, GONE, HD_OPT_ID(row->who, tgid), "its process") \
	X(comm, NAME, KEY, row->who.comm, "its name") \
	X(ended, COUNT, MAX, row->has_ended, "1: that thread has ended") \
	X(count, COUNT, SUM, row->count, "how often it has done so") \
	X(end_ns, WHEN_OPT, OWN, row->end_ns, "when it was undone, or had returned") \
	X(undo_tid, ID_OPT, GONE, HD_OPT_ID(row->undo, tid), \
	  "the thread that undid it") \
	X(undo_comm, NAME, GONE, row->undo.comm, "its name") \
	X(target, COUNT_OPT, KEY, row->target, \
	  "number of the task, the CPU, the device, or the cgroup's directory") \
	X(object, PATH, KEY, row->object, "what it was done to, by name")

/* the second line of a file */
#define HD_COLUMN_NAME(name, type, fold, value, help)	" " #name
#define HD_COLUMN_LINE(NAME)	"#" HD_COLUMNS(HD_COLUMN_NAME, NAME) "\n"

#endif /* HD_COLUMNS_H */
