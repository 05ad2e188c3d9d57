// SPDX-License-Identifier: GPL-2.0-only
/* Acts that can stall a host, in words; see ledger.h. */
#include "pure/columns.h"
#include "pure/human.h"
#include "pure/ledger.h"

#define STALL_OBJECT	24	/* of an object, in a line of summary */

static const struct act {
	const char *name;
	const char *before;
	const char *after;
	const char *undo;
} acts[HD_ACTS] = {
#define ACT(NAME, word, before, after, undo) \
	{ word, before, after, undo },
	HD_ACT_LIST(ACT)
};

/**
 * hd_act_name() - a kind of acts, in a word
 * @act: enum hd_act
 */
const char *hd_act_name(u32 act)
{
	return act < HD_ACTS ? acts[act].name : "-";
}

/**
 * hd_act_state_name() - what has become of an act, in a word
 * @state: enum hd_act_state
 */
const char *hd_act_state_name(u32 state)
{
	static const char *const names[HD_ACT_STATES] = {
		"-", "begun", "stands", "unsure", "undone", "done",
	};

	return state < HD_ACT_STATES ? names[state] : "-";
}

/**
 * hd_act_has_undo() - is there something that undoes an act?
 * @act: enum hd_act
 */
bool hd_act_has_undo(u32 act)
{
	return act < HD_ACTS && acts[act].undo;
}

/**
 * hd_act_is_of_task() - is what an act is done to a task?
 * @act: enum hd_act
 */
bool hd_act_is_of_task(u32 act)
{
	return act == HD_ACT_STOP || act == HD_ACT_TRACE || act == HD_ACT_OOM;
}

/* " by comm[tid]" */
static void add_who(const struct hd_blocked_who *who, char *to, size_t size)
{
	char comm[HD_ESCAPED_LEN];

	snprintf(to, size, " by %s[%u]",
		 hd_escape(who->comm, sizeof(who->comm), comm, sizeof(comm)),
		 who->tid);
}

static void say_ago(struct hd_out *out, u64 when_ns, u64 now_ns)
{
	char age[HD_HUMAN_LEN];

	hd_out_printf(out, " %s ago",
		      hd_human_time(now_ns > when_ns ? now_ns - when_ns : 0, age));
}

/**
 * hd_ledger_by() - when an act was done, and by whom
 * @row: the act
 * @now_ns: the time, by the clock of its times
 * @buf: where that is made: " 93.1s ago by fsfreeze[4711], which has ended"
 *
 * Return: @buf.
 */
const char *hd_ledger_by(const struct hd_ledger_row *row, u64 now_ns,
			 char buf[HD_LEDGER_BY_LEN])
{
	char age[HD_HUMAN_LEN], who[HD_ESCAPED_LEN + 24] = "";

	if (row->who.tid)
		add_who(&row->who, who, sizeof(who));
	snprintf(buf, HD_LEDGER_BY_LEN, " %s ago%s%s",
		 hd_human_time(now_ns > row->when_ns ? now_ns - row->when_ns : 0,
			       age), who,
		 row->who.tid && row->has_ended ? ", which has ended" : "");
	return buf;
}

static void say_end(struct hd_out *out, const struct hd_ledger_row *row,
		    u64 now_ns)
{
	char who[HD_ESCAPED_LEN + 24];

	switch (row->state) {
	case HD_ACT_BEGUN:
		hd_out_printf(out, ", and that call has not returned");
		break;
	case HD_ACT_UNDONE:
		hd_out_printf(out, ", and %s", acts[row->act].undo);
		if (row->end_ns)
			say_ago(out, row->end_ns, now_ns);
		if (row->undo.tid) {
			add_who(&row->undo, who, sizeof(who));
			hd_out_printf(out, "%s", who);
		}
		break;
	case HD_ACT_UNSURE:
		hd_out_printf(out, "; whether it was undone is not known");
		break;
	}
}

static void say_object(struct hd_out *out, const struct hd_ledger_row *row,
		       const char *object)
{
	hd_out_printf(out, "%s%s", acts[row->act].before, object);
	if (hd_act_is_of_task(row->act) && row->target != HD_ABSENT)
		hd_out_printf(out, "[%llu]", row->target);
	if (row->act == HD_ACT_CPU)
		hd_out_printf(out, "%llu", row->target);
	else if (object[0])
		hd_out_printf(out, " ");
}

