// SPDX-License-Identifier: GPL-2.0-only
/* The text files that are tables, column by column. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pure/lists.h"
#include "validate.h"

#define COLUMNS_MAX	64

/* the columns that a file is to have, by the lists of the module */
struct column {
	const char *name;
	int (*is_valid)(const char *s);
};

static int is_number(const char *s)
{
	return *s && s[strspn(s, "0123456789")] == '\0' && strlen(s) <= 20;
}

/* Printable, no blank, and a backslash only before three octal digits */
static int is_escaped(const char *s)
{
	for (; *s; s++) {
		if (*s <= ' ' || *s > '~')
			return 0;
		if (*s == '\\' && strspn(s + 1, "01234567") < 3)
			return 0;
	}
	return 1;
}

static int is_word(const char *s)
{
	return s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

/* An error, or a number that is none */
static int is_result(const char *s)
{
	if (*s == 'E')
		return s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] ==
		       '\0';
	return is_number(s + (*s == '-')) || !strcmp(s, "-") ||
	       !strncmp(s, "errno_", 6);
}

/* Functions, innermost first; what is not known is "?", and no address shows */
static int is_place(const char *s)
{
	const char *at = s;
	int names = 1;

	for (; *at; at++)
		names += *at == '<';
	return names <= 6 && is_escaped(s) && !strstr(s, "0x") &&
	       !strstr(s, "<<") && *s != '<' && at[-1] != '<';
}

/* "lower:count,lower:count", rising, none empty; together @count */
static int are_buckets(const char *s, const char *count)
{
	unsigned long long lower, last = 0, n, sum = 0;
	int used, first = 1;

	while (sscanf(s, "%llu:%llu%n", &lower, &n, &used) == 2) {
		if (n == 0 || (!first && lower <= last))
			return 0;
		sum += n;
		last = lower;
		first = 0;
		s += used;
		if (*s == '\0')
			return sum == strtoull(count, NULL, 10);
		if (*s++ != ',')
			return 0;
	}
	return 0;
}

static int is_absent(const char *s)
{
	return !strcmp(s, "-");
}

static int is_number_or_absent(const char *s)
{
	return is_number(s) || is_absent(s);
}

static int is_call(const char *s)
{
	return is_word(s) || is_absent(s);
}

static int is_letter(const char *s)
{
	return strchr("RSDTtZX", s[0]) && !s[1];
}

static int is_kind(const char *s)
{
#define IS_KIND(name, ...)	!strcmp(s, #name) ||
	return HD_KIND_LIST(IS_KIND) 0;
}

static int is_anything(const char *s)
{
	return 1;	/* are_buckets() */
}

/* by type, see columns.h; a type without a line here does not compile */
#define VALID_ID	is_number
#define VALID_ID_OPT	is_number_or_absent
#define VALID_FD	is_number_or_absent
#define VALID_COUNT	is_number
#define VALID_COUNT_OPT	is_number_or_absent
#define VALID_TIME	is_number
#define VALID_TIME_OPT	is_number_or_absent
#define VALID_TOTAL	is_number
#define VALID_CPU	is_number_or_absent
#define VALID_P50	is_number_or_absent
#define VALID_P99	is_number_or_absent
#define VALID_LONGEST	is_number
#define VALID_WHEN	is_number
#define VALID_LAST	is_number
#define VALID_WHEN_OPT	is_number_or_absent
#define VALID_NAME	is_escaped
#define VALID_PATH	is_escaped
#define VALID_PLACE	is_place
#define VALID_WORD	is_call
#define VALID_KIND	is_kind
#define VALID_LETTER	is_letter
#define VALID_CALL	is_call
#define VALID_KEY	is_word
#define VALID_ERRNO	is_result
#define VALID_WHAT	is_place
#define VALID_RETURN	is_result
#define VALID_RESULT	is_result
#define VALID_EXIT	is_number
#define VALID_BUCKETS	is_anything

#define COLUMN(name, type, fold, value, help)	{ #name, VALID_##type },
#define LIST(name, NAME, ...) \
static const struct column name##_columns[] = { HD_COLUMNS(COLUMN, NAME) };
HD_TABLES(LIST)
HD_LIVE_TABLES(LIST)

#define TABLE(name, NAME, ...) \
	{ #name, HD_COLUMN_LINE(NAME), name##_columns, \
	  sizeof(name##_columns) / sizeof(*name##_columns) },

static const struct table {
	const char *name;
	const char *line;
	const struct column *column;
	int columns;
} tables[] = {
	HD_TABLES(TABLE)
	HD_LIVE_TABLES(TABLE)
};

/* Split at single blanks; an empty field is how two of them show */
static int split(char *line, char *field[COLUMNS_MAX])
{
	int n = 0;

	while (line && n < COLUMNS_MAX)
		field[n++] = strsep(&line, " ");
	return line ? -1 : n;
}

static int check_first_line(const struct content *c, const char *line)
{
	unsigned long long now, since, lost, clock_ns;
	char format[80];
	struct timespec ts;
	int used = 0;

	snprintf(format, sizeof(format),
		 "# hostdiag %s v1 now_ns=%%llu since_ns=%%llu lost=%%llu%%n",
		 c->name);
	if (sscanf(line, format, &now, &since, &lost, &used) != 3 ||
	    line[used])
		return bad(c, line, "first line");
	if (since > now || lost > 1ull << 48)
		return bad(c, line, "numbers of the first line");
	clock_gettime(CLOCK_MONOTONIC, &ts);
	clock_ns = ts.tv_sec * 1000000000ull + ts.tv_nsec;
	/* a reading of a slow machine may be as old as that */
	if (now > clock_ns + 100000000 || now + 20000000000ull < clock_ns)
		return bad(c, line, "now_ns is not CLOCK_MONOTONIC");
	return 0;
}

static int check_row(const struct content *c, const char *line,
		     const struct table *table)
{
	char copy[8192], *field[COLUMNS_MAX];
	const char *count = NULL;
	int i;

	snprintf(copy, sizeof(copy), "%s", line);
	if (split(copy, field) != table->columns)
		return bad(c, line, "number of columns");
	for (i = 0; i < table->columns; i++) {
		const struct column *column = &table->column[i];

		if (!*field[i] || !column->is_valid(field[i]))
			return bad(c, line, column->name);
		if (!strcmp(column->name, "count"))
			count = field[i];
		if (!strcmp(column->name, "buckets") && count &&
		    !are_buckets(field[i], count))
			return bad(c, line, "buckets against count");
	}
	return 0;
}

static const struct table *find_table(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (!strcmp(tables[i].name, name))
			return &tables[i];
	return NULL;
}

/* the names of the columns are those of the lists, no more and no fewer */
static int is_column_line(const char *line, const struct table *table)
{
	size_t len = strlen(line);

	return !strncmp(line, table->line, len) &&
	       !strcmp(table->line + len, "\n");
}

int validate_table(const struct content *c)
{
	const struct table *table = find_table(c->name);
	char *data = c->data, *line;
	int nr = 0;

	if (!table)
		return bad(c, "", "no such table");
	if (!c->len || c->data[c->len - 1] != '\n')
		return bad(c, "", "does not end with a newline");
	while ((line = strsep(&data, "\n")) && (*line || data)) {
		if (++nr == 1) {
			if (check_first_line(c, line))
				return 1;
		} else if (nr == 2) {
			if (!is_column_line(line, table))
				return bad(c, line, "columns");
		} else if (check_row(c, line, table)) {
			return 1;
		}
	}
	return nr < 2 ? bad(c, "", "cut short") : 0;
}
