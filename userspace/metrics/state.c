// SPDX-License-Identifier: GPL-2.0-only
/*
 * The state of the last run, in a file: a head, the series, and the snapshot of
 * that run.  The state of another module, boot or reader is ignored, and counting
 * begins at 0.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "metrics/metrics.h"
#include "snap/load.h"
#include "util.h"
#include "version.h"

#define MAGIC	"hdstate"

struct head {
	char magic[8];
	char version[16];	/* version of the reader */
	u64 size;		/* size of this struct, which differs between readers */
	u64 nr_series;
	u64 snapshot_size;		/* bytes */
	struct hd_points added[HD_COUNTERS];
	struct hd_points shown[HD_COUNTERS];
};

struct saved {
	u32 family;
	u32 is_rest;
	struct hd_points points;
	char labels[HD_LABELS_LEN];
};

static void fill_head(struct head *head)
{
	memset(head, 0, sizeof(*head));
	memcpy(head->magic, MAGIC, sizeof(MAGIC));
	snprintf(head->version, sizeof(head->version), "%s", HD_VERSION);
	head->size = sizeof(*head);
}

static bool read_head(FILE *from, struct head *head)
{
	struct head mine;

	fill_head(&mine);
	return fread(head, sizeof(*head), 1, from) &&
	       !memcmp(head, &mine, offsetof(struct head, nr_series));
}

/* a file of something else, named by mistake, must not be overwritten */
static bool is_other_file(FILE *from)
{
	char magic[sizeof(MAGIC)];
	size_t len = fread(magic, 1, sizeof(magic), from);

	rewind(from);
	return len && (len < sizeof(magic) || memcmp(magic, MAGIC, len));
}

/* bytes of a damaged file must not get into the text format */
static bool is_text(const char labels[HD_LABELS_LEN])
{
	char utf8[HD_UTF8_LEN(HD_LABELS_LEN)];
	const char *at;

	if (!memchr(labels, '\0', HD_LABELS_LEN))
		return false;
	for (at = labels; *at; at++)
		if (iscntrl((unsigned char)*at))
			return false;
	hd_utf8(labels, HD_LABELS_LEN, utf8);
	return !strcmp(labels, utf8);
}

static bool read_series(FILE *from, struct hd_metrics *metrics)
{
	struct hd_series *series;
	struct saved saved;

	if (!fread(&saved, sizeof(saved), 1, from) ||
	    saved.family >= HD_COUNTERS || !is_text(saved.labels))
		return false;
	series = hd_series_get(metrics, saved.family, saved.labels);
	series->is_named = true;
	series->is_rest = saved.is_rest;
	series->points = saved.points;
	return true;
}

static bool read_snapshot(FILE *from, struct hd_metrics *metrics, u64 size,
			  const struct hd_snapshot *now)
{
	struct stat stat;
	u8 *data;

	if (fstat(fileno(from), &stat) || size > (u64)stat.st_size)
		return false;
	data = malloc(size);
	if (!data)
		hd_die("out of memory");
	return fread(data, 1, size, from) == size &&
	       !hd_snapshot_open(&metrics->last, data, size) &&
	       metrics->last.head.since_ns == now->head.since_ns &&
	       metrics->last.head.now_ns <= now->head.now_ns;
}

static bool read_state(FILE *from, struct hd_metrics *metrics,
		       const struct hd_snapshot *now)
{
	struct head head;
	u64 i;

	if (!read_head(from, &head))
		return false;
	for (i = 0; i < head.nr_series; i++)
		if (!read_series(from, metrics))
			return false;
	memcpy(metrics->added, head.added, sizeof(head.added));
	memcpy(metrics->shown, head.shown, sizeof(head.shown));
	return read_snapshot(from, metrics, head.snapshot_size, now);
}

/**
 * hd_state_load() - read the state of the last run
 * @metrics: zeroed by the caller; filled
 * @file: its name; if it does not exist or does not fit @now, counting begins at 0; a
 *	file of something else is an error
 * @now: this run's snapshot
 */
void hd_state_load(struct hd_metrics *metrics, const char *file,
		   const struct hd_snapshot *now)
{
	FILE *from = fopen(file, "re");
	bool is_read = false;

	if (!from && errno != ENOENT)
		hd_die("%s: %s", file, strerror(errno));
	if (from) {
		if (is_other_file(from))
			hd_die("%s: not a state of 'hostdiag metrics': it is left alone",
			       file);
		is_read = read_state(from, metrics, now);
		fclose(from);
	}
	if (is_read)
		return;
	*metrics = (struct hd_metrics){ .last = *now, .is_first = true };
}

static bool is_saved(const struct hd_series *series)
{
	return series->is_named && series->family < HD_COUNTERS;
}

static void write_series(FILE *to, const struct hd_series *series)
{
	struct saved saved = { 0 };

	saved.family = series->family;
	saved.is_rest = series->is_rest;
	saved.points = series->points;
	strcpy(saved.labels, series->labels);
	fwrite(&saved, sizeof(saved), 1, to);
}

/**
 * hd_state_save() - write the state for the next run
 * @metrics: the series as they are now
 * @file: its name; it is replaced atomically
 * @now: this run's snapshot
 */
void hd_state_save(const struct hd_metrics *metrics, const char *file,
		   const struct hd_snapshot *now)
{
	struct hd_replace state;
	struct hd_series **all;
	struct head head;
	size_t i, len;

	fill_head(&head);
	all = hd_series_list(metrics, &len);
	for (i = 0; i < len; i++)
		head.nr_series += is_saved(all[i]);
	head.snapshot_size = now->size;
	memcpy(head.added, metrics->added, sizeof(head.added));
	memcpy(head.shown, metrics->shown, sizeof(head.shown));

	/* mode 0600, since it contains paths that only root may read */
	hd_replace_begin(&state, file, 0600);
	fwrite(&head, sizeof(head), 1, state.to);
	for (i = 0; i < len; i++)
		if (is_saved(all[i]))
			write_series(state.to, all[i]);
	fwrite(now->data, 1, now->size, state.to);
	hd_replace_end(&state);
	free(all);
}
