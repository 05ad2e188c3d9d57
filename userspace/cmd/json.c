// SPDX-License-Identifier: GPL-2.0-only
/* All tables of a snapshot, or of the host, as one JSON document. */
#include <stdlib.h>
#include "cmd/cmd.h"
#include "snap/load.h"
#include "table/json.h"
#include "util.h"

/* the table that is being printed, and whether it has a row yet */
struct table {
	const struct hd_schema *schema;
	bool has_rows;
};

static void put_row(struct table *table, const struct hd_snapshot_row *row)
{
	hd_print("%s\n", table->has_rows ? "," : "");
	hd_json_row(table->schema, row);
	table->has_rows = true;
}

/* prints the histograms of a task, or the one of a syscall of a task */
static void put_hists(struct table *table, int type, struct hd_snapshot_row *row)
{
	struct hd_hist_row *hist = &row->hist;

	*hist = (struct hd_hist_row){ .nr = HOSTDIAG_NR_NONE };
	if (type == HOSTDIAG_SYSCALL && hd_has_hist(&row->syscall.stat)) {
		hist->abi = row->syscall.abi;
		hist->nr = row->syscall.nr;
		hist->stat = &row->syscall.stat;
		put_row(table, row);
	}
	for (; type == HOSTDIAG_TASK && hist->kind < HOSTDIAG_KINDS;
	     hist->kind++) {
		hist->stat = &row->task.stat[hist->kind];
		if (hd_has_hist(hist->stat))
			put_row(table, row);
	}
}

static void put_text(const char *name, const char *text)
{
	hd_print(",\n\"%s\":", name);
	hd_json_string(text, strlen(text));
}

static void put_number(const char *name, u64 number)
{
	hd_print(",\n\"%s\":%llu", name, number);
}

static void put_head(const struct hd_snapshot *snap)
{
#define PUT_GROUP(name, NAME, help) \
	hd_print("%c\"" #name "\":%s", separator, \
		 head->flags & HOSTDIAG_F_##NAME ? "true" : "false"); \
	separator = ',';
	const struct hostdiag_header *head = &snap->head;
	char separator = '{';

	hd_print("{\"hostdiag\":%u", head->version);
	put_number("now_ns", head->now_ns);
	put_number("since_ns", head->since_ns);
	put_number("wall_ns", head->wall_ns);
	put_number("lost", snap->lost);
	put_number("stuck_ns", head->stuck_ns);
	put_text("host", head->host);
	put_text("release", head->release);
	put_text("module_version", head->module_version);
	hd_print(",\n\"cut_short\":%s", snap->is_taken ? "true" : "false");
	hd_print(",\n\"groups\":");
	HD_GROUP_LIST(PUT_GROUP)
	hd_print("}");
}

static void put_table(const struct hd_snapshot *snap,
		      const struct hd_schema *schema)
{
	struct table table = { .schema = schema };
	struct hd_snapshot from = *snap;
	struct hd_snapshot_row row;
	int type;

	hd_print(",\n\"%s\":[", schema->name);
	while ((type = hd_snapshot_next(&from, &row)) != HOSTDIAG_END) {
		if (!schema->record)
			put_hists(&table, type, &row);
		else if (type == (int)schema->record)
			put_row(&table, &row);
	}
	hd_print("]");
}

/* prints a file of /proc/hostdiag that no snapshot has, without its head lines */
static void put_live_table(const struct hd_schema *schema)
{
	const char *separator = "";
	char name[64], *line = NULL;
	size_t room = 0;
	FILE *from;

	snprintf(name, sizeof(name), "/proc/hostdiag/%s", schema->name);
	from = fopen(name, "re");
	if (!from)
		hd_die("%s", hd_load_refused(name));
	hd_print(",\n\"%s\":[", schema->name);
	while (getline(&line, &room, from) > 0) {
		if (line[0] == '#')
			continue;
		hd_print("%s\n", separator);
		hd_json_line(schema, line);
		separator = ",";
	}
	hd_print("]");
	free(line);
	fclose(from);
}

static int run_json(struct hd_args *args)
{
	struct hd_snapshot snap;
	u32 i;

	hd_load_part_or_die(&snap, args->file);
	put_head(&snap);
	for (i = 0; i < HD_NR_SCHEMAS; i++)
		put_table(&snap, &hd_schemas[i]);
	for (i = 0; !args->file && i < HD_NR_LIVE_SCHEMAS; i++)
		put_live_table(&hd_live_schemas[i]);
	hd_print("}\n");
	return 0;
}

const struct hd_command hd_cmd_json = {
	.name = "json",
	.doc = "Print all tables as one JSON document: the names are those of the files in\n"
	       "/proc/hostdiag and of their columns.  Without -f, blocked and calls are there,\n"
	       "too.",
	.options = HD_OPT(FILE),
	.run = run_json,
};
