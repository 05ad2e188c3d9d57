#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Percentiles of a known distribution: within 12.5 % of the exact ones, which
# the workload takes from its own clock.

. "$(dirname "$0")/lib.sh"

hd_load
start sleeps
read -r p50 p99 longest <"$tmp/out"

# The workload's clock also sees what it takes to enter and leave the call
entry=$((20 * 1000))

near() {
	within $(($1 * 875 / 1000 - entry)) "$2" $(($1 * 1125 / 1000 + entry))
}

check "1000 sleeps" [ "$(call nanosleep calls)" = 1000 ]
check "the median is within 12.5 %" near "$p50" "$(call nanosleep p50_ns)"
check "the 99th percentile is within 12.5 %" \
	near "$p99" "$(call nanosleep p99_ns)"
# an interrupt between the two clocks is seen by the workload only
check "the longest is no longer than the workload saw" \
	within $((6 * ms)) "$(call nanosleep max_ns)" "$longest"
check "the sum is at least what was asked for" \
	[ "$(call nanosleep total_ns)" -ge $(((940 + 60 * 6) * ms)) ]
check "p50 <= p99 <= max on each line" \
	[ -z "$(rows syscalls "p50_ns p99_ns max_ns" "tid=$pid" |
		awk '$1 > $2 || $2 > $3')" ]
let_end

finish
