#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# hostdiag blocked, and why without a task: one tree of the kernel's locks, those
# of files and of programs, daemons of mounts, and who is stopped.
# timeout: 600

. "$(dirname "$0")/lib.sh"

hang_is_meant
hd_load
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag) || skip_all "no reader"

# says COMMAND PATTERN: what the reader says to that has it in a line
says() {
	# shellcheck disable=SC2086	# a command and its argument
	"$reader" $1 >"$tmp/said" 2>&1 && grep -Eq -- "$2" "$tmp/said"
}

# tells WHAT COMMAND PATTERN: soon; what is told begins a second after the wait
tells() {
	if poll 15 says "$2" "$3"; then
		ok "$1"
	else
		not_ok "$1"
		echo "#   wanted: $3"
		sed 's/^/#   /' "$tmp/said"
	fi
}

# who stopped it: this script
by_me=" [^ ]+ ago by [^:]*\\[$$\\]"

role() {
	poll 10 grep -q "^$1 " "$tmp/out" || :
	sed -n "s/^$1 //p" "$tmp/out"
}

end_one() {
	kill -KILL "$pid"
	wait "$pid" 2>/dev/null || :
}

# locker FILE: a task that wants, or has, a lock on it; sets $pid
locker() {
	"$bin/act" "open:b:$1" flock sleep:10000000 3>&- &
	pid=$!
	hd_pids="$hd_pids $pid"
}

ended() {
	! [ -e "/proc/$1" ] || [ "$(task_state "$1")" = Z ]
}

has_lock() {
	grep -q "FLOCK .* $1 " /proc/locks
}

# --- nobody is to blame for those that wait for work

"$bin/chains" pipe >"$tmp/out" 3>&- &
pid=$!
hd_pids="$hd_pids $pid"
reader_of_pipe=$(role reader)
writer=$(role writer)
sleep 2
"$reader" blocked >"$tmp/said"
check "who waits for work is not in the tree" \
	[ "$(grep -Ec "^($reader_of_pipe|$writer) \(chains" "$tmp/said")" = 0 ]
kill -STOP "$writer"
tells "but once the writer is stopped" blocked \
	"^$writer \(chains\) is stopped by a signal$by_me: kill -CONT $writer lets it go on; [1-9]+ waits? behind it"
end_one

# --- locks of a file, whose holder is stopped

: >"$tmp/file"
locker "$tmp/file"
holder=$pid
poll 10 has_lock "$holder" || echo "# no lock"
kill -STOP "$holder"
locker "$tmp/file"
one=$pid
locker "$tmp/file"
two=$pid
tells "the holder of a lock that is stopped, and how many wait" blocked \
	"^$holder \(act\) is stopped by a signal$by_me: kill -CONT $holder lets it go on; [0-9]+ wait behind it, the longest for "
check "for what, and one of them" grep -Eq \
	"^  2 wait for a lock on $tmp/file, such as ($one|$two) \(act\) for " "$tmp/said"
tells "why without a task says the same" why "^$holder \(act\) is stopped by a signal"
tells "why of a waiter ends there" "why $one" \
	"^root: $holder \(act\) is stopped by a signal$by_me: kill -CONT $holder lets it go on\$"
check "... on its last line" [ "$(tail -n 1 "$tmp/said" | cut -d ' ' -f 1)" = root: ]
tells "the summary, too" summary "^  $holder \(act\) is stopped by a signal.* wait behind it"
check "it is there but once" [ "$(grep -c "$holder (act) is stopped" "$tmp/said")" = 1 ]

# --- a lock of the kernel's behind them: a directory of a mount, whose daemon
# waits for the same lock

modprobe fuse 2>/dev/null || :
mkdir "$tmp/remote"
if [ -e /dev/fuse ]; then
	launch hungfs serve "$tmp/remote" "$tmp/file"
	at_exit "umount -l $tmp/remote"
	server=$(role server)
	[ -n "$server" ] || echo "# no mount"
	mkdir "$tmp/remote/locked" 3>&- 2>/dev/null &
	first=$!
	hd_pids="$hd_pids $first"
	poll 20 grep -q request_wait_answer "/proc/$first/stack" ||
		echo "# the first does not wait"
	mkdir "$tmp/remote/other" 3>&- 2>/dev/null &
	second=$!
	hd_pids="$hd_pids $second"
	poll 20 grep -q filename_create "/proc/$second/stack" ||
		echo "# the second does not wait"
	tells "a lock of the kernel's, a daemon and a lock of a file are one chain" blocked \
		"^$holder \(act\) is stopped by a signal$by_me: kill -CONT $holder lets it go on; ([5-9]|[0-9]{2,}) wait behind it"
	check "through the lock and the daemon" grep -Eq \
		"^  1 waits for (the|a) rwsem .*, such as $second \(mkdir\)" "$tmp/said"
	tells "why goes on from the lock's holder" "why $second" \
		"it waits for .*, which is held by $first \(mkdir\)"
	check "to the daemon" grep -q "^$server (hungfs) is in flock" "$tmp/said"
	check "up to who is stopped" \
		[ "$(tail -n 1 "$tmp/said" | cut -d ' ' -f 1-3)" = "root: $holder (act)" ]
	kill -KILL "$holder" "$one" "$two"
	wait "$holder" "$one" "$two" 2>/dev/null || :
	poll 10 ended "$first" || echo "# the first still waits"
	"$reader" blocked >"$tmp/said"
	check "a daemon that waits for requests is in no deadlock" \
		[ "$(grep -c deadlock "$tmp/said")" = 0 ]
else
	skip "locks of the kernel's behind a daemon" "no FUSE"
fi
kill -KILL "$holder" "$one" "$two" 2>/dev/null || :
wait "$holder" "$one" "$two" 2>/dev/null || :

# --- two mutexes

launch chains abba
one=$(role one)
other=$(role other)
tells "a deadlock of two mutexes" blocked \
	"deadlock: $one \(chains\) waits for $other \(chains, thread of $one\), which waits for $one \(chains\); 2 wait in all"
tells "it is in the summary" summary "deadlock: $one \(chains\)"
tells "why of one of them" "why $other" "deadlock: "
end_one
gone() {
	! says blocked deadlock
}
check "and no deadlock when it is over" poll 10 gone

finish
