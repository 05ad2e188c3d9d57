// SPDX-License-Identifier: GPL-2.0-only
/* Numbers for people; see human.h. */
#include "pure/human.h"

#define NS_PER_MS	1000000ull
#define NS_PER_S	(HD_MS_PER_S * NS_PER_MS)
#define NS_PER_MIN	(60 * NS_PER_S)
#define NS_PER_HOUR	(60 * NS_PER_MIN)
#define NS_PER_DAY	(24 * NS_PER_HOUR)

struct hd_unit {
	u64 size;
	const char *name;
};

/* three digits: 1.23 12.3 123 */
static const char *scale_value(u64 value, const struct hd_unit *unit,
			       char buf[HD_HUMAN_LEN])
{
	u64 whole = value / unit->size;
	u32 hundredths = 0;

	if (unit->size >= 100)
		hundredths = value % unit->size / (unit->size / 100);
	if (unit->size == 1 || whole >= 100)
		snprintf(buf, HD_HUMAN_LEN, "%llu%s", whole, unit->name);
	else if (whole >= 10)
		snprintf(buf, HD_HUMAN_LEN, "%llu.%u%s", whole,
			 hundredths / 10, unit->name);
	else
		snprintf(buf, HD_HUMAN_LEN, "%llu.%02u%s", whole, hundredths,
			 unit->name);
	return buf;
}

/* two units, such as 2m37s; the smaller one has the remainder */
static const char *two_units(u64 ns, u64 large, char large_name, u64 small,
			     char small_name, char buf[HD_HUMAN_LEN])
{
	snprintf(buf, HD_HUMAN_LEN, "%llu%c%02u%c", ns / large, large_name,
		 (u32)(ns % large / small), small_name);
	return buf;
}

/**
 * hd_human_time() - format a duration
 * @ns: the duration
 * @buf: buffer for the text
 *
 * Return: @buf: "0", "999ns", "1.23us", "45.6ms", "59.9s", "2m37s", "3h05m",
 * "3d00h".
 */
const char *hd_human_time(u64 ns, char buf[HD_HUMAN_LEN])
{
	static const struct hd_unit units[] = {
		{ 1, "ns" }, { 1000, "us" }, { 1000000, "ms" },
		{ NS_PER_S, "s" },
	};
	u32 i = ARRAY_SIZE(units) - 1;

	if (ns >= NS_PER_DAY)
		return two_units(ns, NS_PER_DAY, 'd', NS_PER_HOUR, 'h', buf);
	if (ns >= NS_PER_HOUR)
		return two_units(ns, NS_PER_HOUR, 'h', NS_PER_MIN, 'm', buf);
	if (ns >= NS_PER_MIN)
		return two_units(ns, NS_PER_MIN, 'm', NS_PER_S, 's', buf);
	while (i && ns < units[i].size)
		i--;
	if (ns)
		return scale_value(ns, &units[i], buf);
	snprintf(buf, HD_HUMAN_LEN, "0");
	return buf;
}

/**
 * hd_human_count() - format a number
 * @count: the number; below 100000 all digits are shown
 * @buf: buffer for the text
 *
 * Return: @buf: "12345", "123k", "4.56M".
 */
const char *hd_human_count(u64 count, char buf[HD_HUMAN_LEN])
{
	static const struct hd_unit units[] = {
		{ 1, "" }, { 1000, "k" }, { 1000000, "M" },
		{ 1000000000, "G" }, { 1000000000000ull, "T" },
		{ 1000000000000000ull, "P" }, { 1000000000000000000ull, "E" },
	};
	u32 i = ARRAY_SIZE(units) - 1;

	if (count < 100000)
		i = 0;
	while (i && count < units[i].size)
		i--;
	return scale_value(count, &units[i], buf);
}

/**
 * hd_rate() - scale a number of events to another time
 * @count: number of events
 * @ns: the time in which they were counted
 * @other_ms: the other time
 *
 * Return: the number of events in @other_ms, rounded down; 0 where @ns is less
 * than a millisecond.
 */
u64 hd_rate(u64 count, u64 ns, u32 other_ms)
{
	u64 ms = ns / NS_PER_MS;

	if (!ms)
		return 0;
	/* avoid overflow of the product */
	return count >> 32 ? count / ms * other_ms : count * other_ms / ms;
}

/**
 * hd_human_rate() - format a rate
 * @count: number of events
 * @ns: the time in which they were counted; less than a second counts as one
 * @buf: buffer for the text
 *
 * Return: @buf: "1204/s", "68/min", "3/h".
 */
const char *hd_human_rate(u64 count, u64 ns, char buf[HD_HUMAN_LEN])
{
	char number[HD_HUMAN_LEN];
	u64 per_s;

	if (ns < NS_PER_S)
		ns = NS_PER_S;
	per_s = hd_rate(count, ns, HD_MS_PER_S);
	if (per_s >= 10)
		snprintf(buf, HD_HUMAN_LEN, "%s/s",
			 hd_human_count(per_s, number));
	else if (hd_rate(count, ns, 60 * HD_MS_PER_S))
		snprintf(buf, HD_HUMAN_LEN, "%u/min",
			 (u32)hd_rate(count, ns, 60 * HD_MS_PER_S));
	else
		snprintf(buf, HD_HUMAN_LEN, "%u/h",
			 (u32)hd_rate(count, ns, 3600 * HD_MS_PER_S));
	return buf;
}
