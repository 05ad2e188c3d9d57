// SPDX-License-Identifier: GPL-2.0-only
/* Lists of the worst lines; see summary_list.h. */
#include "pure/summary_list.h"
#include "pure/summary_rank.h"

#define HASH_BEGIN	0xcbf29ce484222325ull	/* FNV-1a */
#define HASH_PRIME	0x100000001b3ull

/**
 * hd_summary_key() - add a part to the key of a line
 * @hash: key of the parts before
 * @bytes: the part
 * @len: its length
 *
 * Return: the key so far.
 */
u64 hd_summary_key(u64 hash, const void *bytes, size_t len)
{
	const u8 *byte = bytes;

	while (len--)
		hash = (hash ^ *byte++) * HASH_PRIME;
	return hash;
}

/**
 * hd_summary_key_text() - add text to the key of a line
 * @hash: key of the parts before
 * @text: the text, up to a NUL or @size
 * @size: the most bytes to read
 */
u64 hd_summary_key_text(u64 hash, const char *text, size_t size)
{
	return hd_summary_key(hash, text, strnlen(text, size)) * HASH_PRIME;
}

/**
 * hd_summary_key_comm() - begin a key with the comm
 * @comm: raw bytes
 */
u64 hd_summary_key_comm(const char comm[HOSTDIAG_COMM_LEN])
{
	return hd_summary_key_text(HASH_BEGIN, comm, HOSTDIAG_COMM_LEN);
}

/**
 * hd_summary_key_call() - add a syscall to the key of a line
 * @hash: key of the parts before
 * @abi: table of @nr
 * @nr: number of the syscall
 */
u64 hd_summary_key_call(u64 hash, u32 abi, u32 nr)
{
	return hd_summary_key(hd_summary_key(hash, &abi, sizeof(abi)), &nr, sizeof(nr));
}

/**
 * hd_summary_put_path() - escape a path, and keep its end, which names the file
 * @to: filled; "" for no path
 * @path: raw bytes, up to a NUL or @size
 * @size: the most bytes to read
 */
void hd_summary_put_path(char to[HD_SUMMARY_TEXT], const char *path, size_t size)
{
	size_t len = strnlen(path, size), from = len, used = 0, width;
	char byte[8];

	while (from) {
		width = strlen(hd_escape(path + from - 1, 1, byte, sizeof(byte)));
		if (used + width >= HD_SUMMARY_TEXT)
			break;
		used += width;
		from--;
	}
	to[0] = '\0';
	if (len)
		hd_escape(path + from, len - from, to, HD_SUMMARY_TEXT);
	if (from)
		memcpy(to, "...", 3);
}

/* does the place begin with a function that is the same for all kinds of waits? */
static bool is_wait(const char *place)
{
	static const char *const begins[] = {
		"schedule", "io_schedule", "__wait_for_common",
		"wait_for_completion", "wait_for_common",
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(begins); i++)
		if (!strncmp(place, begins[i], strlen(begins[i])))
			return true;
	return false;
}

/**
 * hd_summary_put_place() - escape a place, without leading functions of all waits
 * @to: filled with whole functions; "" for no place
 * @place: raw bytes, up to a NUL or @size
 * @size: the most bytes to read
 */
void hd_summary_put_place(char to[HD_SUMMARY_TEXT], const char *place, size_t size)
{
	const char *end = place + strnlen(place, size), *caller;
	size_t len;
	char *cut;

	while (is_wait(place)) {
		caller = memchr(place, '<', end - place);
		if (!caller)
			break;
		place = caller + 1;
	}
	len = end - place;
	to[0] = '\0';
	if (len)
		hd_escape(place, len, to, HD_SUMMARY_TEXT);
	cut = strrchr(to, '<');
	if (strlen(to) < len && cut)
		*cut = '\0';
}

static void merge_line(u32 which, struct hd_summary_line *to,
		       const struct hd_summary_line *from)
{
	u32 i;

	if (hd_summary_rules[which].has_task_once)
		to->tasks += from->tasks;
	else if (to->tid != from->tid)
		to->tasks = 0;
	/* the same call in both: the sum of their shares is a lower bound */
	if (which == HD_SUMMARY_BUSY && from->abi == to->abi &&
	    from->nr == to->nr) {
		to->most = hd_add(to->most, from->most);
	} else if (from->most > to->most) {
		to->most = from->most;
		to->tid = from->tid;
		to->abi = from->abi;
		to->nr = from->nr;
		to->error = from->error;
		to->fd = from->fd;
		memcpy(to->what, from->what, sizeof(to->what));
		memcpy(to->place, from->place, sizeof(to->place));
	}
	if (!hd_summary_rules[which].is_longest)
		to->value = hd_add(to->value, from->value);
	else if (to->value < from->value)
		to->value = from->value;
	to->count = hd_add(to->count, from->count);
	if (to->max_ns < from->max_ns)
		to->max_ns = from->max_ns;
	if (to->last_ns < from->last_ns)
		to->last_ns = from->last_ns;
	if (to->urgency < from->urgency)
		to->urgency = from->urgency;
	to->slices |= from->slices;
	for (i = 0; i < HD_SUMMARY_PARTS; i++)
		to->part[i] = hd_add(to->part[i], from->part[i]);
}

/**
 * hd_list_keep() - add a row to a list
 * @sum: the summary
 * @which: enum hd_summary_list
 * @line: a line of this row alone
 */
void hd_list_keep(struct hd_summary *sum, u32 which,
		  const struct hd_summary_line *line)
{
	struct hd_summary_line *list = sum->list[which], *least = list;
	u32 i;

	for (i = 0; i < sum->used[which]; i++) {
		if (list[i].key == line->key) {
			merge_line(which, &list[i], line);
			return;
		}
		/* among equals the first ones are kept */
		if (!hd_rank_before(&list[i], least))
			least = &list[i];
	}
	if (i < HD_SUMMARY_KEPT)
		list[sum->used[which]++] = *line;
	else if (!hd_summary_rules[which].is_longest || hd_rank_before(line, least))
		*least = *line;
}

/**
 * hd_list_sort() - sort a list
 * @sum: the summary
 * @which: enum hd_summary_list
 *
 * The worst line comes first; among equals, the one that was added first.
 */
void hd_list_sort(struct hd_summary *sum, u32 which)
{
	struct hd_summary_line *list = sum->list[which], line;
	u32 i, k;

	for (i = 1; i < sum->used[which]; i++) {
		line = list[i];
		for (k = i; k && hd_rank_before(&line, &list[k - 1]); k--)
			list[k] = list[k - 1];
		list[k] = line;
	}
}
