#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Events over their thresholds: kind, duration, result, order; more events than the ring
# holds; polling for the next one.

. "$(dirname "$0")/lib.sh"

hd_load
file=$tmp/file
: >"$file"
path=$(event_path "$file")
set_param slow_syscall_ms 100
set_param slow_dsleep_ms 100
set_param slow_open_ms 100

# slow COLUMNS [NAME=VALUE...]: of the workload, since $since
since=0
slow() {
	hd_slow_columns=$1
	shift
	rows slow "when_ns $hd_slow_columns" "tid=$pid" "$@" |
		awk -v since="$since" '$1 >= since { sub(/^[0-9]+ /, ""); print }'
}

# locked STEP...: a workload whose steps meet a lock that is held for 300 ms
# from its "stop" on
locked() {
	start act "open:b:$file" flock stop sleep:300 funlock stop
	holder=$pid
	start act comm:hdslow "open:b:$file" "$@" stop
	kill -CONT "$holder"
	kill -CONT "$pid"
	await_stop
}
unlock() {
	let_end
	kill -KILL "$holder"
}

# a syscall
locked stop clock flock funlock clock say
check "a syscall: what and how it ended" \
	[ "$(slow "kind comm what result path" what=flock)" = \
	"syscall hdslow flock 0 $path" ]
check "a syscall: no longer than its caller saw" \
	within $((100 * ms)) "$(slow dur_ns what=flock)" "$(elapsed)"
check "a syscall: when it ended" within "$(head -n 1 "$tmp/out")" \
	"$(slow when_ns what=flock)" "$(tail -n 1 "$tmp/out")"
check "a syscall: as long as it has in syscalls" \
	[ "$(slow dur_ns what=flock)" = \
	"$(number syscalls max_ns "tid=$pid" syscall=flock)" ]
check "a syscall: none of the quick ones" [ "$(slow what kind=syscall)" = flock ]
unlock

# idle WHAT STEP...: calls that wait for work are no events
idle() {
	what=$1
	shift
	start act stop "$@" stop
	# the exec may have been slow, and on a busy machine any other call
	since=$(header now_ns slow)
	resume
	check "a call that waits for work is none: $what" \
		[ -z "$(slow what kind=syscall | grep -xE "read|futex|(clock_)?nanosleep")" ]
	since=0
	let_end
}
idle futex futex:150
idle nanosleep sleep:150
idle "read of a pipe" pipe fork sleep:200 pipe-write end pipe-read

# fed KIND [no]: the same of other files that somebody else feeds
fed() {
	if [ "${2:-yes}" = no ]; then
		skip "a call that waits for work is none: read of $1" \
			"the kernel has none"
		return
	fi
	idle "read of $1" "fed:$1" fork sleep:200 feed end eat
}
# has PATH: yes or no
has() {
	if [ -e "$1" ]; then echo yes; else echo no; fi
}
if [ -e /dev/ptmx ] && ! grep -q ' /dev/pts ' /proc/mounts; then
	mkdir -p /dev/pts
	mount -t devpts devpts /dev/pts
	at_exit "umount /dev/pts"
fi
fed eventfd
fed timerfd
fed inotify "$(has /proc/sys/fs/inotify)"
fed pts "$(has /dev/ptmx)"
fed ptmx "$(has /dev/ptmx)"

# one that fails, by a signal after 20 ms
set_param slow_syscall_ms 10
start act "open:b:$file" flock stop
holder=$pid
start act "open:b:$file" stop flock-alarm stop
resume
check "a syscall that fails: with the name of its error" \
	[ "$(slow result what=flock)" = ERESTARTSYS ]
let_end
kill -KILL "$holder"
set_param slow_syscall_ms 100

# a D sleep
start act mlock vfork:0 stop vfork:200 stop
since=$(header now_ns slow)
note
resume
check "a D sleep: it is there, without result and path" \
	[ "$(slow "kind result path" kind=dsleep)" = "dsleep - -" ]
