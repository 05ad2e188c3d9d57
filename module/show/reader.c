// SPDX-License-Identifier: GPL-2.0-only
/* Walks tasks and their rows, as one pid namespace sees them; see reader.h. */
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include "core/clock.h"
#include "compat/syscall.h"
#include "compat/mem.h"
#include "compat/probe.h"
#include "compat/sched.h"
#include "compat/stack.h"
#include "compat/time.h"
#include "core/params.h"
#include "store/exited.h"
#include "core/guard.h"
#include "core/hooks.h"
#include "store/lost.h"
#include "store/slow.h"
#include "store/path.h"
#include "show/before.h"
#include "show/reader.h"
#include "store/rows_read.h"
#include "store/task.h"

static u64 since_ns;	/* start of counting */

/**
 * hd_view_now() - collect what the first line of a file says
 * @view: filled
 *
 * Context: any.
 */
void hd_view_now(struct hd_view *view)
{
	struct hd_guard_state guard;

	hd_guard_look(&guard);
	view->now_ns = hd_kernel_clock();
	view->since_ns = READ_ONCE(since_ns);
	view->lost = hd_lost_all();
	view->flags = (READ_ONCE(hd_groups_on) & HD_GROUPS) |
		      HOSTDIAG_F_SHED(guard.shed) |
		      HOSTDIAG_F_MISSED(guard.missed);
	view->shed_ns = guard.shed_ns;
	view->stuck_ns = READ_ONCE(hd_thresholds.stuck_ns);
	view->slow_from_ns = 0;
}

/**
 * hd_reader_begin() - note the time of reading, at the begin and after a pause
 * @reader: its @now is set; ages are relative to that
 *
 * Context: process.
 */
void hd_reader_begin(struct hd_reader *reader)
{
	hd_moment_now(&reader->now, READ_ONCE(since_ns));
}

/*
 * Translate the tid and tgid of the row to the reader's namespace.  The tid may be
 * that of another task by now, so the address of the task is compared.
 */
static bool translate_ids(struct hd_reader *reader)
{
	struct hd_task_row *row = &reader->row;
	struct pid *pid;

	if (reader->ns == &init_pid_ns)
		return true;
	pid = find_pid_ns(row->tid, &init_pid_ns);
	if (!pid || pid_task(pid, PIDTYPE_PID) != reader->task->key)
		return false;
	row->tid = pid_nr_ns(pid, reader->ns);
	row->tgid = pid_nr_ns(find_pid_ns(row->tgid, &init_pid_ns), reader->ns);
	return row->tid;
}

static bool any_event(const struct hd_task_row *row)
{
	u32 kind;

	for (kind = 0; kind < HOSTDIAG_KINDS; kind++)
		if (row->stat[kind].count)
			return true;
	return row->opens || row->open_now;
}

/* is the task inside of a call or D sleep, at this moment? */
static bool in_progress(const struct hd_task *task)
{
	return READ_ONCE(task->call_row) != &hd_row_none ||
	       READ_ONCE(task->d_start);
}

/**
 * hd_reader_is_empty() - has the task had no event, and is it inside of none?
 * @reader: hd_reader_task() was true; events that @sums leaves out are not seen
 */
bool hd_reader_is_empty(const struct hd_reader *reader)
{
	return !any_event(&reader->row) && !in_progress(reader->task);
}

/* is the task inside of a call or D sleep whose begin no hook has seen? */
static bool hangs_since_before(const struct hd_reader *reader)
{
	struct task_struct *p = pid_task(find_pid_ns(reader->row.tid,
						     &init_pid_ns), PIDTYPE_PID);
	struct hd_before before;

	hd_assert_rcu();
	return p && p == reader->task->key &&
	       hd_before_look(reader->task, p, &before);
}

/**
 * hd_reader_task() - go to a task
 * @reader: its @row is filled
 * @index: index of the record
 *
 * Context: process.
 * Return: false where there is no task, or none that the reader may see, or, with
 * HD_SUMS_ALL, a task that has had no event and is inside of none.
 */
