// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model of "hostdiag top": the last two snapshots, the table of the interval
 * between them, and the identity of its lines from interval to interval.
 */
#include <stdlib.h>
#include <time.h>
#include "snap/load.h"
#include "top/model.h"
#include "util.h"

#define S	1000000000ull

/**
 * hd_top_read() - read the next snapshot
 * @top: the model
 *
 * Return: false if there was no new one.
 */
bool hd_top_read(struct hd_top *top)
{
	const char *file = top->table.args.file;
	struct hd_snapshot *last = &top->snaps[top->nth];
	struct hd_snapshot next;

	hd_load_or_die(&next, file);
	top->message[0] = '\0';
	if (top->read && next.head.since_ns == last->head.since_ns &&
	    next.head.now_ns == last->head.now_ns) {
		hd_load_free(&next);
		snprintf(top->message, sizeof(top->message),
			 "%s has not changed since", file);
		return false;
	}
	if (top->read && (next.head.since_ns != last->head.since_ns ||
			  next.head.now_ns < last->head.now_ns)) {
		snprintf(top->message, sizeof(top->message),
			 "the counts were reset: they begin anew");
		top->read = 0;
	}
	top->nth = !top->nth;
	hd_load_free(&top->snaps[top->nth]);
	top->snaps[top->nth] = next;
	top->read++;
	return true;
}

/**
 * hd_top_open() - compare the last two snapshots
 * @top: at least one was read
 * @delta: opened
 */
void hd_top_open(struct hd_top *top, struct hd_delta *delta)
{
	struct hd_snapshot *from = &top->snaps[!top->nth];
	enum hd_delta_error error;

	error = hd_delta_open(delta, top->read > 1 ? from : NULL,
			      &top->snaps[top->nth]);
	if (error)
		hd_die("%s", hd_delta_why(error));
}

/**
 * hd_top_fill() - fill the table
 * @top: at least one snapshot was read
 */
void hd_top_fill(struct hd_top *top)
{
	static struct hd_delta delta;

	hd_table_free(&top->table);
	hd_top_open(top, &delta);
	hd_rates_fill(&top->table, &delta, &top->rates);
	hd_delta_close(&delta);
}

/**
 * hd_top_clock() - format the time of the newest snapshot
 * @top: filled
 * @buf: receives the text
 */
const char *hd_top_clock(const struct hd_top *top, char buf[16])
{
	time_t seconds = top->rates.wall_ns / S;
	struct tm tm;

	if (!localtime_r(&seconds, &tm) ||
	    !strftime(buf, 16, "%H:%M:%S", &tm))
		return "-";
	return buf;
}

/**
 * hd_top_print() - print the table
 * @top: filled
 */
void hd_top_print(struct hd_top *top)
{
	char line[HD_RATES_LINE], clock[16];

	hd_print("%s %s\n", hd_top_clock(top, clock),
		 hd_rates_line(&top->rates, line));
	hd_table_print(&top->table);
	hd_print("\n");
	hd_flush();
}

static char *copy_word(const char *text)
{
	return hd_table_word(text ? text : "");
}

/**
 * hd_top_key_set() - remember a line
 * @key: set; its earlier contents are freed
 * @by: the key of the roll-up
 * @cell: the line
 */
void hd_top_key_set(struct hd_top_key *key, enum hd_by by,
		    const union hd_cell *cell)
{
	free(key->comm);
	free(key->cgroup);
	key->by = by;
	key->tid = cell[HD_TID].value;
	key->tgid = cell[HD_TGID].value;
	key->comm = copy_word(cell[HD_COMM].text);
	key->cgroup = copy_word(cell[HD_CGROUP].text);
}

/**
 * hd_top_key_is() - does a key belong to a line?
 * @key: set
 * @cell: the line, of a table that is rolled up by the same key
 */
bool hd_top_key_is(const struct hd_top_key *key, const union hd_cell *cell)
{
	switch (key->by) {
	case HD_BY_PROCESS:
		return key->tgid == cell[HD_TGID].value;
	case HD_BY_COMM:
		return !strcmp(key->comm, cell[HD_COMM].text);
	case HD_BY_CGROUP:
		return !strcmp(key->cgroup, cell[HD_CGROUP].text);
	default:
		return key->tid == cell[HD_TID].value &&
		       (key->tid != HD_ABSENT ||
			!strcmp(key->comm, cell[HD_COMM].text));
	}
}
