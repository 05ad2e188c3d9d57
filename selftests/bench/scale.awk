# SPDX-License-Identifier: GPL-2.0-only
# The figures of scale_guest.sh: a table, and TAP for what does not depend on
# how busy the host is.
NF == 5 && ($1 == "tasks" || $1 == "cpus") {
	key = $1 " " $2
	if (!((key) in seen)) {
		seen[key] = 1
		order[++n] = key
	}
	if (!($4 in known)) {
		known[$4] = 1
		work[++works] = $4
	}
	key = key " " $3 " " $4
	value[key, ++runs[key]] = $5
}
# the run that the host has disturbed least
function best(key,	i, low) {
	low = value[key, 1] + 0
	for (i = 2; i <= runs[key]; i++)
		if (value[key, i] + 0 < low)
			low = value[key, i] + 0
	return low
}
function ratio(of, what,	base) {
	base = best(of " base " what)
	return base ? best(of " hostdiag " what) / base : 0
}
function point(good, what) {
	points = points (good ? "ok " : "not ok ") ++n_points " - " what "\n"
	failed += !good
}
# no more than by that share dearer than the first
function keeps(of, first, share,	i) {
	for (i = 1; i <= works; i++)
		point(ratio(of, work[i]) && ratio(first, work[i]) * (1 + share) >= ratio(of, work[i]),
		      of ": " work[i] " keeps its ratio within " 100 * share " %")
}
END {
	print "# hostdiag as times of the operation alone; tasks: instructions; cpus: wall-clock time"
	printf "# %-14s", ""
	for (i = 1; i <= works; i++)
		printf " %12s", work[i]
	print ""
	for (j = 1; j <= n; j++) {
		printf "# %-14s", order[j]
		for (i = 1; i <= works; i++)
			printf " %12.3f", ratio(order[j], work[i])
		print ""
	}
	keeps("tasks 1000", "tasks 10", 0.05)
	keeps("tasks 10000", "tasks 10", 0.05)
	printf "%s1..%d\n", points, n_points
	exit failed > 0
}