bool hd_reader_task(struct hd_reader *reader, u32 index)
{
	bool seen = false;

	reader->task = hd_task_at(index);
	if (!READ_ONCE(reader->task->id))
		return false;
	rcu_read_lock();
	reader->id = hd_task_read(reader->task, reader->sums, &reader->row);
	if (reader->id)
		seen = (reader->sums != HD_SUMS_ALL ||
			!hd_reader_is_empty(reader) ||
			hangs_since_before(reader)) && translate_ids(reader);
	rcu_read_unlock();
	return seen;
}

/**
 * hd_reader_count() - count the task at the reader's position as a live one
 * @reader: hd_reader_task() was true
 *
 * Context: process.
 * Return: false where the task has ended meanwhile, and is counted as exited.
 */
bool hd_reader_count(struct hd_reader *reader)
{
	return hd_census_count(&reader->census, reader->task, reader->id);
}

/* Return: true where the record is still that task's, and no reset is pending. */
static bool is_valid(const struct hd_reader *reader, u32 pending)
{
	hd_assert_rcu();
	return hd_load_acquire(&reader->task->id) == reader->id &&
	       !hd_task_is_pending(reader->task, pending);
}

/**
 * hd_reader_calls() - walk the task x syscall rows of the task
 * @reader: hd_reader_task() was true
 * @fn: called for each row that has counted a call
 * @priv: passed to @fn
 *
 * Context: process.
 */
void hd_reader_calls(struct hd_reader *reader, hd_row_fn *fn, void *priv)
{
	const struct hd_rows *rows = &reader->task->rows;
	const struct hd_row *row;
	u32 i;

	rcu_read_lock();
	if (!is_valid(reader, HD_PENDING_CALLS))
		goto out;
	for (i = 0; i < HD_ROW_SLOTS; i++) {
		for (row = rcu_dereference(rows->slots[i]);
		     row != &hd_row_none; row = row->next) {
			hd_row_read(row, &reader->call);
			if (reader->call.stat.count)
				fn(reader, priv);
		}
	}
out:
	rcu_read_unlock();
}

/**
 * hd_reader_few() - hd_reader_calls() that writes rows of few calls to a snapshot
 * @reader: hd_reader_task() was true; its @row gets the wait of all calls
 * @few: buffer that rows of few calls are appended to
 * @fn: called for each other row that has counted a call; it may move @few
 * @priv: passed to @fn
 *
 * Context: process.
 */
void hd_reader_few(struct hd_reader *reader, struct hd_few_rows *few,
		   hd_row_fn *fn, void *priv)
{
	const struct hd_rows *rows = &reader->task->rows;
	void *at = few->at, *last = few->last;
	const struct hd_row *row;
	u32 i;

	rcu_read_lock();
	if (!is_valid(reader, HD_PENDING_CALLS))
		goto out;
	for (i = 0; i < HD_ROW_SLOTS; i++) {
		for (row = rcu_dereference(rows->slots[i]);
		     row != &hd_row_none && at <= last; row = row->next) {
			if (likely(hd_row_few(row, &at)))
				continue;
			/* no call has returned yet: the first one is in progress */
			if (!READ_ONCE(row->calls))
				continue;
			hd_row_read(row, &reader->call);
			if (!reader->call.stat.count)
				continue;
			few->at = at;
			fn(reader, priv);
			at = few->at;
			last = few->last;
		}
	}
	hd_wait_read(rows, &reader->row.wait);
out:
	rcu_read_unlock();
	few->at = at;
}

/**
 * hd_reader_raw_errors() - walk the errors of the task, without reading them
 * @reader: hd_reader_task() was true
 * @fn: called for each error; its count may be 0
 * @priv: passed to @fn
 *
 * Context: process.
 */
