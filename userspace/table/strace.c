// SPDX-License-Identifier: GPL-2.0-only
/* See strace.h. */
#include "table/strace.h"
#include "util.h"

enum {
	ABI = HD_FIRST_COLUMN, NR, CALLS, ERRORS, TOTAL, COLUMNS,
};

static const struct hd_column columns[COLUMNS] = {
	HD_ID_COLUMNS,
	[ABI]		= { "abi", HD_NUMBER, HD_KEY, .rises = true },
	[NR]		= { "nr", HD_NUMBER, HD_KEY, .rises = true },
	[CALLS]		= { "calls", HD_NUMBER, HD_SUM },
	[ERRORS]	= { "errors", HD_NUMBER, HD_SUM },
	[TOTAL]		= { "total", HD_TIME, HD_SUM },
};

/**
 * hd_strace_begin() - set up a table in the format of strace
 * @table: its options are set
 */
void hd_strace_begin(struct hd_table *table)
{
	table->schema = NULL;
	table->order = NULL;
	table->column = columns;
	table->columns = COLUMNS;
	table->by = HD_BY_ALL;
}

/**
 * hd_strace_add() - add a record of HOSTDIAG_SYSCALL
 * @table: as of hd_table_add_fn
 * @snap: as of hd_table_add_fn
 * @row: as of hd_table_add_fn
 *
 * Return: as of hd_table_add().
 */
union hd_cell *hd_strace_add(struct hd_table *table,
			     const struct hd_snapshot *snap,
			     const struct hd_snapshot_row *row)
{
	const struct hd_syscall_row *call = &row->syscall;
	union hd_cell *cell = hd_table_add_task(table, row);

	(void)snap;
	if (!cell)
		return NULL;
	cell[ABI].value = call->abi;
	cell[NR].value = call->nr;
	cell[CALLS].value = call->stat.count;
	cell[ERRORS].value = call->errors;
	cell[TOTAL].value = call->stat.sum_ns;
	return cell;
}

/* sort by ABI, then by time */
static int by_time(const void *a, const void *b, void *priv)
{
	static const u32 by[] = { ABI, TOTAL, NR };
	const struct hd_table *table = priv;
	int order = 0;
	size_t i;

	for (i = 0; !order && i < ARRAY_SIZE(by); i++) {
		order = hd_table_compare(table, by[i], a, b);
		if (!columns[by[i]].rises)
			order = -order;
	}
	return order;
}

/* columns before the name; as in strace, a large number widens them */
#define FIELDS	5

static const struct {
	const char *title;
	int width;
} fields[FIELDS] = {
	{ "% time", 6 }, { "seconds", 11 }, { "usecs/call", 11 },
	{ "calls", 9 }, { "errors", 9 },
};

struct texts {
	char text[FIELDS][32];
};

static void fill_texts(struct texts *to, const union hd_cell *line,
		       const union hd_cell *total)
{
	u64 calls = line[CALLS].value, ns = line[TOTAL].value;
	double percent = 0;

	if (line == total)
		percent = 100;
	else if (total[TOTAL].value)
		percent = 100.0 * ns / total[TOTAL].value;

	memset(to, 0, sizeof(*to));
	snprintf(to->text[0], sizeof(to->text[0]), "%.2f", percent);
	snprintf(to->text[1], sizeof(to->text[1]), "%llu.%06llu",
		 ns / 1000000000, ns / 1000 % 1000000);
	snprintf(to->text[2], sizeof(to->text[2]), "%llu",
		 calls ? ns / 1000 / calls : 0);
	snprintf(to->text[3], sizeof(to->text[3]), "%llu", calls);
	if (line[ERRORS].value)
		snprintf(to->text[4], sizeof(to->text[4]), "%llu",
			 line[ERRORS].value);
}

static void widen_columns(int width[FIELDS], const union hd_cell *line,
			  const union hd_cell *total)
{
	struct texts texts;
	int i, len;

	fill_texts(&texts, line, total);
	for (i = 0; i < FIELDS; i++) {
		len = strlen(texts.text[i]);
		if (width[i] < len)
			width[i] = len;
	}
}

static void print_line(const int width[FIELDS], const union hd_cell *line,
		       const union hd_cell *total, const char *name)
{
	struct texts texts;
	int i;

	fill_texts(&texts, line, total);
	for (i = 0; i < FIELDS; i++)
		hd_print("%*s ", width[i], texts.text[i]);
	hd_print("%s\n", name);
}

static void print_rule(const int width[FIELDS])
{
	int i, n;

	for (i = 0; i < FIELDS; i++) {
		for (n = width[i]; n; n--)
			hd_print("-");
		hd_print(" ");
	}
	hd_print("----------------\n");
}

static void print_titles(const int width[FIELDS])
{
	int i;

	for (i = 0; i < FIELDS; i++)
		hd_print("%*s ", width[i], fields[i].title);
	hd_print("syscall\n");
}

static void print_table(const union hd_cell *first, size_t lines)
{
	union hd_cell total[COLUMNS] = { 0 };
	const union hd_cell *line;
	char name[HD_NAME_LEN];
	int width[FIELDS];
	size_t i;
	u32 id;

	for (i = 0; i < lines; i++)
		for (id = CALLS; id <= TOTAL; id++)
			total[id].value = hd_add(total[id].value,
						 first[i * COLUMNS + id].value);
	for (i = 0; i < FIELDS; i++)
		width[i] = fields[i].width;
	for (i = 0; i < lines; i++)
		widen_columns(width, &first[i * COLUMNS], total);
	widen_columns(width, total, total);

	print_titles(width);
	print_rule(width);
	for (i = 0; i < lines; i++) {
		line = &first[i * COLUMNS];
		print_line(width, line, total,
			   hd_syscall_name(line[ABI].value, line[NR].value,
					   name));
	}
	print_rule(width);
	print_line(width, total, total, "total");
}

/* headings of strace for ABIs other than the native one */
static void print_abi(u32 abi)
{
	switch (abi) {
	case HOSTDIAG_ABI_I386:
	case HOSTDIAG_ABI_ARM:
		hd_print("System call usage summary for 32 bit mode:\n");
		break;
	case HOSTDIAG_ABI_X32:
		hd_print("System call usage summary for x32 mode:\n");
		break;
	}
}

/**
 * hd_strace_print() - sort the table, and print it
 * @table: filled, and rolled up
 */
void hd_strace_print(struct hd_table *table)
{
	const union hd_cell *first = table->cell, *end, *line;

	hd_table_sort(table, by_time);
	end = first + table->used * COLUMNS;
	for (line = first; first < end; first = line) {
		while (line < end && line[ABI].value == first[ABI].value)
			line += COLUMNS;
		print_abi(first[ABI].value);
		print_table(first, (line - first) / COLUMNS);
	}
}
