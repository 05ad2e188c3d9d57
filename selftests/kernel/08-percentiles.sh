#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Percentiles of a known distribution are exact to 12.5 %.  The true ones lie between
# the times that the workload asked for and those that it measured, which include the
# entry to and the return from the call, long in an emulator under load.

. "$(dirname "$0")/lib.sh"

hd_load
start sleeps
read -r p50 p99 longest <"$tmp/out"

# near ASKED VALUE SEEN
near() {
	within $(($1 * 875 / 1000)) "$2" $(($3 * 1125 / 1000))
}

check "1000 sleeps" [ "$(call nanosleep calls)" = 1000 ]
check "the median is within 12.5 %" near $ms "$(call nanosleep p50_ns)" "$p50"
check "the 99th percentile is within 12.5 %" \
	near $((6 * ms)) "$(call nanosleep p99_ns)" "$p99"
# only the workload's times include an interrupt between its clock and the call
check "the longest is no longer than the workload saw" \
	within $((6 * ms)) "$(call nanosleep max_ns)" "$longest"
check "the sum is at least what was asked for" \
	[ "$(call nanosleep total_ns)" -ge $(((940 + 60 * 6) * ms)) ]
check "p50 <= p99 <= max on each line" \
	[ -z "$(rows syscalls "p50_ns p99_ns max_ns" "tid=$pid" |
		awk '$1 > $2 || $2 > $3')" ]
let_end

finish
