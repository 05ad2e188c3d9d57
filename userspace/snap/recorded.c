// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include "pure/sum.h"
#include "snap/recorded.h"

#define S	1000000000ull
#define MS	1000000ull

/**
 * hd_recorded_name() - make the name of the file of a snapshot
 * @wall_ns: time of the snapshot, since 1970
 * @name: receives the name; names sort by time
 */
void hd_recorded_name(u64 wall_ns, char name[HD_RECORDED_LEN])
{
	time_t seconds = wall_ns / S;
	char text[HD_RECORDED_LEN] = "";
	struct tm tm;

	if (gmtime_r(&seconds, &tm))
		strftime(text, sizeof(text), "%Y%m%dT%H%M%S", &tm);
	snprintf(name, HD_RECORDED_LEN, "%.15s.%03uZ.snap", text,
		 (u32)(wall_ns / MS % 1000));
}

/* files with other names in the directory are never touched */
static bool is_name(const char *name)
{
	const char *form = "ddddddddTdddddd.dddZ.snap";

	if (strlen(name) != strlen(form))
		return false;
	for (; *form; form++, name++)
		if (*form == 'd' && isdigit((unsigned char)*name))
			continue;
		else if (*form != *name)
			return false;
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/**
 * hd_recorded_list() - list the files of a directory
 * @dir: name of the directory
 * @names: empty; filled, the oldest first
 *
 * Return: false if it cannot be read; errno is set.
 */
bool hd_recorded_list(const char *dir, struct hd_lines *names)
{
	DIR *at = opendir(dir);
	struct dirent *entry;
	int error;

	if (!at)
		return false;
	errno = 0;
	while ((entry = readdir(at)))
		if (is_name(entry->d_name))
			hd_lines_add(names, "%s", entry->d_name);
	error = errno;
	closedir(at);
	if (names->used)
		qsort(names->text, names->used, sizeof(*names->text), by_name);
	errno = error;
	return !error;
}

/* Return: false if the record is a slow event that was recorded before. */
static bool is_new(struct hd_trim *trim, const u8 *data,
		   const struct hostdiag_record *rec)
{
	struct hostdiag_slow slow;

	if (rec->type != HOSTDIAG_SLOW)
		return true;
	memcpy(&slow, data, offsetof(struct hostdiag_slow, when_ns));
	if (slow.seq < trim->next_seq)
		return false;
	trim->next_seq = slow.seq + 1;
	return true;
}

/*
 * Update the header and the last record of the copy, after all other records were
 * copied.  Those of an older module have no room for some of the fields.
 */
static void finish_copy(u8 *data, u8 *last, const struct hostdiag_header *head,
			u64 records)
{
	size_t known = head->header_size;
	struct hostdiag_record rec;
	u64 sum;

	memcpy(data, head, known < sizeof(*head) ? known : sizeof(*head));
	memcpy(last + offsetof(struct hostdiag_end, records), &records,
	       sizeof(records));
	memcpy(&rec, last, sizeof(rec));
	if (rec.fixed < sizeof(struct hostdiag_end))
		return;
	last += offsetof(struct hostdiag_end, sum);
	sum = hd_sum(HOSTDIAG_SUM_START, data, last - data);
	memcpy(last, &sum, sizeof(sum));
}

/**
 * hd_trim() - copy a snapshot without the slow events recorded before
 * @trim: state after the last snapshot; all zeroes: there was none
 * @snap: opened
 * @size: set to the size of the copy
 *
 * Return: the copy, freed by the caller.
 */
u8 *hd_trim(struct hd_trim *trim, const struct hd_snapshot *snap, size_t *size)
{
	const u8 *from = snap->data, *end = from + snap->size;
	u8 *data = malloc(snap->size), *to = data;
	struct hostdiag_header head = snap->head;
	struct hostdiag_record rec = { .size = 0 };
	u64 records = 0;

	if (!data)
		hd_die("out of memory");
	if (trim->since_ns != head.since_ns)
		trim->next_seq = 0;
	trim->since_ns = head.since_ns;

	memcpy(to, from, head.header_size);
	to += head.header_size;
	for (from += head.header_size; from < end; from += rec.size) {
		memcpy(&rec, from, sizeof(rec));
		if (!is_new(trim, from, &rec)) {
			head.flags |= HOSTDIAG_F_TRIMMED;
			head.slow_from_ns = trim->now_ns;
			continue;
		}
		memcpy(to, from, rec.size);
		to += rec.size;
		records++;
	}
	finish_copy(data, to - rec.size, &head, records - 1);
	trim->now_ns = head.now_ns;
	*size = to - data;
	return data;
}