void hd_reader_raw_errors(struct hd_reader *reader, hd_error_fn *fn, void *priv)
{
	const struct hd_error *at;

	/* most tasks have none */
	if (!rcu_access_pointer(reader->task->rows.errors))
		return;
	rcu_read_lock();
	if (!is_valid(reader, HD_PENDING_CALLS))
		goto out;
	for (at = rcu_dereference(reader->task->rows.errors); at;
	     at = at->next)
		fn(reader, at, priv);
out:
	rcu_read_unlock();
}

/* the callback of hd_reader_errors() */
struct read_error {
	hd_row_fn *fn;
	void *priv;
};

static void read_error(struct hd_reader *reader, const struct hd_error *error,
		       void *priv)
{
	const struct read_error *then = priv;

	hd_error_read(error, &reader->now, &reader->error);
	if (reader->error.count)
		then->fn(reader, then->priv);
}

/**
 * hd_reader_errors() - walk the errors of the task
 * @reader: hd_reader_task() was true
 * @fn: called for each error that has counted; @error of the reader is filled
 * @priv: passed to @fn
 *
 * Context: process.
 */
void hd_reader_errors(struct hd_reader *reader, hd_row_fn *fn, void *priv)
{
	struct read_error then = { fn, priv };

	hd_reader_raw_errors(reader, read_error, &then);
}

/**
 * hd_reader_places() - walk the places where the task slept in D
 * @reader: hd_reader_task() was true
 * @fn: called for each place; @place of the reader is filled
 * @priv: passed to @fn
 *
 * Context: process.
 */
void hd_reader_places(struct hd_reader *reader, hd_row_fn *fn, void *priv)
{
	struct hd_place *at;

	/* most tasks have none */
	if (!rcu_access_pointer(reader->task->places.first))
		return;
	rcu_read_lock();
	if (!is_valid(reader, HD_PENDING_DSLEEP))
		goto out;
	for (at = rcu_dereference(reader->task->places.first); at;
	     at = at->next) {
		hd_place_read(at, &reader->names, &reader->place);
		if (reader->place.count)
			fn(reader, priv);
	}
out:
	rcu_read_unlock();
}

/* Return: the task, with a reference; NULL: it has gone, or the tid is another's. */
static struct task_struct *get_task(u32 tid, const struct task_struct *key)
{
	struct task_struct *p;

	rcu_read_lock();
	p = pid_task(find_pid_ns(tid, &init_pid_ns), PIDTYPE_PID);
	if (p && (!key || p == key))
		get_task_struct(p);
	else
		p = NULL;
	rcu_read_unlock();
	return p;
}

/**
 * hd_reader_get_task() - get the task at the reader's position
 * @reader: hd_reader_task() was true
 *
 * Context: process.
 * Return: the task, with a reference that the caller drops; NULL: it has gone.
 */
struct task_struct *hd_reader_get_task(const struct hd_reader *reader)
{
	return get_task(READ_ONCE(reader->task->tid), reader->task->key);
}

/* fill from the record; Return: false where it shows neither a call nor D sleep. */
static bool read_progress(const struct hd_task *task,
			  struct hd_stuck_row *stuck)
{
	u64 now = hd_clock_read(), d_start = READ_ONCE(task->d_start), start;
	struct hd_row *row = hd_task_call(task, &start);

	memset(stuck, 0, offsetof(struct hd_stuck_row, place));
	stuck->place[0] = '\0';
	stuck->path[0] = '\0';
	stuck->nr = HOSTDIAG_NR_NONE;
	if (row == &hd_row_none && !d_start)
		return false;
	stuck->d_age_ns = d_start ? hd_clock_since(d_start, now) : 0;
	stuck->age_ns = stuck->d_age_ns;
	if (row != &hd_row_none) {
		stuck->abi = hd_key_abi(row->key);
		stuck->nr = hd_key_nr(row->key);
		stuck->age_ns = hd_clock_since(start, now);
	}
	return true;
}

static char state_letter(unsigned long state)
{
	if (state == TASK_RUNNING || state == TASK_WAKING)
		return 'R';
	if (state & __TASK_STOPPED)
		return 'T';
	if (state & __TASK_TRACED)
		return 't';
	if (state & TASK_UNINTERRUPTIBLE)
		return 'D';
	return 'S';
}

