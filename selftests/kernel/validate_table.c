// SPDX-License-Identifier: GPL-2.0-only
/* The text files that are tables, column by column. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "validate.h"

#define COLUMNS_MAX	64

#define STAT_COLUMNS							\
	" calls errors sys_ns sys_p50_ns sys_p99_ns sys_max_ns"		\
	" dsleeps d_ns d_p50_ns d_p99_ns d_max_ns iowait_ns"		\
	" opens closes open_now open_ns open_p50_ns open_p99_ns open_max_ns" \
	" sys_cpu_ns sys_runq_ns sys_d_ns sys_sleep_ns"

#define CALL_COLUMNS							\
	"tid tgid comm syscall calls errors total_ns p50_ns p99_ns max_ns" \
	" cpu_ns runq_ns d_ns sleep_ns"

static const struct {
	const char *name;
	const char *columns;
} tables[] = {
	{ "tasks", "tid tgid comm" STAT_COLUMNS },
	{ "exited", "comm tasks" STAT_COLUMNS },
	{ "syscalls", CALL_COLUMNS },
	{ "errors", "tid tgid comm syscall errno count last_ns"
	  " recent recent_ns peak_per_s peak_ns" },
	{ "hist", "tid tgid comm kind key count sum_ns max_ns buckets" },
	{ "stuck", "tid tgid comm state age_ns syscall class fd wchan"
	  " d_age_ns path" },
	{ "blocked", "tid tgid comm state age_ns wait object hold holder"
	  " holder_tgid holder_comm links circle root root_tgid root_comm"
	  " wchan" },
	{ "dsleep", "tid tgid comm count total_ns max_ns iowait_ns place"
	  " device" },
	{ "open", "age_ns tid tgid comm fd path" },
	{ "slow", "when_ns kind tid tgid comm dur_ns what result path" },
	{ "deaths", "when_ns tid tgid ppid comm life_ns exit_code calls errors"
	  " d_ns" },
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

static int is_one_of(const char *s, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(s, *words))
			return 1;
	return 0;
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

static int check_field(const char *column, const char *field)
{
	static const char *const kinds[] = { "syscall", "dsleep", "open", NULL };
	static const char *const classes[] = {
		"other", "idle", "io", "lock", NULL
	};

	if (!strcmp(column, "comm") || !strcmp(column, "path") ||
	    !strcmp(column, "device"))
		return is_escaped(field);
	if (!strcmp(column, "kind"))
		return is_one_of(field, kinds);
	if (!strcmp(column, "class"))
		return is_one_of(field, classes);
	if (!strcmp(column, "state"))
		return strchr("RSDTtZX", field[0]) && !field[1];
	if (!strcmp(column, "syscall") || !strcmp(column, "key"))
		return is_word(field) || !strcmp(field, "-");
	if (!strcmp(column, "errno") || !strcmp(column, "result"))
		return is_result(field);
	if (!strcmp(column, "wchan") || !strcmp(column, "place") ||
	    !strcmp(column, "what"))
		return is_place(field);
	if (!strcmp(column, "buckets"))
		return 1;	/* are_buckets() */
	return is_number(field) || !strcmp(field, "-");
}

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

static int check_row(const struct content *c, const char *line, char **column,
		     int columns)
{
	char copy[8192], *field[COLUMNS_MAX];
	const char *count = NULL;
	int i;

	snprintf(copy, sizeof(copy), "%s", line);
	if (split(copy, field) != columns)
		return bad(c, line, "number of columns");
	for (i = 0; i < columns; i++) {
		if (!*field[i] || !check_field(column[i], field[i]))
			return bad(c, line, column[i]);
		if (!strcmp(column[i], "count"))
			count = field[i];
		if (!strcmp(column[i], "buckets") && count &&
		    !are_buckets(field[i], count))
			return bad(c, line, "buckets against count");
	}
	return 0;
}

static const char *expected_columns(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (!strcmp(tables[i].name, name))
			return tables[i].columns;
	return NULL;
}

int validate_table(const struct content *c)
{
	const char *expected = expected_columns(c->name);
	char header[2048], *column[COLUMNS_MAX], *data = c->data, *line;
	int nr = 0, columns = 0;

	if (!expected)
		return bad(c, "", "no such table");
	if (!c->len || c->data[c->len - 1] != '\n')
		return bad(c, "", "does not end with a newline");
	while ((line = strsep(&data, "\n")) && (*line || data)) {
		if (++nr == 1) {
			if (check_first_line(c, line))
				return 1;
		} else if (nr == 2) {
			size_t len = strlen(expected);

			/* columns may only ever be appended */
			if (strncmp(line, "# ", 2) ||
			    strncmp(line + 2, expected, len) ||
			    (line[2 + len] && line[2 + len] != ' '))
				return bad(c, line, "columns");
			snprintf(header, sizeof(header), "%s", line + 2);
			columns = split(header, column);
		} else if (check_row(c, line, column, columns)) {
			return 1;
		}
	}
	return nr < 2 ? bad(c, "", "cut short") : 0;
}
