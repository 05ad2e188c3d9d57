/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The columns of columns.h as data, and the rows of a snapshot as values of
 * them: for tables, for JSON, and for the manual page.
 */
#ifndef HD_SCHEMA_H
#define HD_SCHEMA_H

#include "pure/lists.h"
#include "snap/snapshot.h"

/* as in columns.h */
enum hd_type {
	HD_TYPE_ID, HD_TYPE_ID_OPT, HD_TYPE_FD, HD_TYPE_COUNT, HD_TYPE_COUNT_OPT,
	HD_TYPE_TIME, HD_TYPE_TIME_OPT,
	HD_TYPE_TOTAL, HD_TYPE_CPU, HD_TYPE_P50, HD_TYPE_P99, HD_TYPE_LONGEST,
	HD_TYPE_WHEN, HD_TYPE_LAST, HD_TYPE_WHEN_OPT, HD_TYPE_NAME, HD_TYPE_PATH,
	HD_TYPE_PLACE, HD_TYPE_WORD, HD_TYPE_KIND, HD_TYPE_LETTER, HD_TYPE_CALL,
	HD_TYPE_KEY, HD_TYPE_ERRNO, HD_TYPE_RETURN, HD_TYPE_WHAT, HD_TYPE_RESULT, HD_TYPE_EXIT,
	HD_TYPE_BUCKETS,
};

/* what becomes of a column where lines are put together */
enum hd_fold {
	HD_KEY,		/* lines are put together where it is the same */
	HD_SUM,
	HD_MAX,
	HD_MIN,
	HD_ANY,		/* that of the line with the smallest tid */
	HD_GONE,	/* it is not shown */
	HD_OWN,		/* it is never shown: the table has its own, or none */
};

/**
 * struct hd_schema_column - a column of columns.h
 * @name: of the file
 * @type: what is in it
 * @fold: what becomes of it in a roll-up
 * @help: one line
 */
struct hd_schema_column {
	const char *name;
	enum hd_type type;
	enum hd_fold fold;
	const char *help;
};

#define HD_VALUES_MOST	40

/**
 * struct hd_value - a row's part of a column
 * @is_absent: there is none
 * @is_negative: the number is less than 0
 * @number: of what is a number, without its sign
 * @text: of what is text, raw bytes; NULL: it is a number, or a histogram
 * @len: of @text, at most; it ends at a NUL
 * @stat: of HD_TYPE_BUCKETS; else NULL
 * @room: where @text may be
 */
struct hd_value {
	bool is_absent;
	bool is_negative;
	u64 number;
	const char *text;
	size_t len;
	const struct hd_stat *stat;
	char room[HD_NAME_LEN];
};

/**
 * struct hd_schema - a table of columns.h
 * @name: of the file
 * @record: the type of records that are its rows; 0: none is, as of "hist"
 * @column: its columns
 * @nr_columns: how many, at most HD_VALUES_MOST
 * @fill: make the values of a row
 */
struct hd_schema {
	const char *name;
	enum hostdiag_record_type record;
	const struct hd_schema_column *column;
	u32 nr_columns;
	void (*fill)(struct hd_value *value, const struct hd_snapshot_row *from);
};

/* in the order of HD_TABLES */
#define HD_SCHEMA_ID(name, ...)	HD_SCHEMA_##name,
enum hd_schema_id {
	HD_TABLES(HD_SCHEMA_ID)
	HD_NR_SCHEMAS,
};

/* for an enum of the columns of a table: COLUMN_calls */
#define HD_COLUMN_ID(name, ...)	COLUMN_##name,

extern const struct hd_schema hd_schemas[HD_NR_SCHEMAS];

/* in the order of HD_LIVE_TABLES */
enum hd_live_schema_id {
	HD_LIVE_TABLES(HD_SCHEMA_ID)
	HD_NR_LIVE_SCHEMAS,
};

/* of files that no snapshot has a record of: these fill nothing */
extern const struct hd_schema hd_live_schemas[HD_NR_LIVE_SCHEMAS];

#endif /* HD_SCHEMA_H */
