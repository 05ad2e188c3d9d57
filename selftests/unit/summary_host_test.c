// SPDX-License-Identifier: GPL-2.0-only
/* The summary of a reader on the live host: names of parents, limits. */
#include "summary_build.h"

static bool has_limit(u32 tid, u32 error, const char *call, char *buf, size_t size)
{
	snprintf(buf, size, "%s of %u", call, tid);
	return error == E_MFILE;
}

static bool has_name(u32 pid, u64 when_ns, char *buf, size_t size)
{
	snprintf(buf, size, "supd");
	return pid == 4711 && when_ns < sum_now_ns;
}

/* what only a reader on the live host knows */
void test_summary_host(void)
{
	static const struct hd_summary_host knows = { has_limit, has_name };
	const char *text;
	u32 i;

	sum_begin(HOUR);
	sum_fed.host = &knows;
	sum_feed_task(9, "full");
	sum_feed_recent(ACCEPT4, E_MFILE, 1000, 0, (const u32[]){ 9, 9, 9, 9 }, 9, 0);
	sum_feed_task(8, "was");
	sum_feed_recent(ACCEPT4, E_MFILE, 1000, MINUTE, (const u32[]){ 0, 0, 0, 0 }, 9, MINUTE);
	for (i = 3; i; i--)
		sum_feed_end(100 + i, 100 + i, "shopd", 11, i * SECOND);
	text = sum_print();
	sum_has(text, "just now\n    its limit: accept4 of 9\n",
		"the limit that a call fails by");
	sum_hasnt(text, "accept4 of 8", "no limit of a call that no longer fails");
	sum_has(text, "shopd (parent 812) SIGSEGV", "a parent whose name is not known");

	/* a script with a pipe: each part of it has a parent of its own */
	sum_begin(HOUR);
	sum_fed.host = &knows;
	for (i = 256; i; i--)
		if (i % 4)
			sum_feed_death("cat", 10000 + i, i * SECOND / 120);
		else
			sum_feed_death("check", 4711, i * SECOND / 120);
	sum_has(sum_print(), "mostly cat, many check (parent 4711, supd): /proc/",
		"the parent of many of the ended tasks");
}
