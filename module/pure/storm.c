// SPDX-License-Identifier: GPL-2.0-only
/* Storms, compared and in words; see storm.h. */
#include "pure/human.h"
#include "pure/storm.h"

static u64 length_ns(const struct hd_storm *storm, u64 now_ns)
{
	u64 end_ns = storm->end_ns ? storm->end_ns : now_ns;

	return end_ns > storm->begin_ns ? end_ns - storm->begin_ns : 0;
}

/**
 * hd_storm_is_worse() - was a storm worse than another one?
 * @a: it
 * @b: the other one
 * @now_ns: the time, by the clock of their times
 *
 * What counts is how long all tasks together were blocked.
 */
bool hd_storm_is_worse(const struct hd_storm *a, const struct hd_storm *b,
		       u64 now_ns)
{
	/* in parts of 2^20 ns, of which more than a century fits */
	return (length_ns(a, now_ns) >> 20) * a->tasks >
	       (length_ns(b, now_ns) >> 20) * b->tasks;
}

/**
 * hd_storm_say() - a storm, in one sentence
 * @out: where to; without the newline
 * @storm: it
 * @now_ns: the time, by the clock of its times
 */
void hd_storm_say(struct hd_out *out, const struct hd_storm *storm, u64 now_ns)
{
	char ago[HD_HUMAN_LEN], length[HD_HUMAN_LEN];

	hd_human_time(length_ns(storm, now_ns), length);
	if (storm->end_ns)
		hd_out_printf(out, "%u tasks for %s, until %s ago: %s", storm->tasks,
			      length, hd_human_time(now_ns - storm->end_ns, ago),
			      storm->worst);
	else
		hd_out_printf(out, "%u tasks for %s, until now: %s", storm->tasks,
			      length, storm->worst);
}

/**
 * hd_storm_print() - a storm, with what waited and what had been done, in lines
 * @out: where to
 * @storm: it
 * @now_ns: the time, by the clock of its times
 */
void hd_storm_print(struct hd_out *out, const struct hd_storm *storm, u64 now_ns)
{
	const char *line = storm->text, *end;

	hd_storm_say(out, storm, now_ns);
	hd_out_printf(out, "\n");
	for (; *line; line = *end ? end + 1 : end) {
		end = line;
		while (*end && *end != '\n')
			end++;
		hd_out_printf(out, "  %.*s\n", (int)(end - line), line);
	}
}
