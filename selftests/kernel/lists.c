// SPDX-License-Identifier: GPL-2.0-only
/*
 * lists WHAT: the names in a list of module/pure/lists.h, one a line: groups,
 * kinds, files, or tables, the files that have columns; lists columns: a line a
 * file, its name and the names of its columns; lists help: the columns as the
 * section COLUMNS of hostdiag(4) has them.
 */
#include <stdio.h>
#include <string.h>

#include "pure/lists.h"

#define PRINT_NAME(name, ...)		puts(#name);
#define PRINT_COLUMN(name, ...)		printf(" %s", #name);
#define PRINT_COLUMNS(name, NAME, ...) \
	printf("%s", #name); \
	HD_COLUMNS(PRINT_COLUMN, NAME) \
	putchar('\n');
#define PRINT_HELP(name, type, fold, value, help) \
	puts(".It Va " #name "\n" help);
#define PRINT_HELPS(name, NAME, ...) \
	puts(".Ss " #name "\n.Bl -tag -width sys_runq_ns -compact"); \
	HD_COLUMNS(PRINT_HELP, NAME) \
	puts(".El");

int main(int argc, char **argv)
{
	const char *what = argc == 2 ? argv[1] : "";

	if (!strcmp(what, "groups")) {
		HD_GROUP_LIST(PRINT_NAME)
	} else if (!strcmp(what, "kinds")) {
		HD_KIND_LIST(PRINT_NAME)
	} else if (!strcmp(what, "files")) {
		HD_FILE_LIST(PRINT_NAME)
	} else if (!strcmp(what, "tables")) {
		HD_TABLES(PRINT_NAME)
		HD_LIVE_TABLES(PRINT_NAME)
	} else if (!strcmp(what, "columns")) {
		HD_TABLES(PRINT_COLUMNS)
		HD_LIVE_TABLES(PRINT_COLUMNS)
	} else if (!strcmp(what, "help")) {
		HD_TABLES(PRINT_HELPS)
		HD_LIVE_TABLES(PRINT_HELPS)
	} else {
		fprintf(stderr, "usage: lists groups|kinds|files|tables|columns|help\n");
		return 2;
	}
	return 0;
}
