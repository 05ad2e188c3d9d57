/* SPDX-License-Identifier: GPL-2.0-only */
/* The file snapshot: records of uapi/hostdiag.h. */
#ifndef HD_SNAPSHOT_H
#define HD_SNAPSHOT_H

#include "show/reader.h"

struct seq_file;

void hd_snapshot_head(struct seq_file *seq);
u32 hd_snapshot_task(struct seq_file *seq, struct hd_reader *reader);
u32 hd_snapshot_exited(struct seq_file *seq, struct hd_reader *reader);
u32 hd_snapshot_opens(struct seq_file *seq, struct hd_reader *reader,
		      u32 bucket);
u32 hd_snapshot_death(struct seq_file *seq, struct hd_reader *reader);
u32 hd_snapshot_slow(struct seq_file *seq, struct hd_reader *reader);
void hd_snapshot_end(struct seq_file *seq, u64 records, u64 sum);

#endif /* HD_SNAPSHOT_H */