/* fill from the task itself: state, place, arguments, path */
static void look_at_task(struct task_struct *p, struct hd_reader *reader)
{
	struct hd_stuck_row *stuck = &reader->stuck;
	struct hd_sleeper sleeper;
	u32 i;

	stuck->state = 'R';
	stuck->fd = -1;
	reader->place_len = 0;
	if (hd_sleeper_look(p, stuck->nr, &reader->stacks, &sleeper)) {
		stuck->state = state_letter(sleeper.state);
		reader->place_len = hd_place_name_of(&reader->names,
						     sleeper.addrs,
						     sleeper.depth,
						     stuck->place);
		if (stuck->nr == HOSTDIAG_NR_NONE)
			memset(sleeper.args, 0, sizeof(sleeper.args));
		for (i = 0; i < ARRAY_SIZE(stuck->args); i++)
			stuck->args[i] = sleeper.args[i];
		if (hd_syscall_has_fd(stuck->abi, stuck->nr))
			stuck->fd = sleeper.args[0];
	}
	if (stuck->fd >= 0)
		hd_path_of_fd(p, stuck->fd, NULL, stuck->path,
			      sizeof(stuck->path));
	stuck->class = hd_wait_class(stuck->abi, stuck->nr, stuck->path);
	hd_path_show(stuck->path);
}

/* fill from the task what began before the hooks were attached */
static bool add_before(const struct hd_task *task, struct task_struct *p,
		       struct hd_stuck_row *stuck)
{
	struct hd_before before;

	if ((stuck->nr != HOSTDIAG_NR_NONE && stuck->d_age_ns) ||
	    !hd_before_look(task, p, &before))
		return false;
	stuck->is_before = true;
	if (before.in_d)
		stuck->d_age_ns = before.d_ns;
	stuck->age_ns = max(stuck->age_ns, stuck->d_age_ns);
	if (before.in_call) {
		stuck->abi = before.abi;
		stuck->nr = before.nr;
		stuck->age_ns = before.call_ns;
	}
	return true;
}

/**
 * hd_reader_stuck() - read the call or D sleep that the task is inside of
 * @reader: hd_reader_task() was true; its @stuck is filled
 *
 * Context: process; sleeps.
 * Return: false where the task is inside of neither, or is the reader itself.
 */
bool hd_reader_stuck(struct hd_reader *reader)
{
	struct task_struct *p = NULL;
	bool inside;

	if (reader->task->key != current)
		p = hd_reader_get_task(reader);
	if (!p)
		return false;
	inside = read_progress(reader->task, &reader->stuck);
	if (reader->stuck.d_age_ns && !hd_task_in_d(p)) {
		/* it has been woken, and waits for a CPU */
		reader->stuck.d_age_ns = 0;
		inside = reader->stuck.nr != HOSTDIAG_NR_NONE;
	}
	inside |= add_before(reader->task, p, &reader->stuck);
	if (inside)
		look_at_task(p, reader);
	if (reader->no_args)
		memset(reader->stuck.args, 0, sizeof(reader->stuck.args));
	put_task_struct(p);
	return inside && hd_load_acquire(&reader->task->id) == reader->id;
}

/* does the task have the file open, and may the reader see the task? */
static bool is_holder(struct hd_reader *reader, struct task_struct *p,
		      const struct hd_open_file *file)
{
	struct hd_open_row *row = &reader->open;

	if (!hd_path_of_fd(p, file->fd, file->file, row->path, sizeof(row->path)))
		return false;
	row->holder = task_tgid_nr_ns(p, reader->ns);
	if (!row->holder)
		row->path[0] = '\0';
	hd_path_show(row->path);
	return row->holder;
}

/* Return: false where the task has gone, or does not have the file open. */
static bool is_holder_by_id(struct hd_reader *reader, u32 tid,
			    const struct task_struct *key,
			    const struct hd_open_file *file)
{
	struct task_struct *p = get_task(tid, key);
	bool found;

	if (!p)
		return false;
	found = is_holder(reader, p, file);
	put_task_struct(p);
	return found;
}

