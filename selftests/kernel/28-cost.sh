#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The reported cost of the hooks: sampled events, their mean, and the share of the
# machine's time.

. "$(dirname "$0")/lib.sh"

debug=/sys/kernel/debug
hd_load slow_open_ms=0
[ -e $debug/hostdiag ] || {
	mount -t debugfs debugfs $debug 2>/dev/null ||
		skip_all "no debugfs"
	at_exit "umount $debug"
}
debug=$debug/hostdiag
# shellcheck disable=SC2012	# its columns are those of POSIX
check "cost is root's alone" \
	[ "$(ls -ln $debug/cost | awk '{ print substr($1, 1, 10), $3 }')" = \
	"-r-------- 0" ]

# cost HOOK COLUMN
cost() {
	number $debug/cost "$2" "hook=$1"
}

echo reset >$hd/control
begun=$(cut -d ' ' -f 1 /proc/uptime)
start act stop getppid:200000 stop
before=$(cost syscalls:sys_enter sampled)
before_exit=$(cost syscalls:sys_exit sampled)
events=$(cost syscalls:sys_exit events)
resume
cat $debug/cost >"$tmp/cost"
ended=$(cut -d ' ' -f 1 /proc/uptime)

columns="hook events sampled mean_ns total_ns share_ppm"
check "its columns" [ "$(sed -n 2p "$tmp/cost")" = "# $columns" ]
malformed=$(awk 'NR > 2 && (NF != 6 || $5 !~ /^[0-9]+$/ || $6 !~ /^[0-9]+$/ ||
	($1 != "all" && ($2 $3 $4) !~ /^[0-9]+$/))' "$tmp/cost")
check "each line has its columns" [ -z "$malformed" ]

# one event in 1024 is sampled: about 195 of 200000
sampled=$(($(rows "$tmp/cost" sampled hook=syscalls:sys_exit) - before_exit))
check "exits: $sampled sampled" within 65 "$sampled" 600
sampled=$(($(rows "$tmp/cost" sampled hook=syscalls:sys_enter) - before))
check "entries: $sampled sampled" within 65 "$sampled" 600
check "exits: 200000 events" within 200000 \
	$(($(rows "$tmp/cost" events hook=syscalls:sys_exit) - events)) 220000

# the hooks take less time than the call itself
calls=$(number syscalls calls "tid=$pid" syscall=getppid)
check "it counts them" [ "$calls" = 200000 ]
for hook in syscalls:sys_enter syscalls:sys_exit; do
	mean=$(rows "$tmp/cost" mean_ns "hook=$hook")
	check "$hook: a mean of $mean ns" within 1 "$mean" 100000
	# each total is the mean of all events
	check "$hook: the total is that of its events" \
		[ "$(rows "$tmp/cost" total_ns "hook=$hook")" = \
		$((mean * $(rows "$tmp/cost" events "hook=$hook"))) ]
done
check "the last line adds up the totals" \
	[ "$(sed 1,2d "$tmp/cost" | grep -v '^all' | cut -d ' ' -f 5 | total)" = \
	"$(rows "$tmp/cost" total_ns hook=all)" ]
check "and the shares" \
	[ "$(sed 1,2d "$tmp/cost" | grep -v '^all' | cut -d ' ' -f 6 | total)" = \
	"$(rows "$tmp/cost" share_ppm hook=all)" ]

# Its share of all CPUs' time since the reset
cpus=$(grep -c '^processor' /proc/cpuinfo)
elapsed_ms=$(echo "$begun $ended" | awk '{ printf "%d", ($2 - $1) * 1000 }')
total=$(rows "$tmp/cost" total_ns hook=syscalls:sys_exit)
truth=$((total / elapsed_ms / cpus))
check "the share is about $truth ppm of $cpus CPUs for $elapsed_ms ms" \
	within $((truth * 8 / 10 - 1)) \
	"$(rows "$tmp/cost" share_ppm hook=syscalls:sys_exit)" \
	$((truth * 13 / 10 + 10))
let_end

# Sampling does not disturb the counting
start act stop getppid:30000 stop
resume
check "none of 30000 calls is lost to sampling" \
	[ "$(call getppid calls)" = 30000 ]
let_end

# calls that are lost, since their task has no record, cost even more
hd_load slow_open_ms=0 max_tasks=1
start act stop getppid:200000 stop
before=$(cost syscalls:sys_enter sampled)
before_exit=$(cost syscalls:sys_exit sampled)
events=$(cost syscalls:sys_exit events)
lost=$(header lost)
resume
sampled=$(($(cost syscalls:sys_exit sampled) - before_exit))
check "exits without a record: $sampled sampled" within 65 "$sampled" 600
sampled=$(($(cost syscalls:sys_enter sampled) - before))
check "entries without a record: $sampled sampled" within 65 "$sampled" 600
check "they are events, too" within 200000 \
	$(($(cost syscalls:sys_exit events) - events)) 220000
lost=$(($(header lost) - lost))
check "and each is lost: $lost" within 200000 $lost 220000
check "the pool has refused each" within $lost \
	"$(awk '$1 == "tasks" { print $6 }' $debug/memory)" 1000000
let_end
finish