check "a D sleep: how long" [ "$(slow dur_ns kind=dsleep)" = "$(grew d_ns)" ]
check "a D sleep: its place is that in dsleep" \
	[ "$(slow what kind=dsleep)" = "$(rows dsleep place "tid=$pid")" ]
check "a D sleep: and so is the call" \
	[ "$(slow what kind=syscall | grep -cxE 'vfork|clone3?')" = 1 ]
check "a D sleep ends before its call does" \
	[ "$(slow kind | tr '\n' ' ')" = "dsleep syscall " ]
since=0
let_end

# a file held open
start act stop clock "open:r:$file" sleep:200 close clock say stop
resume
check "a file: whose, and which" [ "$(slow "what result path" kind=open)" = \
	"- - $path" ]
check "a file: how long" within $((200 * ms)) "$(slow dur_ns kind=open)" \
	"$(elapsed)"
same_in_snapshot slow slow "when_ns kind tid tgid comm dur_ns path" "tid=$pid"
let_end
# whose name is made by its file system
start act open:r:/proc/self/ns/uts sleep:200 close stop
check "a namespace held open: which" [ "$(slow path kind=open)" = \
	"$(event_path "$(readlink /proc/self/ns/uts)")" ]
let_end
start act "open:r:$file" close stop
check "a file held shortly is none" [ -z "$(slow path kind=open "path=$path")" ]
let_end

# off
for param in slow_syscall_ms slow_dsleep_ms slow_open_ms; do
	set_param $param 0
done
before=$(rows slow when_ns | wc -l)
start act "open:r:$file" vfork:200 close stop
locked stop flock
check "none when all thresholds are 0" \
	[ "$(rows slow when_ns | wc -l)" = "$before" ]
unlock

# overwritten: print the lost of the head of slow, less that of other files
overwritten() {
	echo $(($(header lost slow) - $(header lost)))
}

# 5000 files: the newest 4096 stay, with a gap before them
set_param slow_open_ms 1
check "there are events before a reset" [ -n "$(rows slow when_ns)" ]
"$bin/snaprows" $hd/snapshot slow >"$tmp/snaprows"
last=$(rows "$tmp/snaprows" seq | tail -n 1)
now=$(header now_ns slow)
echo reset >$hd/control
check "none of them after it" \
	[ -z "$(rows slow when_ns | awk -v now="$now" '$1 <= now')" ]
check "and none is missing" [ "$(overwritten)" = 0 ]
start act nofile:5100 stop "many:5000:r:$file" sleep:20 stop close-many stop
resume
resume
"$bin/snaprows" $hd/snapshot slow >"$tmp/snaprows"
rows "$tmp/snaprows" "seq when_ns" >"$tmp/events"
check "4096 events are kept" [ "$(wc -l <"$tmp/events")" = 4096 ]
gap=$(($(head -n 1 "$tmp/events" | cut -d ' ' -f 1) - last - 1))
check "the gap before them, $gap, says how many more of 5000 were made" \
	within $((5000 - 4096)) $gap 2000
# shellcheck disable=SC2016	# awk's
check "their numbers rise by one" \
	awk 'NR > 1 && $1 != last + 1 { exit 1 } { last = $1 }' "$tmp/events"
# shellcheck disable=SC2016	# awk's
check "their times do not fall" \
	awk '$2 < last { exit 1 } { last = $2 }' "$tmp/events"
cat $hd/slow >"$tmp/slow"
check "the head says how many more there were" \
	within $((5000 - 4096)) "$(overwritten)" 2000
in_container() {
	unshare -p -f --mount-proc head -q -n 1 $hd/slow $hd/tasks 2>/dev/null
}
in_container | sed -n 's/.* lost=//p' >"$tmp/lost"
if [ -s "$tmp/lost" ]; then
	check "a container, which sees no events, is told of none" \
		[ "$(uniq "$tmp/lost" | wc -l)" = 1 ]
