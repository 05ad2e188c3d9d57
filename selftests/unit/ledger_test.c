// SPDX-License-Identifier: GPL-2.0-only
/* Acts of the ledger: a line of the file, read again, and in words. */
#include <stdlib.h>
#include <unistd.h>
#include "host/ledger.h"
#include "pure/columns.h"
#include "pure/render.h"
#include "tap.h"

#define SECOND	1000000000ull

static struct hd_ledger_row act(u32 act, u32 state, u64 when_ns)
{
	struct hd_ledger_row row = {
		.nr = 1, .act = act, .state = state, .when_ns = when_ns,
		.count = 1, .target = HD_ABSENT, .has_ended = true,
		.who = { .tid = 4711, .tgid = 4711, .comm = "fsfreeze" },
	};

	return row;
}

static void check_sentence(const struct hd_ledger_row *row, const char *want)
{
	struct hd_out *out = capture_out();

	hd_ledger_say(out, row, 100 * SECOND);
	check_string(captured(), want, "an act, in words");
}

static void test_words(void)
{
	struct hd_ledger_row row = act(HD_ACT_FREEZE, HD_ACT_STANDS, 7 * SECOND);

	strcpy(row.object, "ext4:sda1");
	check_sentence(&row, "file system ext4:sda1 was frozen 1m33s ago by fsfreeze[4711], which has ended");
	row.state = HD_ACT_UNDONE;
	row.end_ns = 99 * SECOND;
	row.undo = (struct hd_blocked_who){ .tid = 5, .comm = "x" };
	check_sentence(&row, "file system ext4:sda1 was frozen 1m33s ago by fsfreeze[4711], which has ended, and thawed 1.00s ago by x[5]");
	row = act(HD_ACT_CPU, HD_ACT_STANDS, 7 * SECOND);
	row.target = 3;
	row.has_ended = false;
	check_sentence(&row, "CPU 3 was taken off 1m33s ago by fsfreeze[4711]");
	row = act(HD_ACT_DISK, HD_ACT_DONE, 7 * SECOND);
	memset(&row.who, 0, sizeof(row.who));
	strcpy(row.object, "sdb");
	row.count = 3;
	check_sentence(&row, "disk sdb had an error 1m33s ago, 3 times so far");
	row = act(HD_ACT_SYNC, HD_ACT_BEGUN, 7 * SECOND);
	row.has_ended = false;
	check_sentence(&row, "file systems were synced 1m33s ago by fsfreeze[4711], and that call has not returned");
}

static void test_stalls(void)
{
	struct hd_ledger_row row = act(HD_ACT_STOP, HD_ACT_STANDS, 7 * SECOND);
	struct hd_stalls stalls = { .len = 0 };
	u32 i;

	row.target = 9;
	hd_stalls_add(&stalls, &row, 5 * SECOND);
	check_number(stalls.len, 0, "an act of a moment ago stalls nothing");
	row.target = 4711;
	hd_stalls_add(&stalls, &row, 8 * SECOND);
	check_number(stalls.len, 0, "a task that stopped itself is not stalled");
	row.target = 9;
	for (i = 0; i < HD_STALLS + 2; i++)
		hd_stalls_add(&stalls, &row, 8 * SECOND);
	row = act(HD_ACT_FREEZE, HD_ACT_STANDS, 7 * SECOND);
	hd_stalls_add(&stalls, &row, 8 * SECOND);
	check_number(stalls.len, HD_STALLS, "there are as many as fit");
	check_number(stalls.more, 3, "the others are counted");
	check_number(stalls.row[0].act, HD_ACT_FREEZE, "the worst kind is first");
	row.state = HD_ACT_UNDONE;
	hd_stalls_add(&stalls, &row, 8 * SECOND);
	check_number(stalls.more, 3, "an act that was undone stalls nothing");
}

static void test_file(void)
{
	struct hd_ledger_row row = act(HD_ACT_STOP, HD_ACT_STANDS, 7 * SECOND), got;
	char name[] = "/tmp/ledger-XXXXXX";
	struct hd_out *out = capture_out();
	int fd = mkstemp(name);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	row.target = 12;
	strcpy(row.object, "a b\n");
	hd_render_ledger(out, &row);
	if (!file) {
		check(false, "a file can be made");
		return;
	}
	fprintf(file, "# head\n%s", captured());
	fclose(file);
	check(hd_ledger_standing(name, HD_ACT_STOP, 12, &got),
	      "an act is found by its number");
	check_string(got.object, row.object, "its object is as it was");
	check_string(got.who.comm, "fsfreeze", "and who did it");
	check(got.has_ended && got.count == 1 && got.when_ns == row.when_ns &&
	      !got.undo.tid, "and the rest");
	check(!hd_ledger_standing(name, HD_ACT_STOP, 13, &got),
	      "another one is not");
	check(!hd_ledger_standing(name, HD_ACT_TRACE, 12, &got),
	      "nor another kind");
	unlink(name);
}

void test_ledger(void)
{
	test_words();
	test_stalls();
	test_file();
}