/*
 * The opener may have closed the file while a child that inherited it, or a process
 * that it was sent to, still has it open.  As a rule one process has many such
 * files, so the holder that was found last is tried first.  A file that is only
 * mapped has no descriptor anywhere, and there are many such files, so the number
 * of processes that are tried is bounded.
 */
static void search_holder(struct hd_reader *reader,
			  const struct hd_open_file *file)
{
	struct task_struct *p;

	if (is_holder_by_id(reader, reader->holder, NULL, file) ||
	    reader->asked >= HD_READER_ASKS)
		return;
	rcu_read_lock();
	for_each_process(p) {
		reader->asked++;
		if (!is_holder(reader, p, file))
			continue;
		reader->holder = task_tgid_nr_ns(p, &init_pid_ns);
		break;
	}
	rcu_read_unlock();
	cond_resched();
}

/* try the opener, or its process once the opener has ended; then all processes */
static void find_path(struct hd_reader *reader, const struct hd_open_file *file)
{
	if (!is_holder_by_id(reader, file->key ? file->tid : file->tgid, file->key,
			     file))
		search_holder(reader, file);
}

/* Return: false where the reader's namespace has no such task, or that has ended. */
static bool translate_opener(const struct hd_reader *reader,
			     const struct hd_open_file *file,
			     struct hd_open_row *row)
{
	struct pid *pid;

	row->tid = file->tid;
	row->tgid = file->tgid;
	if (reader->ns == &init_pid_ns)
		return true;
	rcu_read_lock();
	pid = file->key ? find_pid_ns(file->tid, &init_pid_ns) : NULL;
	if (pid && pid_task(pid, PIDTYPE_PID) != file->key)
		pid = NULL;
	row->tid = pid_nr_ns(pid, reader->ns);
	row->tgid = pid_nr_ns(find_pid_ns(file->tgid, &init_pid_ns),
			      reader->ns);
	rcu_read_unlock();
	return row->tid;
}

static void read_open(struct hd_reader *reader, const struct hd_open_file *file,
		      hd_row_fn *fn, void *priv)
{
	struct hd_open_row *row = &reader->open;

	row->age_ns = file->age_ns;
	row->fd = file->fd;
	row->path[0] = '\0';
	row->holder = 0;
	memcpy(row->comm, file->comm, sizeof(row->comm));
	if (!translate_opener(reader, file, row))
		return;
	if (!reader->no_paths)
		find_path(reader, file);
	fn(reader, priv);
}

/**
 * hd_reader_opens() - walk the open files of a bucket
 * @reader: its @open is filled for each file
 * @bucket: below HD_OPEN_BUCKETS
 * @fn: called for each file
 * @priv: passed to @fn
 *
 * Context: process; sleeps.
 */
void hd_reader_opens(struct hd_reader *reader, u32 bucket, hd_row_fn *fn,
		     void *priv)
{
	u64 before = ~0ull;
	u32 i, len;

	do {
		len = hd_open_files_copy(bucket, &before, reader->files,
					 ARRAY_SIZE(reader->files));
		for (i = 0; i < len; i++)
			read_open(reader, &reader->files[i], fn, priv);
	} while (len == ARRAY_SIZE(reader->files));
}

/**
 * hd_reader_slow() - go to a slow event
 * @reader: its @slow is filled
 * @seq: from hd_slow_first() to hd_slow_end()
 *
 * Only the initial pid namespace sees events.
 *
 * Context: process.
 * Return: false where the event has been overwritten, or may not be seen.
 */
bool hd_reader_slow(struct hd_reader *reader, u64 seq)
{
	if (reader->ns != &init_pid_ns ||
	    !hd_slow_read(seq, &reader->slow))
		return false;
	/* the setting "paths" may have changed since the path was kept */
	hd_path_show(reader->slow.path);
	return true;
}

