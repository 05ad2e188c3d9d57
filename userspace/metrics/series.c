// SPDX-License-Identifier: GPL-2.0-only
/* The series, and the choice of those with a name; see metrics.h. */
#include <search.h>
#include <stdlib.h>
#include "metrics/metrics.h"
#include "util.h"

static int compare_series(const void *a, const void *b)
{
	const struct hd_series *x = a, *y = b;

	if (x->family != y->family)
		return x->family < y->family ? -1 : 1;
	return strcmp(x->labels, y->labels);
}

/**
 * hd_series_get() - find a series, or make one
 * @metrics: all series
 * @family: enum hd_family_id
 * @labels: its labels
 */
struct hd_series *hd_series_get(struct hd_metrics *metrics, u32 family,
				const char *labels)
{
	size_t size = strlen(labels) + 1;
	struct hd_series *series, **at;

	series = calloc(1, sizeof(*series) + size);
	if (!series)
		hd_die("out of memory");
	series->family = family;
	memcpy(series->labels, labels, size);
	at = tsearch(series, &metrics->tree, compare_series);
	if (!at)
		hd_die("out of memory");
	if (*at != series)
		free(series);
	return *at;
}

struct series_list {
	struct hd_series **series;
	size_t nr_series;
	size_t room;
};

/* static, since twalk() passes no argument on, and only glibc has twalk_r() */
static struct series_list series_list;

static void list_one(const void *node, VISIT visit, int depth)
{
	(void)depth;
	if (visit != postorder && visit != leaf)
		return;
	series_list.series = hd_grow(series_list.series, series_list.nr_series,
				     &series_list.room,
				     sizeof(series_list.series[0]));
	series_list.series[series_list.nr_series++] =
		*(struct hd_series *const *)node;
}

/**
 * hd_series_list() - list all series, by family and labels
 * @metrics: all series
 * @len: set to their number
 *
 * Return: an array of them, which the caller frees.
 */
struct hd_series **hd_series_list(const struct hd_metrics *metrics, size_t *len)
{
	series_list = (struct series_list){ 0 };
	twalk(metrics->tree, list_one);
	*len = series_list.nr_series;
	return series_list.series;
}

/* the series of the rest is always shown */
static struct hd_series *rest_of(struct hd_metrics *metrics, u32 family,
				 const char *labels)
{
	struct hd_series *rest = hd_series_get(metrics, family, labels);

	rest->is_rest = true;
	rest->is_named = true;
	return rest;
}

static void weigh_all(struct hd_metrics *metrics,
		      const struct hd_snapshot *now)
{
	struct hd_group group = { 0 };
	struct hd_groups groups;
	struct hd_series *series;
	size_t i;

	hd_groups_begin(&groups, now, 0);
	while (hd_groups_next(&groups, &group)) {
		for (i = 0; i < group.nr_rows; i++) {
			rest_of(metrics, group.rows[i].family, group.rows[i].rest);
			series = hd_series_get(metrics, group.rows[i].family,
					       group.rows[i].labels);
			series->weight = hd_add(series->weight,
						group.rows[i].weight);
		}
	}
	free(group.rows);
}

/* a series keeps its name until another one is twice as heavy */
static u64 rank_of(const struct hd_series *series)
{
	return series->is_named ? hd_add(series->weight, series->weight) :
	       series->weight;
}

static int compare_ranks(const void *a, const void *b)
{
	const struct hd_series *x = *(struct hd_series *const *)a;
	const struct hd_series *y = *(struct hd_series *const *)b;
	u64 p = rank_of(x), q = rank_of(y);

	if (x->family != y->family)
		return x->family < y->family ? -1 : 1;
	if (p != q)
		return p > q ? -1 : 1;
	return strcmp(x->labels, y->labels);
}

static void name_heaviest(struct hd_metrics *metrics)
{
	struct hd_series *series, **all;
	u32 family = HD_FAMILIES, named = 0;
	bool was_named;
	size_t i, len;

	all = hd_series_list(metrics, &len);
	if (len)
		qsort(all, len, sizeof(all[0]), compare_ranks);
	for (i = 0; i < len; i++) {
		series = all[i];
		if (series->family != family) {
			family = series->family;
			named = 0;
		}
		if (series->is_rest)
			continue;
		was_named = series->is_named;
		series->is_named = series->weight &&
				   named < hd_families[family].top;
		series->is_new = series->is_named && !was_named;
		named += series->is_named;
	}
	free(all);
}

/**
 * hd_series_choose() - choose the series that have a name of their own
 * @metrics: all series, some of which may have names already
 * @now: snapshot of this run
 *
 * The weight is what the live tasks have counted so far, which changes slowly.
 */
void hd_series_choose(struct hd_metrics *metrics, const struct hd_snapshot *now)
{
	weigh_all(metrics, now);
	name_heaviest(metrics);
}

/**
 * hd_series_of() - get the series that a row is added to
 * @metrics: all series
 * @row: the row
 *
 * A series that has just got its name begins at 0, and the row goes to the rest
 * once more; so Prometheus sees every increase from then on.  If there was no last
 * time, all counts are new, and it gets the row at once.
 */
struct hd_series *hd_series_of(struct hd_metrics *metrics,
			       const struct hd_metric_row *row)
{
	struct hd_series *series = hd_series_get(metrics, row->family,
						 row->labels);

	if (series->is_named && !(series->is_new && metrics->last.data &&
				  row->family < HD_COUNTERS))
		return series;
	return rest_of(metrics, row->family, row->rest);
}

/**
 * hd_series_unseen() - get the series of the counts that are in no row
 * @metrics: all series
 * @family: enum hd_family_id
 */
struct hd_series *hd_series_unseen(struct hd_metrics *metrics, u32 family)
{
	return rest_of(metrics, family, hd_families[family].unseen);
}
