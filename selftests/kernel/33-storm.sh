#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The recent rate of errors: a storm after a few errors, and its end, compared with the
# clock of the workload.
# kernels: two

. "$(dirname "$0")/lib.sh"

hd_load stuck_ms=1000

# repeat TIMES STEP...
repeat() {
	times=$1
	shift
	while [ "$times" -gt 0 ]; do
		echo "$@"
		times=$((times - 1))
	done
}

file=/no/such/file
# The storm lasts for more than four slices of time, so that three are whole,
# wherever they begin
# shellcheck disable=SC2046	# each word is a step
start act stop $(repeat 6 refused:1:r:$file sleep:500) sleep:8000 stop \
	clock $(repeat 200 refused:30:r:$file sleep:100) clock say stop
resume

errors() {
	number errors "$1" "tid=$pid" syscall=openat errno=ENOENT
}
# said TASK: print the line of summary about its opens
said() {
	sed -n "s/^  act\[$1\] openat ENOENT //p" $hd/summary
}
before=$(errors count)
check "some errors are counted" [ "$before" -ge 6 ]
check "some errors are no storm" [ -z "$(said "$pid")" ]

resume
recent=$(errors recent)
recent_ms=$(($(errors recent_ns) / ms))
storm=$(said "$pid")
storm_ms=$(($(elapsed) / ms))
per_s=$((6000 * 1000 / storm_ms))
echo "# 6000 in $storm_ms ms; $recent in the last $recent_ms ms; $storm"
check "each was counted" [ "$(errors count)" = $((before + 6000)) ]
check "of late: some seconds" within 6000 "$recent_ms" 17000
truth=$((recent_ms < storm_ms ? per_s * recent_ms / 1000 : 6000))
check "of late: as many as there were" \
	within $((truth * 3 / 4)) "$recent" $((truth * 5 / 4))
# never more than 30 each 100 ms, and these once more in a slice
check "the peak is the storm's rate" \
	within $((per_s * 3 / 4)) "$(errors peak_per_s)" 320
truth=$((recent_ms < storm_ms ? per_s : 6000 * 1000 / recent_ms))
check "summary: the rate of now" \
	within $((truth * 3 / 4)) "${storm%%/s, *}" $((truth * 5 / 4))
case ${storm#*/s, } in
"$((before + 6000)) in all, just now" | "$((before + 6000)) in all, last "[1-4].*s\ ago)
	ok "summary: and all there were, and that the last was just now" ;;
*)
	not_ok "summary: and all there were, and that the last was just now: $storm" ;;
esac
storming=$pid

# 500 errors at once are no steady rate
start act stop refused:500:r:$file stop
resume
check "a burst is counted" [ "$(errors recent)" -ge 500 ]
check "a burst has no peak" [ "$(errors peak_per_s) $(errors peak_ns)" = "0 0" ]
check "a burst is not in summary" [ -z "$(said "$pid")" ]
let_end

pid=$storming
over() {
	said "$pid" | grep -q '^was [0-9]*/s [0-9.]*s ago, .* in all, last 1[0-9.]*s ago$'
}
check "summary: when it is over, it was" poll 20 over
was=$(said "$pid")
echo "# $was"
was=${was#was }
check "summary: how bad it was" within $((per_s * 3 / 4)) "${was%%/s *}" 320
gone() {
	[ "$(errors recent)" = 0 ]
}
check "nothing of late" poll 20 gone
same_in_snapshot errors errors "count peak_per_s" "tid=$pid"
echo reset >$hd/control
check "a reset forgets the storm" [ -z "$(said "$pid")$(rows errors count "tid=$pid")" ]
let_end
finish
