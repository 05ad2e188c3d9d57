// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include "host/ledger.h"
#include "host/words.h"
#include "pure/columns.h"

#define LINE_LEN	1024

static const char *act_name(u32 nth)
{
	return hd_act_name(nth);
}

static const char *state_name(u32 nth)
{
	return hd_act_state_name(nth);
}

static bool parse(char *line, struct hd_ledger_row *row)
{
	memset(row, 0, sizeof(*row));
	row->when_ns = hd_next_number(&line, 0);
	row->act = hd_find_name(act_name, HD_ACTS, hd_next_word(&line));
	row->state = hd_find_name(state_name, HD_ACT_STATES, hd_next_word(&line));
	hd_next_who(&line, &row->who);
	row->has_ended = hd_next_number(&line, 0);
	row->count = hd_next_number(&line, 0);
	row->end_ns = hd_next_number(&line, 0);
	row->undo.tid = hd_next_number(&line, 0);
	hd_next_text(&line, row->undo.comm, sizeof(row->undo.comm));
	row->target = hd_next_number(&line, HD_ABSENT);
	hd_next_text(&line, row->object, sizeof(row->object));
	return row->when_ns && row->state;
}

/**
 * hd_ledger_each() - go through the acts of the ledger, the newest last
 * @file: HD_LEDGER_FILE, or a copy of it
 * @act: called for each
 * @priv: for it
 *
 * Return: false where it can't be read; errno says why.
 */
bool hd_ledger_each(const char *file,
		    void (*act)(const struct hd_ledger_row *row, void *priv),
		    void *priv)
{
	struct hd_ledger_row row;
	char line[LINE_LEN];
	FILE *from = fopen(file, "re");

	if (!from)
		return false;
	/* its first lines say what it is, and name its columns */
	while (fgets(line, sizeof(line), from))
		if (line[0] != '#' && parse(line, &row))
			act(&row, priv);
	fclose(from);
	return true;
}

struct search {
	u32 act;
	u64 target;
	bool found;
	struct hd_ledger_row *row;
};

static void compare(const struct hd_ledger_row *row, void *priv)
{
	struct search *search = priv;

	if (search->found || row->act != search->act ||
	    row->state != HD_ACT_STANDS || row->target != search->target)
		return;
	*search->row = *row;
	search->found = true;
}

/**
 * hd_ledger_standing() - an act that was done to something, and not undone
 * @file: HD_LEDGER_FILE, or a copy of it
 * @act: enum hd_act
 * @target: number of that thing
 * @row: filled
 *
 * Return: false where none stands that is known.
 */
bool hd_ledger_standing(const char *file, u32 act, u64 target,
			struct hd_ledger_row *row)
{
	struct search search = { .act = act, .target = target, .row = row };

	hd_ledger_each(file, compare, &search);
	return search.found;
}