/* hd_reader_overwritten() - count the events that were overwritten in the ring */
u64 hd_reader_overwritten(const struct hd_reader *reader)
{
	return reader->ns == &init_pid_ns ? hd_slow_overwritten() : 0;
}

/**
 * hd_reader_death() - go to an ended task
 * @reader: its @death is filled
 * @nth: below hd_deaths_end(), and one of the last HD_DEATHS
 *
 * Only the initial pid namespace sees ended tasks.
 *
 * Context: process.
 * Return: false where the death is not kept, or may not be seen.
 */
bool hd_reader_death(struct hd_reader *reader, u64 nth)
{
	return reader->ns == &init_pid_ns &&
	       hd_death_read(nth, &reader->death);
}

/* exec has changed the registers by the time that it returns */
static bool keeps_fd(u32 abi, u32 nr, u64 result)
{
	char name[HD_NAME_LEN];

	return hd_syscall_has_fd(abi, nr) &&
	       (result || strcmp(hd_syscall_name(abi, nr, name), "execveat"));
}

/* what is kept of a call, as the reader may see it */
static void read_recorded(struct hd_reader *reader, const struct hd_recorded *call)
{
	struct hd_call_row *row = &reader->recorded;

	row->began_ns = hd_moment_of(&reader->now, call->returned) - call->ns;
	row->dur_ns = call->ns;
	row->result = call->result;
	row->abi = hd_key_abi(call->key);
	row->nr = hd_key_nr(call->key);
	row->fd = keeps_fd(row->abi, row->nr, row->result) ? (s32)call->arg : -1;
	if (reader->no_args && hd_syscall_gives_address(row->abi, row->nr) &&
	    !hd_syscall_failed(call->result))
		row->result = HD_NO_RESULT;
}

/* the descriptor that the call in progress was given, which only a sleeper tells */
static s32 fd_of_unfinished(const struct hd_reader *reader,
			    const struct hd_call_row *row)
{
	struct hd_sleeper sleeper;
	struct task_struct *p;
	s32 fd = -1;

	if (!hd_syscall_has_fd(row->abi, row->nr))
		return fd;
	p = hd_reader_get_task(reader);
	if (!p)
		return fd;
	if (hd_sleeper_try(p, &sleeper))
		fd = sleeper.args[0];
	put_task_struct(p);
	return fd;
}

/* the call that the task is inside of; false: none */
static bool read_unfinished(struct hd_reader *reader, struct hd_call_row *row)
{
	struct hd_row *call;
	u64 start, again;
	u32 key;

	call = hd_task_call(reader->task, &start);
	if (call == &hd_row_none)
		return false;
	rcu_read_lock();
	key = hd_load_acquire(&reader->task->id) == reader->id ?
	      READ_ONCE(call->key) : 0;
	rcu_read_unlock();
	row->began_ns = start;
	row->dur_ns = HD_ABSENT;
	row->result = HD_NO_RESULT;
	row->abi = hd_key_abi(key);
	row->nr = hd_key_nr(key);
	row->fd = fd_of_unfinished(reader, row);
	return hd_task_call(reader->task, &again) == call && again == start;
}

#define TRIES	3u	/* of a task that goes on making calls */

/*
 * The last calls, and the one in progress, which is told only where no other has
 * come in between.
 */
static u32 copy_recorded(struct hd_reader *reader, struct hd_call_row *unfinished,
			 bool *is_inside)
{
	struct hd_task *task = reader->task;
	u32 tries, nr = 0;
	u64 end;

	for (tries = 0; tries < TRIES; tries++) {
		end = READ_ONCE(task->ring.end);
		nr = hd_task_calls(task, reader->id, reader->ring);
		*is_inside = read_unfinished(reader, unfinished);
		smp_rmb();	/* the calls, and then where the ring ends */
		if (READ_ONCE(task->ring.end) == end)
			return nr;
	}
	*is_inside = false;
	return nr;
}

static void tell_recorded(struct hd_reader *reader, u32 nr, hd_row_fn *fn,
			  void *priv)
{
	u32 i;

	for (i = 0; i < nr; i++) {
		read_recorded(reader, &reader->ring[i]);
		fn(reader, priv);
	}
}

