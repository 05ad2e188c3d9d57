// SPDX-License-Identifier: GPL-2.0-only
/* Waits in the kernel: the lines of the file, and the tree of roots. */
#include <stdlib.h>
#include <unistd.h>
#include "host/blocked.h"
#include "pure/blocked_tree.h"
#include "pure/render.h"
#include "tap.h"

static struct hd_blocked_who who(u32 tid, const char *comm)
{
	struct hd_blocked_who who = { .tid = tid, .tgid = tid };

	strncpy(who.comm, comm, sizeof(who.comm) - 1);
	return who;
}

static struct hd_blocked_row waits(u32 tid, u64 age_ns, const char *place)
{
	struct hd_blocked_row row = {
		.self = who(tid, "waiter"), .state = 'D', .age_ns = age_ns,
	};

	strcpy(row.place, place);
	return row;
}

static struct hd_blocked_row waits_for(u32 tid, u64 age_ns, const char *lock,
				       u32 holder, u32 root, u32 links)
{
	struct hd_blocked_row row = waits(tid, age_ns, "__mutex_lock<f");

	row.wait = HD_AWAITS_MUTEX;
	row.hold = HD_HOLD_HELD;
	row.holder = who(holder, "holder");
	row.root = who(root, "root it is");
	row.links = links;
	strcpy(row.object, lock);
	return row;
}

static void make_tree(struct hd_blocked_tree *tree,
		      const struct hd_blocked_row *row, u32 rows)
{
	u32 i;

	memset(tree, 0, sizeof(*tree));
	for (i = 0; i < rows; i++)
		hd_blocked_add_behind(tree, &row[i]);
	for (i = 0; i < rows; i++)
		hd_blocked_add_other(tree, &row[i]);
	hd_blocked_sort(tree);
}

static u32 lines_in(const char *text)
{
	u32 lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

#define CROWD	1000u
static struct hd_blocked_row row[CROWD + 8];
static struct hd_blocked_tree tree;

static void test_root(void)
{
	u32 i;

	for (i = 0; i < CROWD; i++)
		row[i] = waits_for(1000 + i, i * 1000000ull, "rtnl_mutex", 7, 7,
				   1);
	row[i++] = waits_for(5000, 5000000000ull, "m", 1000, 7, 2);
	row[i++] = waits(7, 6000000000ull, "submit_bio_wait<g");
	row[i++] = waits(8, HD_AGE_UNKNOWN, "nfs_wait");
	row[i++] = waits(9, 1000000000ull, "nfs_wait");
	make_tree(&tree, row, i);
	hd_blocked_print(capture_out(), &tree, 20);
	check_string(captured(),
		     "root\\040it\\040is[7] holds mutex rtnl_mutex, 1001 wait behind it, the longest for 5.00s\n"
		     "  root\\040it\\040is[7] waits itself, at submit_bio_wait<g, for 6.00s\n"
		     "  1000 wait for mutex rtnl_mutex, such as waiter[1999] for 999ms\n"
		     "  1 waits for mutex m, such as waiter[5000] for 5.00s\n"
		     "2 wait at nfs_wait, the longest for 1.00s, such as waiter[9]\n",
		     "blocked: a thousand behind one, and what it waits for");
}

static void test_circle(void)
{
	u32 i;

	for (i = 0; i < 100; i++)
		row[i] = waits_for(1000 + i, 1, "busy", 7, 7, 1);
	row[i] = waits_for(20, 2000000000ull, "a", 21, 20, 2);
	row[i++].is_circle = true;
	row[i] = waits_for(21, 2000000000ull, "b", 20, 20, 2);
	row[i++].is_circle = true;
	make_tree(&tree, row, i);
	hd_blocked_say_root(capture_out(), &tree.root[0]);
	check_string(captured(),
		     "deadlock: root\\040it\\040is[20] and others wait for each other, 1 waits behind it, the longest for 2.00s",
		     "blocked: a deadlock comes first");
}

/* every task is somewhere, however many there are, and all of it is a screen */
static void test_many(void)
{
	u32 round, i, j, rows, sum, wrong = 0;
	char lock[16];

	for (round = 0; round < 200; round++) {
		rows = 1 + test_random() % CROWD;
		for (i = 0; i < rows; i++) {
			sprintf(lock, "l%u", (u32)(test_random() % 90));
			if (test_random() % 2)
				row[i] = waits(1000 + i, i, lock);
			else
				row[i] = waits_for(1000 + i, i, lock, 5,
						   test_random() % 90 + 1, 1);
		}
		make_tree(&tree, row, rows);
		sum = tree.more;
		for (i = 0; i < tree.len; i++) {
			sum += tree.root[i].tasks;
			for (j = 0; j < tree.root[i].ways; j++)
				wrong += !tree.root[i].way[j].tasks;
		}
		wrong += sum != rows;
		hd_blocked_print(capture_out(), &tree, 20);
		wrong += lines_in(captured()) > 20;
	}
	check(!wrong, "blocked: every task is counted once, in 20 lines at most");
}

static void collect(const struct hd_blocked_row *from, void *priv)
{
	u32 *rows = priv;

	row[(*rows)++] = *from;
}

/* the reader parses the lines that the module prints */
static void test_parse(void)
{
	char name[] = "/tmp/hostdiag-blocked-XXXXXX";
	struct hd_blocked_row want[3];
	FILE *file = fdopen(mkstemp(name), "w");
	struct hd_out *out = capture_out();
	u32 i, rows = 0;

	want[0] = waits_for(4711, 5, "inode:sda1:12", 3, 2, 2);
	strcpy(want[0].self.comm, "a b\\c-\n");
	want[1] = waits(1, HD_AGE_UNKNOWN, "");
	want[2] = waits_for(20, 1, "@123456", 21, 20, 2);
	want[2].is_circle = true;
	want[2].hold = HD_HOLD_READER;
	hd_out_printf(out, "# hostdiag blocked v1\n");
	hd_out_printf(out, "%s", HD_COLUMN_LINE(BLOCKED));
	for (i = 0; i < ARRAY_SIZE(want); i++)
		hd_render_blocked(out, &want[i]);
	fputs(captured(), file);
	fclose(file);
	check(hd_blocked_each(name, collect, &rows) &&
	      rows == ARRAY_SIZE(want) && !memcmp(row, want, sizeof(want)),
	      "blocked: a line is read as it was written");
	unlink(name);
	check(!hd_blocked_each(name, collect, &rows), "blocked: no file");
}

void test_blocked(void)
{
	test_root();
	test_circle();
	test_many();
	test_parse();
}
