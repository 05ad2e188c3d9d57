#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Who is inside a call or in D now: since when, in what, on what, and where in
# the kernel; against /proc/PID/{syscall,wchan,status,fd} and the clock.

. "$(dirname "$0")/lib.sh"

hd_load
file=$tmp/file
: >"$file"

start act open:b:"$file" flock stop
victim flock S open:b:"$file" clock say flock
sleep 0.1
flock_since=$(cat "$tmp/out")
victim pipe S pipe clock say pipe-read
sleep 0.1
pipe_since=$(cat "$tmp/out")
victim sleep S sleep:100000
victim futex S futex
victim vfork D clock say vfork:100000
sleep 0.1
vfork_since=$(cat "$tmp/out")

child=$(children "$(cat "$tmp/vfork.pid")")
hd_pids="$hd_pids $child"

# waits of seconds, so that 10 % are long for this machine
sleep 3
cat $hd/stuck >"$tmp/stuck"

# stuck NAME COLUMNS
stuck() {
	rows "$tmp/stuck" "$2" "tid=$(cat "$tmp/$1.pid")"
}

# is_as NAME SYSCALL CLASS FD
is_as() {
	check "$1: in $2, class $3" \
		[ "$(stuck "$1" "syscall class fd")" = "$2 $3 $4" ]
}

compared=0

# agrees NAME: with what the kernel says of a sleeper
agrees() {
	pid=$(cat "$tmp/$1.pid")
	check "$1: its state" \
		[ "$(stuck "$1" state)" = "$(task_state "$pid")" ]
	# the function alone, without what a compiler makes of its name
	at=$(cat "/proc/$pid/wchan")
	at=${at%%.*}
	where=$(stuck "$1" waits_for)
	if [ "$at" != 0 ] && [ -n "$at" ] && [ "$where" != - ]; then
		compared=$((compared + 1))
		# wchan leaves the scheduler's own functions out
		check "$1: $at is where it waits: $where" grep -qE \
			"^([^<]*<)?([^<]*<)?$at([.<]|$)" <<-EOF
				$where
			EOF
	fi
}

is_as flock flock lock 3
is_as pipe read idle 3
is_as sleep nanosleep idle -
is_as futex futex idle -
vfork=$(stuck vfork syscall)
check "vfork: in it" \
	sh -c "echo '$vfork' | grep -qxE 'vfork|clone3?'"
for name in flock pipe sleep futex vfork; do
	agrees $name
done
[ $compared -gt 0 ] || skip "where they wait is what wchan says" "no wchan"

# functions NAME: of its stack, without what a compiler makes of their names
functions() {
	sed 's/^\[<[^ ]*>\] //; s/[.+].*//' "/proc/$(cat "$tmp/$1.pid")/stack" \
		2>/dev/null | sort -u
}
# what all calls come through is where none of them waits
for name in flock pipe sleep futex vfork; do
	functions $name
done | sort | uniq -c | awk '$1 == 5 && $2 !~ /schedule/ { print $2 }' >"$tmp/entry"
for name in flock pipe sleep futex vfork; do
	stuck $name waits_for | tr '<' '\n' | sed 's/\..*//'
done >"$tmp/shown"
if [ -s "$tmp/entry" ] && [ "$(sort -u "$tmp/shown")" != - ]; then
	check "no way into the kernel: $(tr '\n' ' ' <"$tmp/entry")" \
		[ -z "$(grep -xFf "$tmp/entry" "$tmp/shown")" ]
else
	skip "no way into the kernel" "no /proc/PID/stack, or no places"
fi

check "flock: the path" [ "$(stuck flock path)" = "$file" ]
pid_pipe=$(cat "$tmp/pipe.pid")
check "pipe: which one" \
	[ "$(stuck pipe path)" = "$(readlink "/proc/$pid_pipe/fd/3")" ]
check "sleep: no path" [ "$(stuck sleep path)" = - ]
# its number, and its first argument
if [ -r "/proc/$pid_pipe/syscall" ]; then
	read -r nr arg0 _ <"/proc/$pid_pipe/syscall"
	"$bin/snaprows" $hd/snapshot stuck >"$tmp/snaprows"
	check "pipe: number and argument of the call, in a snapshot" \
		[ "$(rows "$tmp/snaprows" "nr arg0 class fd" "tid=$pid_pipe")" = \
		"$nr $((arg0)) idle 3" ]
	check "pipe: state, place and path, in a snapshot" \
		[ "$(rows "$tmp/snaprows" "state waits_for path" "tid=$pid_pipe")" = \
		"$(stuck pipe "state waits_for path")" ]
else
	skip "pipe: number and argument of the call" "no /proc/PID/syscall"
fi

# age NAME SINCE [COLUMN]: right within 10 %
now=$(head -n 1 "$tmp/stuck" | tr ' ' '\n' | sed -n 's/^now_ns=//p')
age() {
	truth=$((now - $2))
	check "$1: age $truth ns" within $((truth * 9 / 10)) \
		"$(stuck "$1" "${3:-age_ns}")" $((truth * 11 / 10 + 100 * ms))
}
age flock "$flock_since"
age pipe "$pipe_since"
age vfork "$vfork_since"
age vfork "$vfork_since" d_age_ns
check "flock: no D sleep" [ "$(stuck flock d_age_ns)" = - ]

# who runs is in a call too; nobody looks at its stack or its arguments.  It
# may happen to be between two calls, or to have been made to wait.
runs() {
	cat "$hd/stuck" >"$tmp/stuck"
	[ "$(stuck zeros "state syscall fd waits_for")" = "R readv - -" ]
}
launch act comm:hdzeros open:r:/dev/zero zeros:1024 zeros:1024 zeros:1024 \
	zeros:1024 zeros:1024 zeros:1024
echo "$pid" >"$tmp/zeros.pid"
check "zeros: runs, in readv" poll 5 runs

# who reads is in a call, and is no news; who is stopped is in none
cat $hd/stuck >"$tmp/stuck"
check "its reader is not shown" [ -z "$(rows "$tmp/stuck" tid comm=cat)" ]
start act stop
check "a stopped task is in no call" \
	[ -z "$(rows stuck syscall "tid=$pid" syscall=getppid)" ]

# who gets out of it is stuck no more
pid=$(cat "$tmp/flock.pid")
check "who waits for a lock is there" [ "$(rows stuck tid "tid=$pid")" = "$pid" ]
kill -KILL "$pid"
gone() {
	[ -z "$(rows stuck tid "tid=$pid")" ]
}
check "and is not, once it has ended" poll 5 gone

# threads are apart, with the files of their process
launch act comm:hdthread pipe thread pipe-read end sleep:100000
await_state S "$pid"
two() {
	[ "$(rows stuck "comm syscall fd" "tgid=$pid" | sort | tr '\n' ' ')" = \
		"hdthread nanosleep - hdthread read 3 " ]
}
check "two threads, each in its call" poll 5 two
check "a thread's path is its process's" \
	[ "$(rows stuck path "tgid=$pid" syscall=read)" = \
	"$(readlink "/proc/$pid/fd/3")" ]
finish
