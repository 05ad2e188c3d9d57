// SPDX-License-Identifier: GPL-2.0-only
/* Print the series in the text format of Prometheus; see metrics.h. */
#include <stdlib.h>
#include "host/debugfs.h"
#include "metrics/metrics.h"
#include "pure/lists.h"

#define S	1000000000ull

static void put_name(FILE *to, const char *name, const char *help,
		     const char *type)
{
	fprintf(to, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_labels(FILE *to, const char *labels)
{
	if (labels[0])
		fprintf(to, "{%s}", labels);
}

static void put_seconds(FILE *to, u64 ns)
{
	fprintf(to, " %llu.%09llu\n", ns / S, ns % S);
}

static void put_histogram(FILE *to, const char *name,
			  const struct hd_series *series)
{
	const char *labels = series->labels, *comma = labels[0] ? "," : "";
	u64 bound, count = 0;
	u32 i;

	for (i = 0; i < HD_BOUNDS; i++) {
		count += series->points.values[i];
		bound = 1ull << (HD_BOUND_FIRST + HD_BOUND_STEP * i);
		fprintf(to, "%s_bucket{%s%sle=\"%llu.%09llu\"} %llu\n", name,
			labels, comma, bound / S, bound % S, count);
	}
	count += series->points.values[HD_POINT_INF];
	fprintf(to, "%s_bucket{%s%sle=\"+Inf\"} %llu\n%s_sum", name, labels,
		comma, count, name);
	put_labels(to, labels);
	put_seconds(to, series->points.values[HD_POINT_SUM]);
	fprintf(to, "%s_count", name);
	put_labels(to, labels);
	fprintf(to, " %llu\n", count);
}

static void put_series(FILE *to, const struct hd_family *family,
		       const struct hd_series *series)
{
	u64 number = series->points.values[HD_POINT_SUM];

	if (family->type == HD_HISTOGRAM) {
		put_histogram(to, family->name, series);
		return;
	}
	fputs(family->name, to);
	put_labels(to, series->labels);
	if (family->type == HD_SECONDS)
		put_seconds(to, number);
	else
		fprintf(to, " %llu\n", number);
}

static void put_families(FILE *to, const struct hd_metrics *metrics)
{
	static const char *const type[] = {
		[HD_HISTOGRAM]	= "histogram",
		[HD_SECONDS]	= "counter",
		[HD_COUNTER]	= "counter",
		[HD_GAUGE]	= "gauge",
	};
	struct hd_series **all;
	u32 before = HD_FAMILIES;
	size_t i, len;

	all = hd_series_list(metrics, &len);
	for (i = 0; i < len; i++) {
		const struct hd_family *family = &hd_families[all[i]->family];

		if (!all[i]->is_named)
			continue;
		if (all[i]->family != before)
			put_name(to, family->name, family->help,
				 type[family->type]);
		before = all[i]->family;
		put_series(to, family, all[i]);
	}
	free(all);
}

static void put_memory(const char *line, void *priv)
{
	u64 bytes, limit;
	FILE *to = priv;

	if (!hd_debugfs_memory(line, &bytes, &limit))
		return;
	put_name(to, "hostdiag_memory_bytes", "Memory of the module.", "gauge");
	fprintf(to, "hostdiag_memory_bytes %llu\n", bytes);
	put_name(to, "hostdiag_memory_limit_bytes",
		 "What it may be: max_memory_mb.", "gauge");
	fprintf(to, "hostdiag_memory_limit_bytes %llu\n", limit);
}

static void put_groups(FILE *to, u32 flags)
{
#define PUT_GROUP(name, NAME, help) \
	fprintf(to, "hostdiag_group_enabled{group=\"" #name "\"} %d\n", \
		!!(flags & HOSTDIAG_F_##NAME));

	put_name(to, "hostdiag_group_enabled",
		 "Whether a group of hooks was attached.", "gauge");
	HD_GROUP_LIST(PUT_GROUP)
}

static void put_module(FILE *to, const struct hd_snapshot *now)
{
	const struct hostdiag_header *head = &now->head;
	char version[HD_LABEL_LEN];

	put_name(to, "hostdiag_info", "The module.", "gauge");
	fprintf(to, "hostdiag_info{version=\"%s\"} 1\n",
		hd_label(head->module_version, version));
	put_name(to, "hostdiag_start_time_seconds",
		 "When the module began to count, since 1970.", "gauge");
	fputs("hostdiag_start_time_seconds", to);
	put_seconds(to, head->wall_ns - (head->now_ns - head->since_ns));
	put_name(to, "hostdiag_lost_events_total",
		 "Events that were not counted, for want of memory mostly.",
		 "counter");
	fprintf(to, "hostdiag_lost_events_total %llu\n", now->lost);
	put_groups(to, head->flags);
}

/**
 * hd_metrics_text() - print all series
 * @to: the file
 * @metrics: the series, after hd_metrics_count()
 * @now: their snapshot
 * @is_live: the snapshot is one of this host, taken just now
 */
void hd_metrics_text(FILE *to, const struct hd_metrics *metrics,
		     const struct hd_snapshot *now, bool is_live)
{
	put_families(to, metrics);
	put_module(to, now);
	if (is_live)
		hd_debugfs_each("memory", put_memory, to);
}
