// SPDX-License-Identifier: GPL-2.0-only
/* Reading the ledger: who did it may have ended since, and what it was done to. */
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include "compat/sched.h"
#include "pure/columns.h"
#include "show/acts.h"
#include "show/reader.h"
#include "store/ledger.h"
#include "store/path.h"

/* under rcu_read_lock(); NULL: it has ended */
static struct task_struct *find(u64 number, u64 start_ns)
{
	struct task_struct *p;

	p = pid_task(find_pid_ns(number, &init_pid_ns), PIDTYPE_PID);
	return p && hd_task_start_ns(p) == start_ns ? p : NULL;
}

/* some undo it by ways that nobody is told of */
static bool still_stands(const struct hd_ledger_row *row)
{
	struct task_struct *p = find(row->target, row->target_start_ns);

	if (!p)
		return false;
	return row->act == HD_ACT_STOP ? p->signal->flags & SIGNAL_STOP_STOPPED :
					 READ_ONCE(p->ptrace);
}

/**
 * hd_acts_look() - look at what has become of an act
 * @row: it; @has_ended is filled, it does not stand any more if that is seen, and
 *	of its object is left what is to be shown
 *
 * Context: any; takes no lock.
 */
void hd_acts_look(struct hd_ledger_row *row)
{
	rcu_read_lock();
	row->has_ended = row->who.tid && !find(row->who.tid, row->start_ns);
	if (row->state == HD_ACT_STANDS && hd_act_is_of_task(row->act) &&
	    !still_stands(row))
		row->state = HD_ACT_UNDONE;
	rcu_read_unlock();
	if (row->state == HD_ACT_BEGUN && row->has_ended)
		row->state = HD_ACT_UNSURE;
	/* more of it may have been kept than is to be shown now */
	if (!hd_act_is_of_task(row->act))
		hd_path_show(row->object);
}

/**
 * hd_acts_after() - go to the next act; only the first namespace sees any
 * @reader: its act is filled
 * @nr: number of the one before, or 0
 *
 * Context: process.
 * Return: false: there is none.
 */
bool hd_acts_after(struct hd_reader *reader, u64 nr)
{
	if (reader->ns != &init_pid_ns || !hd_ledger_after(nr, &reader->act))
		return false;
	hd_acts_look(&reader->act);
	return true;
}

/**
 * hd_acts_stalls() - the acts that others may wait for now
 * @reader: it is at no task then
 * @view: the time, and how long something lasts before it is called stuck
 * @stalls: filled
 *
 * Context: process.
 */
void hd_acts_stalls(struct hd_reader *reader, const struct hd_view *view,
		    struct hd_stalls *stalls)
{
	u64 nr, before_ns = view->now_ns - min(view->stuck_ns, view->now_ns);

	memset(stalls, 0, sizeof(*stalls));
	for (nr = 0; hd_acts_after(reader, nr); nr = reader->act.nr)
		hd_stalls_add(stalls, &reader->act, before_ns);
}
