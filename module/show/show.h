/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files under /proc/hostdiag show: a table of files, each with what
 * it shows in which section.  Where the reader is, and at which position of
 * the file, is proc.c's concern.
 */
#ifndef HD_SHOW_H
#define HD_SHOW_H

#include "show/access.h"
#include "show/reader.h"
#include "pure/summary.h"

struct hd_file;
struct hd_locks;
struct seq_file;

enum hd_section {
	HD_SECTION_HEAD,
	HD_SECTION_TASKS,
	HD_SECTION_EXITED,
	HD_SECTION_OPENS,
	HD_SECTION_DEATHS,
	HD_SECTION_SLOWS,
	HD_SECTION_END,
	HD_SECTIONS,
};

/**
 * struct hd_file_type - what a file shows
 * @name: of the file
 * @columns: the second line; NULL: it is no table
 * @is_control: it may be written
 * @is_followed: it may be polled, for more of its last section
 * @is_census: it has the live and the dead, which are to add up
 * @sums: what it needs of them
 * @show: shows what the reader is at, by section; NULL: it has no such section
 */
struct hd_file_type {
	const char *name;
	const char *columns;
	bool is_control;
	bool is_followed;
	bool is_census;
	enum hd_sums sums;

	void (*show[HD_SECTIONS])(struct hd_file *file);
};

/**
 * struct hd_file - an open file
 * @type: what it shows
 * @access: who opened it
 * @seq: its text
 * @reader: where it is
 * @out: writes into @seq
 * @scrap: for a line that may not fit there
 * @index: of what the reader is at, in its section
 * @tasks: places for tasks; taken once, since their pool may grow meanwhile
 * @records: of a snapshot, so far
 * @checksum: of these, and of its header
 * @next_slow: number of the event that is to be shown next
 * @polled: bit 0: the module is held, since somebody waits on its queue
 * @sum: of a summary
 * @locks: of who reads what is blocked
 */
struct hd_file {
	const struct hd_file_type *type;
	struct hd_access access;
	struct seq_file *seq;
	struct hd_reader reader;
	struct hd_out out;
	char scrap[HD_LINE_MIN];
	u64 index;
	u32 tasks;
	u64 records;
	u64 checksum;
	u64 next_slow;
	unsigned long polled;
	struct hd_summary sum;
	struct hd_locks *locks;
};

extern const struct hd_file_type *const hd_file_types[];
extern const u32 hd_nr_file_types;

#endif /* HD_SHOW_H */