/**
 * hd_ledger_say_as() - an act, in one sentence
 * @out: where to; without the newline
 * @row: the act
 * @object: what it was done to, in place of what @row says; escaped
 * @now_ns: the time, by the clock of its times
 */
void hd_ledger_say_as(struct hd_out *out, const struct hd_ledger_row *row,
		      const char *object, u64 now_ns)
{
	char by[HD_LEDGER_BY_LEN];

	if (row->act >= HD_ACTS)
		return;
	say_object(out, row, object);
	hd_out_printf(out, "%s%s%s", row->act == HD_ACT_CPU ? " " : "",
		      acts[row->act].after, hd_ledger_by(row, now_ns, by));
	if (row->count > 1)
		hd_out_printf(out, ", %u times so far", row->count);
	say_end(out, row, now_ns);
}

/**
 * hd_ledger_say() - the same, as the ledger itself names the object
 * @out: where to; without the newline
 * @row: the act
 * @now_ns: the time, by the clock of its times
 */
void hd_ledger_say(struct hd_out *out, const struct hd_ledger_row *row,
		   u64 now_ns)
{
	char object[4 * HD_ACT_OBJECT + 1];

	if (row->object[0])
		hd_escape(row->object, sizeof(row->object), object, sizeof(object));
	else
		object[0] = '\0';
	hd_ledger_say_as(out, row, object, now_ns);
}

/**
 * hd_act_stalls() - may others wait for an act now?
 * @row: it
 *
 * For one that has not returned, or that keeps something from going on as long as
 * it stands.  Who stops itself wants to.
 */
bool hd_act_stalls(const struct hd_ledger_row *row)
{
	if (row->state == HD_ACT_BEGUN)
		return true;
	if (row->state != HD_ACT_STANDS || row->act > HD_ACT_TRACE)
		return false;
	return row->act != HD_ACT_STOP || row->target != row->who.tgid;
}

static bool is_before(const struct hd_ledger_row *a,
		      const struct hd_ledger_row *b)
{
	return a->act != b->act ? a->act < b->act : a->when_ns < b->when_ns;
}

/**
 * hd_stalls_add() - add an act, if others may wait for it
 * @stalls: zeroed at first
 * @row: the act
 * @before_ns: it does not count if it came later
 */
void hd_stalls_add(struct hd_stalls *stalls, const struct hd_ledger_row *row,
		   u64 before_ns)
{
	u32 i = stalls->len;

	if (row->when_ns > before_ns || !hd_act_stalls(row))
		return;
	while (i && is_before(row, &stalls->row[i - 1]))
		i--;
	if (stalls->len == HD_STALLS)
		stalls->more++;
	else
		stalls->len++;
	if (i == HD_STALLS)
		return;
	memmove(&stalls->row[i + 1], &stalls->row[i],
		(stalls->len - 1 - i) * sizeof(*row));
	stalls->row[i] = *row;
}

/**
 * hd_stalls_print() - these acts, in a few lines
 * @out: where to
 * @stalls: them; nothing where there is none
 * @now_ns: the time, by the clock of their times
 */
void hd_stalls_print(struct hd_out *out, const struct hd_stalls *stalls,
		     u64 now_ns)
{
	const struct hd_ledger_row *row;
	char object[STALL_OBJECT] = "";
	u32 i;

	if (!stalls->len && !stalls->unwanted)
		return;
	hd_out_printf(out, "acts that stand: /proc/hostdiag/ledger\n");
	for (i = 0; i < stalls->len; i++) {
		row = &stalls->row[i];
		object[0] = '\0';
		if (row->object[0])
			hd_escape(row->object, sizeof(row->object), object,
				  sizeof(object));
		hd_out_printf(out, "  ");
		hd_ledger_say_as(out, row, object, now_ns);
		hd_out_printf(out, "\n");
	}
	if (stalls->more)
		hd_out_printf(out, "  and %u more\n", stalls->more);
	if (stalls->unwanted)
		hd_out_printf(out, "  %u stopped or traced, for which nobody is seen to wait\n",
			      stalls->unwanted);
}
