// SPDX-License-Identifier: GPL-2.0-only
#include "pure/human.h"
#include "table/schema.h"

/* values, by type, see columns.h */

static void set_text(struct hd_value *value, const char *text, size_t len)
{
	value->text = text;
	value->len = len;
}

static void set_text_or_none(struct hd_value *value, const char *text, size_t len)
{
	set_text(value, text, strnlen(text, len));
	value->is_absent = !value->len;
}

static void set_word(struct hd_value *value, const char *word)
{
	set_text(value, word, strlen(word));
	value->is_absent = !strcmp(word, "-");
}

static void set_number_or_none(struct hd_value *value, u64 number)
{
	value->number = number;
	value->is_absent = number == HD_ABSENT;
}

static void set_call(struct hd_value *value, u32 abi, u32 nr)
{
	set_word(value, hd_syscall_name(abi, nr, value->room));
}

static void set_percentile(struct hd_value *value, const struct hd_stat *stat,
			   u32 permille)
{
	value->is_absent = !hd_has_hist(stat);
	value->number = hd_stat_percentile(stat, permille);
}

static void set_key(struct hd_value *value, const struct hd_hist_row *row)
{
	if (row->nr == HOSTDIAG_NR_NONE)
		set_word(value, "all");
	else
		set_call(value, row->abi, row->nr);
}

static void set_what(struct hd_value *value, const struct hd_slow_row *row)
{
	if (row->kind == HOSTDIAG_SLOW_SYSCALL)
		set_call(value, row->abi, row->nr);
	else
		set_text_or_none(value, row->place, sizeof(row->place));
}

static void set_result(struct hd_value *value, const struct hd_slow_row *row)
{
	if (row->kind != HOSTDIAG_SLOW_SYSCALL) {
		value->is_absent = true;
	} else if (row->result < 0 && row->result >= -4095) {
		set_word(value, hd_errno_name(-row->result, value->room));
	} else {
		value->is_negative = row->result < 0;
		value->number = value->is_negative ? -(u64)row->result :
				(u64)row->result;
	}
}

#define SET_ID(v)		(value->number = (v))
#define SET_ID_OPT(v)		set_number_or_none(value, v)
#define SET_FD(v)		set_number_or_none(value, (v) < 0 ? HD_ABSENT : (u64)(v))
#define SET_COUNT(v)		(value->number = (v))
#define SET_COUNT_OPT(v)	set_number_or_none(value, v)
#define SET_TIME(v)		(value->number = (v))
#define SET_TIME_OPT(v)		set_number_or_none(value, v)
#define SET_TOTAL(v)		(value->number = (v))
#define SET_CPU(v)		set_number_or_none(value, v)
#define SET_P50(v)		set_percentile(value, v, 500)
#define SET_P99(v)		set_percentile(value, v, 990)
#define SET_LONGEST(v)		(value->number = (v))
#define SET_WHEN(v)		(value->number = (v))
#define SET_LAST(v)		(value->number = (v))
#define SET_WHEN_OPT(v)		set_number_or_none(value, (v) ? (v) : HD_ABSENT)
#define SET_NAME(v)		set_text_or_none(value, v, sizeof(v))
#define SET_PATH(v)		set_text_or_none(value, v, sizeof(v))
#define SET_PLACE(v)		set_text_or_none(value, v, sizeof(v))
#define SET_WORD(v)		set_word(value, v)
#define SET_KIND(v)		set_word(value, hd_hist_kind_name(v))
#define SET_LETTER(v)		set_text_or_none(value, &(v), 1)
#define SET_CALL(v)		set_call(value, (v)->abi, (v)->nr)
#define SET_KEY(v)		set_key(value, v)
#define SET_ERRNO(v)		set_word(value, hd_errno_name(v, value->room))
#define SET_WHAT(v)		set_what(value, v)
#define SET_RESULT(v)		set_result(value, v)
#define SET_EXIT(v)		(value->number = (v))
#define SET_BUCKETS(v)		(value->stat = (v))

static void begin_value(struct hd_value *value)
{
	value->is_absent = false;
	value->is_negative = false;
	value->number = 0;
	value->text = NULL;
	value->stat = NULL;
}

#define SET(name, type, fold, v, help) \
	begin_value(value); \
	SET_##type(v); \
	value++;

#define FILL(name, NAME, record, member) \
static void fill_##name(struct hd_value *value, \
			const struct hd_snapshot_row *from) \
{ \
	const __typeof__(from->member) *row = &from->member; \
	const struct hd_task_row *task = &from->task; \
\
	(void)row; \
	(void)task; \
	HD_COLUMNS(SET, NAME) \
}

HD_TABLES(FILL)

#define COLUMN(name, type, fold, v, help) \
	{ #name, HD_TYPE_##type, HD_##fold, help },

#define LIST(name, NAME, ...) \
static const struct hd_schema_column name##_columns[] = { \
	HD_COLUMNS(COLUMN, NAME) \
};

HD_TABLES(LIST)
HD_LIVE_TABLES(LIST)

/* a counter of counts.h without a column does not compile */
enum { HD_COLUMNS(HD_COLUMN_ID, EXITED) };
#define HAS_COLUMN(name, ...)	HAS_COLUMN_##name = COLUMN_##name,
enum { HD_COUNT_LIST(HAS_COLUMN) };

/* more columns than HD_VALUES_MOST do not compile */
#define FITS(array)	(0 * sizeof(char[1 - 2 * (ARRAY_SIZE(array) > HD_VALUES_MOST)]))
#define SCHEMA(name, NAME, record, member) \
	{ #name, record, name##_columns, \
	  ARRAY_SIZE(name##_columns) + FITS(name##_columns), \
	  fill_##name },

const struct hd_schema hd_schemas[HD_NR_SCHEMAS] = {
	HD_TABLES(SCHEMA)
};

#define LIVE_SCHEMA(name, NAME) \
	{ #name, 0, name##_columns, ARRAY_SIZE(name##_columns), NULL },

const struct hd_schema hd_live_schemas[HD_NR_LIVE_SCHEMAS] = {
	HD_LIVE_TABLES(LIVE_SCHEMA)
};
