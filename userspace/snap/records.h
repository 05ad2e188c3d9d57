/* SPDX-License-Identifier: GPL-2.0-only */
/* Parser of the records of a snapshot. */
#ifndef HD_RECORDS_H
#define HD_RECORDS_H

#include "pure/render.h"

/**
 * struct hd_snapshot_row - the last record of each type
 * @task: of HOSTDIAG_TASK and HOSTDIAG_EXITED; kept for the records of the task
 * @stuck: of HOSTDIAG_STUCK
 * @syscall: of HOSTDIAG_SYSCALL
 * @error: of HOSTDIAG_ERROR
 * @place: of HOSTDIAG_PLACE
 * @open: of HOSTDIAG_OPEN
 * @slow: of HOSTDIAG_SLOW
 * @death: of HOSTDIAG_DEATH
 * @hist: filled by callers that walk the histograms of the other rows
 * @end: of HOSTDIAG_END
 */
struct hd_snapshot_row {
	struct hd_task_row task;
	struct hd_stuck_row stuck;
	struct hd_syscall_row syscall;
	struct hd_error_row error;
	struct hd_place_row place;
	struct hd_open_row open;
	struct hd_slow_row slow;
	struct hd_death_row death;
	struct hd_hist_row hist;
	struct hostdiag_end end;
};

bool hd_record_known(u16 type);
const char *hd_record_order(u16 before, u16 type);
const char *hd_record_read(const struct hostdiag_record *rec, const u8 *data,
			   struct hd_snapshot_row *row);

const char *hd_record_few(const struct hostdiag_record *rec, const u8 *data,
			  size_t *at, struct hd_snapshot_row *row);
void hd_record_add_call(struct hd_task_row *task,
			const struct hd_syscall_row *call);

#endif /* HD_RECORDS_H */
