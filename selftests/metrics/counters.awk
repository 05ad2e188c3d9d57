# SPDX-License-Identifier: GPL-2.0-only
# counters.awk [truth] SCRAPE...: what "hostdiag metrics --state" printed, one
# time after the other.  No counter falls, and none that comes begins above 0;
# buckets rise from bound to bound.  With the truth that steps.c writes, all
# series of a metric together never grow by more than that, and by as much in
# the end.  Fails, and says where.

function complain(what) {
	bad++
	if (bad <= 10)
		print FILENAME ": " what
}

# as doubles add up
function differs(is, want) {
	return is - want > 1e-9 * want || want - is > 1e-9 * want
}

function check_truth(is_last,	n, want) {
	for (n = 2; n in name; n++) {
		want = truth[scrape, n]
		if ((is_last || grown[name[n]] > want) &&
		    differs(grown[name[n]], want))
			complain(name[n] " of scrape " scrape " grew by " \
				 grown[name[n]] ", and should by " want)
	}
}

BEGIN {
	scrape = -1
	split("- hostdiag_syscall_seconds_count hostdiag_syscall_seconds_sum " \
	      "hostdiag_syscall_errors_total hostdiag_dsleep_seconds_count " \
	      "hostdiag_dsleep_seconds_sum hostdiag_dsleep_iowait_seconds_total " \
	      "hostdiag_open_seconds_count hostdiag_open_seconds_sum " \
	      "hostdiag_tasks_ended_total", name)
}

FILENAME ~ /(^|\/)truth$/ {
	for (n = 2; n <= NF; n++)
		truth[$1, n] = name[n] ~ /_seconds_(sum|total)$/ ? $n / 1e9 : $n
	has_truth = 1
	next
}

FNR == 1 {
	if (has_truth && scrape >= 0)
		check_truth(0)
	scrape++
}

$2 == "TYPE" { is_counter = $4 != "gauge" }

/^#/ || !is_counter { next }

{
	value = $NF
	series = substr($0, 1, length($0) - length(value) - 1)
	metric = series
	sub(/\{.*/, "", metric)
	if (when[series] == scrape && series in last)
		complain("twice: " series)
	was = series in last && when[series] == scrape - 1 ? last[series] : 0
	if (value < was)
		complain("fell from " was ": " $0)
	if (scrape && !(series in last && when[series] == scrape - 1) && value > 0)
		complain("begins above 0: " $0)
	if (scrape)
		grown[metric] += value - was
	last[series] = value
	when[series] = scrape
	if (metric ~ /_bucket$/ && sub(/,?le=".*/, "", series)) {
		if (series == buckets_of && value < bucket)
			complain("less than the bucket before it: " $0)
		buckets_of = series
		bucket = value
	}
}

END {
	if (has_truth)
		check_truth(1)
	if (scrape < 1)
		complain("too few scrapes")
	exit bad > 0
}
