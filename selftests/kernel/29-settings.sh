#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The thresholds and "paths": accepted and refused values, and their effect.

. "$(dirname "$0")/lib.sh"

hd_load
file=$tmp/some/file
mkdir "$tmp/some"
: >"$file"
thresholds="slow_syscall_ms slow_dsleep_ms slow_open_ms stuck_ms"

value() {
	rows control value "key=$1"
}

for param in $thresholds paths; do
	set_param "$param" "$(cat "$hd_params/$param")"
	was=$(cat "$hd_params/$param")
	check "control has $param" [ "$(value "$param")" = "$was" ]
	for bad in x -1 1x '1 1' '' 99999999999 0x; do
		result=$(printf '%s\n' "$bad" | "$bin/poke" "$hd_params/$param")
		check "$param refuses \"$bad\"" [ "$result" = EINVAL ]
	done
	check "the kernel log says what is allowed for $param" \
		grep -q "hostdiag.*$param must be" <<-EOF
			$(own_log 1)
		EOF
	check "$param is as it was" [ "$(cat "$hd_params/$param")" = "$was" ]
done
for param in $thresholds; do
	for good in 0 1 2147483647; do
		result=$(echo $good | "$bin/poke" "$hd_params/$param")
		check "$param takes $good" \
			[ "$result $(cat "$hd_params/$param") $(value "$param")" = \
			"OK $good $good" ]
	done
done
for bad in Full none fullx basenam 0 1; do
	result=$(printf '%s\n' "$bad" | "$bin/poke" $hd_params/paths)
	check "paths refuses \"$bad\"" [ "$result" = EINVAL ]
done

# --- paths

echo 10 >$hd_params/slow_open_ms

# shown: the path in open, stuck and slow, of a file
shown() {
	start act "open:b:$file" flock stop
	holder=$pid
	launch act "open:b:$file" flock
	await_state S "$pid"
	sleep 0.2
	# its output was number 3, too, once
	rows open path "tid=$pid" fd=3 | grep -vx '.*out'
	rows stuck path "tid=$pid" syscall=flock
	kill -KILL "$holder"
	kill -KILL "$pid"
	start act "open:r:$file" sleep:30 close stop
	told=$(rows slow path "tid=$pid" kind=open)
	# a kernel whose hooks cannot tell has been tried by the others
	[ "$(event_path x)" = - ] || echo "$told"
	[ -n "$told" ] || echo "no event"
	kill -KILL "$pid"
}

echo full >$hd_params/paths
check "full: the whole path" \
	[ "$(shown | sort -u)" = "$file" ]
echo basename >$hd_params/paths
check "basename: its last part alone" [ "$(shown | sort -u)" = file ]
check "basename: the kernel says so" \
	[ "$(cat $hd_params/paths) $(value paths)" = "basename basename" ]
echo off >$hd_params/paths
check "off: none" [ "$(shown | sort -u)" = - ]
check "off: nowhere in a snapshot" \
	sh -c "! grep -qF some/file $hd/snapshot"

# The class of a call does not depend on how much of its path is shown
launch act pipe pipe-read
await_state S "$pid"
for paths in full basename off; do
	echo $paths >$hd_params/paths
	check "$paths: a read of a pipe is idle" \
		[ "$(rows stuck class "tid=$pid" syscall=read)" = idle ]
done

# --- stuck_ms: for the summary

echo full >$hd_params/paths
start act "open:b:$file" flock stop
launch act comm:hdlocked "open:b:$file" flock
await_state S "$pid"
names() {
	grep -q hdlocked "$hd/summary"
}
echo 500 >$hd_params/stuck_ms
check "the summary names who is stuck for longer than stuck_ms" poll 5 names
echo 100000 >$hd_params/stuck_ms
check "and does not with a longer one" sh -c "! grep hdlocked $hd/summary"

# --- at load

hd_at_exit=
hd_unload
at_exit hd_unload
for setting in slow_syscall_ms=x slow_dsleep_ms=-1 slow_open_ms= \
	stuck_ms=99999999999 paths=x paths=; do
	result=$("$bin/modload" "$(hd_ko)" "$setting" || :)
	check "the load refuses $setting" [ "$result" = EINVAL ]
	check "nothing is loaded" [ ! -e /sys/module/hostdiag ]
	hd_unload
done
hd_load slow_syscall_ms=11 slow_dsleep_ms=12 slow_open_ms=13 stuck_ms=14 \
	paths=basename
check "the load takes all of them" \
	[ "$(for param in $thresholds paths; do value "$param"; done |
		tr '\n' ' ')" = "11 12 13 14 basename " ]
finish
