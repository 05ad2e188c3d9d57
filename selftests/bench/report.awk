# SPDX-License-Identifier: GPL-2.0-only
# goals, then the guest's lines ("all getppid 481.4") of one or more runs: the
# table, and a TAP point a workload.  The medians of the runs are shown, and
# how far the runs of "all" are apart.
FILENAME ~ /goals$/ {
	if ($0 !~ /^#/ && NF) {
		order[++works] = $1
		goal[$1] = $2
	}
	next
}
$1 ~ /^(base|floor|syscalls|dsleep|files|all)$/ && NF == 3 {
	value[$1, $2, ++runs[$1, $2]] = $3
}
function median(what, work,	n, i, j, t, v) {
	n = runs[what, work]
	for (i = 1; i <= n; i++) {
		v[i] = value[what, work, i]
		for (j = i; j > 1 && v[j] < v[j - 1]; j--) {
			t = v[j]; v[j] = v[j - 1]; v[j - 1] = t
		}
	}
	return n ? v[int((n + 1) / 2)] : "none"
}
function spread(work,	i, low, high, v) {
	for (i = 1; i <= runs["all", work]; i++) {
		v = value["all", work, i]
		if (i == 1 || v < low) low = v
		if (i == 1 || v > high) high = v
	}
	return high - low
}
END {
	printf "# guest instructions added to one operation; no caches, no mitigations in them\n"
	printf "# %-11s %8s %7s %9s %7s %7s %7s %7s %7s\n", "operation", "base",
		"probes", "syscalls", "dsleep", "files", "all", "goal", "spread"
	for (i = 1; i <= works; i++) {
		work = order[i]
		base = median("base", work)
		all = median("all", work)
		printf "# %-11s %8d %+7d %+9d %+7d %+7d %+7d %7d %7d\n", work,
			base, median("floor", work) - base,
			median("syscalls", work) - base,
			median("dsleep", work) - base,
			median("files", work) - base, all - base, goal[work],
			spread(work)
		if (all == "none" || base == "none")
			line = "not ok " i " - " work " was measured"
		else if (all - base > 1.5 * goal[work])
			line = "not ok " i " - " work " adds at most 1.5 times its goal"
		else
			line = "ok " i " - " work " adds at most 1.5 times its goal"
		points = points line "\n"
	}
	printf "%s1..%d\n", points, works
}
