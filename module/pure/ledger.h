/* SPDX-License-Identifier: GPL-2.0-only */
/* Acts that can stall a host: who did what to what, and whether it was undone. */
#ifndef HD_LEDGER_H
#define HD_LEDGER_H

#include "pure/blocked.h"
#include "pure/line.h"

/*
 * The kinds of acts: X(NAME, word, before, after, undo); as a sentence, the object
 * stands between @before and @after; @undo is what undoes it, NULL: nothing does.
 */
#define HD_ACT_LIST(X) \
	X(FREEZE, "freeze", "file system ", "was frozen", "thawed") \
	X(SUSPEND, "suspend", "device ", "was suspended", "resumed") \
	X(CGROUP, "cgroup", "cgroup ", "was frozen", "thawed") \
	X(STOP, "stop", "", "was stopped", "continued") \
	X(TRACE, "trace", "", "was attached to", "detached") \
	X(MOUNT, "mount", "", "was mounted", "unmounted") \
	X(UMOUNT, "umount", "", "was unmounted", NULL) \
	X(SYNC, "sync", "", "file systems were synced", NULL) \
	X(SWAPOFF, "swapoff", "swap ", "was taken off", "put back") \
	X(DROP, "drop_caches", "", "caches were dropped", NULL) \
	X(OOM, "oom_kill", "", "was killed for want of memory", NULL) \
	X(CPU, "cpu_off", "CPU ", "was taken off", "put back") \
	X(MODULE, "module", "module ", "was loaded", "removed") \
	X(NET, "net_down", "interface ", "was taken down", "put up") \
	X(DISK, "disk_error", "disk ", "had an error", NULL)

#define HD_ACT_ID(NAME, ...)	HD_ACT_##NAME,
enum hd_act {
	HD_ACT_LIST(HD_ACT_ID)
	HD_ACTS,
};

enum hd_act_state {
	HD_ACT_FREE,		/* no act */
	HD_ACT_BEGUN,		/* the call has not returned */
	HD_ACT_STANDS,		/* it was done, and not undone */
	HD_ACT_UNSURE,		/* whether it was undone, nobody was told */
	HD_ACT_UNDONE,
	HD_ACT_DONE,		/* there is nothing to undo */
	HD_ACT_STATES,
};

#define HD_ACT_OBJECT	96

/**
 * struct hd_ledger_row - an act
 * @nr: rises from act to act; that of the last one where it was done again
 * @when_ns: when it was done; where it was done again while it stood, the first
 *	time
 * @end_ns: when it returned, or was undone; 0: not yet
 * @start_ns: when @who was made, which tells it from another of its number
 * @target_start_ns: the same of the task that @target is
 * @space: in what @object is a name; the module's own
 * @target: number of the task, the CPU, the device, or the directory of the
 *	cgroup; HD_ABSENT: it has none
 * @act: enum hd_act
 * @state: enum hd_act_state
 * @count: how often it was done, by @who, to that
 * @has_ended: @who has
 * @who: who did it; nobody: not known
 * @undo: who undid it; nobody: not known
 * @object: what it was done to; raw bytes; "": that has no name
 */
struct hd_ledger_row {
	u64 nr;
	u64 when_ns;
	u64 end_ns;
	u64 start_ns;
	u64 target_start_ns;
	u64 space;
	u64 target;
	u32 act;
	u32 state;
	u32 count;
	bool has_ended;
	struct hd_blocked_who who;
	struct hd_blocked_who undo;
	char object[HD_ACT_OBJECT];
};

const char *hd_act_name(u32 act);
const char *hd_act_state_name(u32 state);
bool hd_act_has_undo(u32 act);
bool hd_act_is_of_task(u32 act);
bool hd_act_stalls(const struct hd_ledger_row *row);

#define HD_STALLS	4u

/**
 * struct hd_stalls - the acts that others may wait for now
 * @len: of @row
 * @more: for which there was no room
 * @unwanted: tasks that are stopped or traced, for which nobody is seen to wait
 * @row: those of the first kinds, the oldest of each first
 */
struct hd_stalls {
	u32 len;
	u32 more;
	u32 unwanted;
	struct hd_ledger_row row[HD_STALLS];
};

void hd_stalls_add(struct hd_stalls *stalls, const struct hd_ledger_row *row,
		   u64 before_ns);
void hd_stalls_print(struct hd_out *out, const struct hd_stalls *stalls,
		     u64 now_ns);

#define HD_LEDGER_BY_LEN	(HD_ESCAPED_LEN + 64)

const char *hd_ledger_by(const struct hd_ledger_row *row, u64 now_ns,
			 char buf[HD_LEDGER_BY_LEN]);
void hd_ledger_say_as(struct hd_out *out, const struct hd_ledger_row *row,
		      const char *object, u64 now_ns);
void hd_ledger_say(struct hd_out *out, const struct hd_ledger_row *row,
		   u64 now_ns);

#endif /* HD_LEDGER_H */