else
	skip "a container, which sees no events, is told of none" \
		"no pid namespaces"
fi
check "the text has as many" \
	within 4090 "$(grep -vc '^#' "$tmp/slow")" 4096
# shellcheck disable=SC2016	# awk's
check "in the same order" \
	awk '/^#/ { next } $1 < last { exit 1 } { last = $1 }' "$tmp/slow"
check "the newest of the workload are among them" \
	within 3900 "$(rows "$tmp/slow" kind "tid=$pid" "path=$path" | wc -l)" 4096
let_end

# follow
set_param slow_open_ms 0
# nothing that a busy machine does
set_param slow_syscall_ms 60000
set_param slow_dsleep_ms 60000
launch follow $hd/slow 400
quiet() {
	grep -q timeout "$tmp/out"
}
check "nothing comes while nothing happens" poll 10 quiet
check "and nothing was shown" [ "$(grep -vc timeout "$tmp/out")" = 1 ]
kill -KILL "$pid"
set_param slow_syscall_ms 100
# longer than it may take until it is woken
rm -f "$tmp/out"
launch follow $hd/slow 20000
follower=$pid
# its output is opened by the child, in its own time
poll 5 grep -qs end "$tmp/out"
mv "$tmp/out" "$tmp/followed"
locked stop flock funlock
what="syscall $pid $pid hdslow"
told() {
	grep -q " $what .* flock 0 $path\$" "$tmp/followed"
}
check "an event wakes who waits" poll 10 told
awk -v what="$what" '
	/^event/ { woken = $2 }
	index($0, what) { print woken - $1 }' "$tmp/followed" >"$tmp/late"
check "within a second" within 0 "$(cat "$tmp/late")" $((1000 * ms))
check "it reads the new lines alone" \
	[ "$(grep -c " flock " "$tmp/followed")" = 1 ]
unlock
locked stop flock funlock
what="syscall $pid $pid hdslow"
check "and so does the next" poll 10 told
check "which is told once" \
	[ "$(grep -c " flock " "$tmp/followed")" = 2 ]
unlock

# A follower is woken while another event is being written, and gets both
set_param slow_syscall_ms 0
set_param slow_open_ms 1
many="nofile:400 many:300:r:$file sleep:20 stop close-many stop"
# shellcheck disable=SC2086	# one step a word
start act $many
other=$pid
# shellcheck disable=SC2086
start act $many
kill -CONT "$other"
resume
await_state T "$other" || :
told() {
	[ "$(grep -cE "open ($pid|$other) " "$tmp/followed")" = 600 ]
}
check "who follows is shown all of the events of two" poll 20 told
kill -KILL "$other"
let_end
set_param slow_open_ms 0

# A poller may be on a wait queue of the module
check "the module stays while somebody polls" \
	[ "$("$bin/modload" -r hostdiag || :)" = EAGAIN ]
check "and works on" [ -n "$(header now_ns slow)" ]
kill -KILL "$follower"
wait "$follower" 2>/dev/null || :
unloads() {
	[ "$("$bin/modload" -r hostdiag || :)" = OK ]
}
hd_at_exit=
check "it goes once nobody does" poll 5 unloads

# A file that is first polled while the module is unloaded is not queued any more
hd_load slow_syscall_ms=0 slow_dsleep_ms=0 slow_open_ms=0
"$bin/pollgone" $hd hostdiag >"$tmp/gone"
if grep -q "no userfaultfd" "$tmp/gone"; then
	skip "a first poll while it goes" "no userfaultfd"
else
	check "a first poll while it goes does not wait" \
		[ "$(grep -v unload "$tmp/gone" | tr '\n' ' ')" = "going 1 poll readable " ]
	check "and it goes" grep -q "unload OK" "$tmp/gone"
fi
finish
