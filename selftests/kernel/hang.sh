# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034,SC2154	# what lib.sh and the test set, and it uses
# For tests of a file system whose server does not answer: tasks that hang there, and
# every command of the reader beside them.  $reader is the reader.

# victims DIR: those of hungfs use DIR, which do not hang yet
victims() {
	hang_is_meant
	launch hungfs use "$1"
	users=$pid
	poll 20 grep -q '^used ' "$tmp/out" || {
		echo "# the victims did not come up"
		exit 1
	}
	await_state T "$(victim program)" || :
}

# victim ROLE: print its number
victim() {
	sed -n "s/^$1 //p" "$tmp/out"
}

# all but those that wait for each other, the holder of a lock, and who is stopped
hang() {
	for hd_victim in reader stater statfser mapper; do
		"$reader" why "$(victim "$hd_victim")" 2>/dev/null |
			grep -q ' for [0-9.]*[0-9]s' || return 1
	done
}

# in_time COMMAND...: the command, and a reader of its output, end within the deadline
in_time() {
	rm -f "$tmp/said"
	timeout -s KILL "$deadline" sh -c '"$@" 2>&1 | cat >'"$tmp/said" \
		sh "$reader" "$@"
}

# Two seconds is what the reader may wait for others.  An emulated processor takes a
# second to start a program: five times what a command takes that looks at no task's
# /proc is added, which is little elsewhere.
set_deadline() {
	deadline=60
	begun=$(now_cs)
	in_time errors
	took=$(($(now_cs) - begun))
	deadline=$(((2 + (took * 5 + 50) / 100) * ${HOSTDIAG_SLOW:-1}))
	echo "# errors takes $took hundredths of a second: the deadline is $deadline s"
}

# the victims hang: the reader tells of each, and every command comes back
all_come_back() {
	poll 20 hang || echo "# not all victims hang"
	sleep 2
	set_deadline
	for hd_victim in reader stater statfser execer process mapper grower locker \
		holder waiter program; do
		check "why $hd_victim comes back" in_time why "$(victim $hd_victim)"
		check "and tells of it" grep -q "^$(victim $hd_victim) (" "$tmp/said"
		sed 's/^/#   /' "$tmp/said"
	done
	for hd_command in tasks "tasks --by cgroup" "tasks --by comm" syscalls stuck \
		"stuck -a" "stuck --by cgroup" blocked ledger errors dsleep open \
		"open --by cgroup" slow deaths exited hist summary json doctor metrics \
		"top 1 1" "strace $(victim reader)"; do
		# shellcheck disable=SC2086	# words of a command line
		check "$hd_command comes back" in_time $hd_command
	done
}

# its name cannot be killed by SIGKILL in some waits, so long as these last
no_helpers() {
	! cat /proc/[0-9]*/comm 2>/dev/null | grep -q '^hostdiag-look'
}
