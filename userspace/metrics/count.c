// SPDX-License-Identifier: GPL-2.0-only
/* Add the new counts to each series; see metrics.h. */
#include <stdlib.h>
#include "metrics/metrics.h"
#include "util.h"

/* the offset of a group in the last snapshot */
struct place {
	u64 id;
	char comm[HOSTDIAG_COMM_LEN];
	size_t at;
};

struct places {
	struct place *places;
	size_t nr_places;
	size_t room;
	struct hd_group group;	/* cache of the group that was read last */
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->id ? 0 : strncmp(x->comm, y->comm, sizeof(x->comm));
}

static struct place place_of(const struct hd_group *group)
{
	struct place place = { .id = group->id, .at = group->at };

	memcpy(place.comm, group->comm, sizeof(place.comm));
	return place;
}

static void find_places(struct places *places, const struct hd_snapshot *last)
{
	struct hd_groups groups;

	hd_groups_begin(&groups, last, 0);
	while (hd_groups_next(&groups, &places->group)) {
		places->places = hd_grow(places->places, places->nr_places,
					 &places->room,
					 sizeof(places->places[0]));
		places->places[places->nr_places++] = place_of(&places->group);
	}
	if (places->nr_places)
		qsort(places->places, places->nr_places, sizeof(places->places[0]),
		      compare_places);
}

/* Return: the group in the last snapshot; NULL: it was not in it. */
static const struct hd_group *find_last(struct places *places,
					const struct hd_snapshot *last,
					const struct hd_group *group)
{
	struct place key = place_of(group), *place = NULL;
	struct hd_groups groups;

	if (places->nr_places)
		place = bsearch(&key, places->places, places->nr_places, sizeof(key),
				compare_places);
	if (!place)
		return NULL;
	hd_groups_begin(&groups, last, place->at);
	return hd_groups_next(&groups, &places->group) ? &places->group : NULL;
}

/* after the module has moved a comm of exited tasks to the rest, it begins at 0 again */
static bool has_fallen(const struct hd_points *now, const struct hd_points *last)
{
	return now->values[HD_POINT_SUM] < last->values[HD_POINT_SUM];
}

static void subtract_last(struct hd_points *points,
			  const struct hd_metric_row *row,
			  const struct hd_group *last)
{
	const struct hd_metric_row *was;
	size_t i;
	u32 p;

	for (i = 0; i < last->nr_rows; i++) {
		was = &last->rows[i];
		if (was->family != row->family || was->key != row->key)
			continue;
		if (has_fallen(points, &was->points))
			return;
		for (p = 0; p < HD_POINTS; p++)
			points->values[p] -=
				was->points.values[p] < points->values[p] ?
					was->points.values[p] : points->values[p];
	}
}

static void count_group(struct hd_metrics *metrics,
			const struct hd_group *group,
			const struct hd_group *last)
{
	const struct hd_metric_row *row;
	struct hd_points points;
	size_t i;

	for (i = 0; i < group->nr_rows; i++) {
		row = &group->rows[i];
		points = row->points;
		if (row->family < HD_COUNTERS) {
			if (last)
				subtract_last(&points, row, last);
			hd_points_add(&metrics->added[row->family], &points);
		}
		hd_points_add(&hd_series_of(metrics, row)->points, &points);
	}
}

static void count_unseen(struct hd_metrics *metrics, u32 family,
			 const struct hd_points *whole)
{
	struct hd_points *shown = &metrics->shown[family];
	struct hd_points grown = { 0 };
	s64 unseen;
	u32 i;

	if (metrics->is_first)
		metrics->added[family] = *whole;
	for (i = 0; i < HD_POINTS; i++) {
		unseen = whole->values[i] - metrics->added[family].values[i];
		if (unseen <= (s64)shown->values[i])
			continue;
		grown.values[i] = unseen - shown->values[i];
		shown->values[i] = unseen;
	}
	hd_points_add(&hd_series_unseen(metrics, family)->points, &grown);
}

static void find_deaths(struct hd_deaths *deaths, struct hd_snapshot snap)
{
	struct hd_snapshot_row row;
	int type;

	while ((type = hd_snapshot_next(&snap, &row)) != HOSTDIAG_END)
		if (type == HOSTDIAG_DEATH)
			hd_deaths_add(deaths, &row.death);
}

/* a task that exits while the snapshot is read is in both TASK and EXITED */
static bool has_ended(const struct hd_deaths *deaths, u64 now_ns,
		      const struct hd_group *group)
{
	return group->id && hd_deaths_have(deaths, now_ns, &group->death);
}

static void add_whole(struct hd_points *to, const struct hd_points *from)
{
	u32 family;

	for (family = 0; family < HD_COUNTERS; family++)
		hd_points_add(&to[family], &from[family]);
}

/**
 * hd_metrics_count() - add the new counts to the series
 * @metrics: the series as of the last time
 * @now: this time's snapshot
 */
void hd_metrics_count(struct hd_metrics *metrics, const struct hd_snapshot *now)
{
	struct hd_points whole[HD_COUNTERS] = { 0 };
	struct hd_group group = { 0 };
	struct places places = { 0 };
	struct hd_deaths deaths = { 0 };
	struct hd_groups groups;
	u32 family;

	hd_series_choose(metrics, now);
	if (metrics->last.data)
		find_places(&places, &metrics->last);
	find_deaths(&deaths, *now);
	hd_groups_begin(&groups, now, 0);
	while (hd_groups_next(&groups, &group)) {
		count_group(metrics, &group,
			    find_last(&places, &metrics->last, &group));
		if (!has_ended(&deaths, now->head.now_ns, &group))
			add_whole(whole, group.whole);
	}
	for (family = 0; family < HD_COUNTERS; family++)
		count_unseen(metrics, family, &whole[family]);
	hd_deaths_free(&deaths);
	free(places.places);
	free(places.group.rows);
	free(group.rows);
}
