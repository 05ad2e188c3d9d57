/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The ledger: acts that can stall a host, HD_LEDGER_OF_ACT of each kind, so that
 * many of one kind push out none of another.
 *
 *   hook ──> note(), end(), undo() ──> entries of that kind <── reader, by number
 */
#ifndef HD_STORE_LEDGER_H
#define HD_STORE_LEDGER_H

#include "pure/ledger.h"

struct task_struct;

#define HD_LEDGER_OF_ACT	64u

/**
 * struct hd_act_on - what an act is about
 * @act: enum hd_act
 * @target: see struct hd_ledger_row; where it is not HD_ABSENT it alone tells
 *	whether two acts are about the same
 * @target_start_ns: see there
 * @space: in what @object is a name: the same name in another one is another thing
 * @object: see there
 */
struct hd_act_on {
	u32 act;
	u64 target;
	u64 target_start_ns;
	u64 space;
	char object[HD_ACT_OBJECT];
};

int hd_ledger_init(void);
void hd_ledger_exit(void);
void hd_ledger_note(const struct hd_act_on *on, struct task_struct *who,
		    enum hd_act_state state);
void hd_ledger_end(u32 act, bool failed);
void hd_ledger_undo(const struct hd_act_on *on, struct task_struct *who);
void hd_ledger_doubt(u32 act);
void hd_ledger_doubt_others(const struct hd_act_on *on);
bool hd_ledger_after(u64 nr, struct hd_ledger_row *row);
bool hd_ledger_try_before(u64 nr, struct hd_ledger_row *row);
u64 hd_ledger_lost(void);

#endif /* HD_STORE_LEDGER_H */
