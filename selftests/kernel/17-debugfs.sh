#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# debugfs: each hook with its hits, each pool with its bytes, readable for root only.

. "$(dirname "$0")/lib.sh"

hd_load
debug=/sys/kernel/debug
[ -e $debug/hostdiag ] || {
	mount -t debugfs debugfs $debug 2>/dev/null ||
		skip_all "no debugfs"
	at_exit "umount $debug"
}
debug=$debug/hostdiag

for file in probes memory; do
	# shellcheck disable=SC2012	# its columns are those of POSIX
	check "$file is root's alone" \
		[ "$(ls -ln $debug/$file | awk '{ print substr($1, 1, 10), $3 }')" = \
		"-r-------- 0" ]
done

# probes: "group hook state how hits=N missed=N reason..."
check "probes has a header" \
	[ "$(head -n 1 $debug/probes | cut -c 1-2)" = "# " ]
malformed=$(awk '!/^#/ && (NF < 7 || $3 !~ /^(on|off)$/ || $5 !~ /^hits=[0-9]+$/ ||
	$6 !~ /^missed=[0-9]+$/)' $debug/probes)
check "each line has its columns" [ -z "$malformed" ]
for hook in sys_enter sys_exit sched_switch sched_process_free; do
	check "$hook is there" grep -q "^[^ ]* $hook " $debug/probes
done
for group in $(hd_list groups); do
	check "group $group has hooks" grep -q "^$group " $debug/probes
done

hits() {
	sed -n "s/^[^ ]* $1 .*hits=\([0-9]*\).*/\1/p" $debug/probes
}
before=$(hits sys_enter)
start act stop getppid:1000 stop
resume
let_end
check "1000 calls are 1000 hits at least" \
	[ $(($(hits sys_enter) - before)) -ge 1000 ]

# memory: "table entries bytes high_water limit ...", and a line "total"
check "memory has a header" grep -q \
	"^# table entries bytes high_water limit" $debug/memory
malformed=$(awk 'NR == 1 { columns = NF - 1 } NR > 1 && (NF != columns || $2 !~ /^([0-9]+|-)$/ ||
	$3 !~ /^[0-9]+$/ || $4 !~ /^([0-9]+|-)$/ || $5 !~ /^([0-9]+|-)$/)' \
	$debug/memory)
check "each line has its columns" [ -z "$malformed" ]
bytes=$(awk '$1 == "total" { print $3 }' $debug/memory)
limit=$(($(cat $hd_params/max_memory_mb) * 1024 * 1024))
check "there is a total, and it is in max_memory_mb" within 1 "${bytes:-0}" $limit
check "the total is the sum" \
	[ "$(awk 'NR > 1 && $1 != "total" { print $3 }' $debug/memory |
		total)" = "$bytes" ]

finish
