#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What has hung since before the module is loaded: it is loaded in the middle of
# it, and tells of the same tasks as if it had been there, with ages that are
# estimates, and says so.

. "$(dirname "$0")/lib.sh"

hd_unload
at_exit hd_unload
file=$tmp/file
: >"$file"

start act open:b:"$file" flock stop
stopped=$pid
# the time just before the last step, which the victim says itself
victim flock S open:b:"$file" clock say flock
sleep 0.2
flock_since=$(cat "$tmp/out")
victim vfork D clock say vfork:100000
sleep 0.2
vfork_since=$(cat "$tmp/out")
child=$(children "$(cat "$tmp/vfork.pid")")
hd_pids="$hd_pids $child"
victim pipe S pipe clock say pipe-read
sleep 3
hd_load
cat "$hd/stuck" >"$tmp/stuck"
cat "$hd/blocked" >"$tmp/blocked"
cat "$hd/tasks" >"$tmp/tasks"
cat "$hd/snapshot" >"$tmp/snapshot"

# stuck NAME COLUMNS
stuck() {
	rows "$tmp/stuck" "$2" "tid=$(cat "$tmp/$1.pid")"
}

check "flock: the call, its file and descriptor" \
	[ "$(stuck flock "syscall class fd state path begin")" = \
	"flock lock 3 S $file before" ]
check "pipe: the call" [ "$(stuck pipe "syscall class fd begin")" = \
	"read idle 3 before" ]
check "vfork: the call, and its D sleep" sh -c \
	"echo '$(stuck vfork "syscall state begin")' |
		grep -qxE '(vfork|clone3?) D before'"
now=$(head -n 1 "$tmp/stuck" | tr ' ' '\n' | sed -n 's/^now_ns=//p')
# age NAME SINCE COLUMN: as good as the scheduler's note of the last time on a CPU
age() {
	truth=$((now - $2))
	check "$1: $3 is about $((truth / ms)) ms" within $((truth * 9 / 10)) \
		"$(stuck "$1" "$3")" $((truth * 12 / 10 + 200 * ms))
}
age flock "$flock_since" age_ns
age vfork "$vfork_since" age_ns
age vfork "$vfork_since" d_age_ns
check "flock: no D sleep" [ "$(stuck flock d_age_ns)" = - ]
check "a stopped task is in no call" \
	[ -z "$(rows "$tmp/stuck" tid "tid=$stopped")" ]
check "blocked has who is in D" \
	[ "$(rows "$tmp/blocked" state "tid=$(cat "$tmp/vfork.pid")")" = D ]
check "and its age" within 2500000000 \
	"$(rows "$tmp/blocked" age_ns "tid=$(cat "$tmp/vfork.pid")")" \
	$((now - vfork_since + 2000 * ms))
check "they are tasks that are inside of something" \
	[ "$(rows "$tmp/tasks" tid "tid=$(cat "$tmp/flock.pid")")" = \
	"$(cat "$tmp/flock.pid")" ]
cat "$hd/summary" >"$tmp/summary"
sed 's/^/# /' "$tmp/summary"
check "summary: flock" grep -q "hdflock.* in flock on $file for about [0-9]" \
	"$tmp/summary"
check "summary: vfork" grep -qE 'hdvfork.* in D in .* for about [0-9]' "$tmp/summary"
check "the files are well-formed" "$bin/validate" $hd 0

# what begins from now on is seen
victim later S open:b:"$file" flock
check "what begins later is not from before" \
	[ "$(rows stuck "syscall begin" "tid=$pid")" = "flock seen" ]

reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag) || finish
check "why: since before" sh -c "'$reader' why '$(cat "$tmp/flock.pid")' |
	grep -q 'in flock on fd 3 .* since before hostdiag counted, for about [0-9.]*s'"
finish