/**
 * hd_reader_recorded() - go through the last calls of the task that the reader is
 *	at, the one in progress among them, the oldest first
 * @reader: hd_reader_task() was true
 * @fn: called for each; not under rcu_read_lock()
 * @priv: for it
 *
 * Context: process.
 */
void hd_reader_recorded(struct hd_reader *reader, hd_row_fn *fn, void *priv)
{
	struct hd_call_row unfinished;
	bool is_inside;
	u32 nr = copy_recorded(reader, &unfinished, &is_inside);

	hd_reader_begin(reader);
	reader->recorded.ended_ns = 0;
	reader->recorded.exit_code = HD_ABSENT;
	tell_recorded(reader, nr, fn, priv);
	if (!is_inside || hd_load_acquire(&reader->task->id) != reader->id)
		return;
	unfinished.ended_ns = 0;
	unfinished.exit_code = HD_ABSENT;
	unfinished.began_ns = hd_moment_of(&reader->now, unfinished.began_ns);
	reader->recorded = unfinished;
	fn(reader, priv);
}

/**
 * hd_reader_death_recorded() - the same of a task that has ended
 * @reader: hd_reader_death() was true; its row gets who that was
 * @nth: the number of that death
 * @fn: called for each
 * @priv: for it
 *
 * Context: process.
 */
void hd_reader_death_recorded(struct hd_reader *reader, u64 nth, hd_row_fn *fn,
			      void *priv)
{
	struct hd_death_row death = reader->death;
	u32 nr = hd_death_calls(nth, reader->ring);

	reader->row.tid = death.tid;
	reader->row.tgid = death.tgid;
	memcpy(reader->row.comm, death.comm, sizeof(death.comm));
	reader->row.ids_len = 0;
	hd_reader_begin(reader);
	reader->recorded.ended_ns = death.when_ns;
	reader->recorded.exit_code = death.exit_code;
	tell_recorded(reader, nr, fn, priv);
}

/**
 * hd_reader_exited() - go to the exited tasks of one comm
 * @reader: its @row is filled
 * @index: below HD_EXITED_ROWS
 *
 * The pid namespace of exited tasks is not kept, so only the initial one sees them.
 *
 * Context: process.
 * Return: false where there are none, or they may not be seen.
 */
bool hd_reader_exited(struct hd_reader *reader, u32 index)
{
	return reader->ns == &init_pid_ns &&
	       hd_exited_read(index, &reader->census, &reader->row) &&
	       (reader->row.tasks || any_event(&reader->row));
}

/**
 * hd_calls_counted() - sum up the calls of all tasks, live and exited
 *
 * Context: process; sleeps.
 * Return: their number; 0 where there is no memory to count in.
 */
u64 hd_calls_counted(void)
{
	struct hd_reader *reader = hd_kvzalloc(sizeof(*reader));
	const struct hd_stat *stat;
	u64 calls = 0;
	u32 i;

	if (!reader)
		return 0;
	reader->ns = &init_pid_ns;
	stat = &reader->row.stat[HOSTDIAG_KIND_SYSCALL];
	hd_census_begin(&reader->census);
	for (i = 0; i < hd_tasks_end(); i++) {
		if (hd_reader_task(reader, i) && hd_reader_count(reader))
			calls += stat->count;
		cond_resched();
	}
	for (i = 0; i < HD_EXITED_ROWS; i++)
		if (hd_reader_exited(reader, i))
			calls += stat->count;
	hd_census_end(&reader->census);
	hd_kvfree(reader);
	return calls;
}

/**
 * hd_reset() - zero all counts; calls in progress and open files are kept
 *
 * Context: process.
 */
void hd_reset(void)
{
	WRITE_ONCE(since_ns, hd_kernel_clock());
	hd_tasks_reset();
	hd_open_files_reset();
	hd_exited_reset();
	hd_slow_reset();
	hd_lost_reset();
	hd_guard_reset();
}
