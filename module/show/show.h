/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files under /proc/hostdiag show: a table of files, each with a function
 * for every section that it has.  proc.c opens files and keeps their positions.
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
 * @name: name of the file
 * @columns: its second line; NULL: it is no table
 * @is_control: the file may be written
 * @is_followed: the file may be polled for more rows of its last section
 * @is_census: live and exited tasks of the file have to add up
 * @sums: which sums of a task it shows
 * @show: prints what the reader is at, by section; NULL: it has no such section
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
 * @access: rights of the opener
 * @seq: the seq_file
 * @reader: the reader's state
 * @out: writes into @seq
 * @scrap: buffer for a line that may not fit into @seq
 * @index: index in the section at hand
 * @tasks: number of task records, read once, since their pool may grow meanwhile
 * @records: records of a snapshot so far
 * @checksum: checksum of these and of the header
 * @next_slow: number of the event that is shown next
 * @polled: bit 0: a reference to the module is held for pollers
 * @sum: state of "summary"
 * @locks: state of "blocked"
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
