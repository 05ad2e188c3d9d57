#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The reader must not hang: run every command while tasks hang in a file system whose server
# does not answer, holding their mmap lock and locks on its files, with their program on it.
# timeout: 300

. "$(dirname "$0")/lib.sh"

hd_load
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag) || skip_all "no reader"
modprobe fuse 2>/dev/null || :
[ -e /dev/fuse ] || skip_all "no FUSE"
dir=$tmp/remote
mkdir "$dir"

launch hungfs serve "$dir"
server=$pid
at_exit "umount -l $dir"
poll 10 grep -q '^server ' "$tmp/out" || skip_all "no FUSE mount"
mv "$tmp/out" "$tmp/server"
launch hungfs use "$dir"
users=$pid
poll 20 grep -q '^used ' "$tmp/out" || {
	echo "# the victims did not come up"
	exit 1
}

role() {
	sed -n "s/^$1 //p" "$tmp/out"
}

await_state T "$(role program)" || :
kill -STOP "$server"

# all but those that wait for each other, the holder of a lock, and who is stopped
hang() {
	for hd_victim in reader stater statfser mapper; do
		"$reader" why "$(role "$hd_victim")" 2>/dev/null |
			grep -q ' for [0-9.]*[0-9]s' || return 1
	done
}
poll 20 hang || echo "# not all victims hang"
sleep 2

# in_time COMMAND...: the command, and a reader of its output, end within the deadline
in_time() {
	rm -f "$tmp/said"
	timeout -s KILL $deadline sh -c '"$@" 2>&1 | cat >'"$tmp/said" \
		sh "$reader" "$@"
}

# Two seconds is what the reader may wait for others.  An emulated processor takes a
# second to start a program: three times what a command takes that waits for nobody
# is added, which is nothing elsewhere.
deadline=60
begun=$(now_cs)
in_time errors
took=$(($(now_cs) - begun))
deadline=$(((2 + (took * 3 + 50) / 100) * ${HOSTDIAG_SLOW:-1}))
echo "# errors takes $took hundredths of a second: the deadline is $deadline s"

for victim in reader stater statfser execer process mapper grower locker \
	holder waiter program; do
	check "why $victim comes back" in_time why "$(role "$victim")"
	check "and tells of it" grep -q "^$(role "$victim") (" "$tmp/said"
	sed 's/^/#   /' "$tmp/said"
done
"$reader" why "$(role reader)" >"$tmp/said" 2>&1
check "the mount is told" \
	grep -q "waits for the daemon of $dir (fuse.hungfs)" "$tmp/said"
check "and its daemon" \
	grep -q "the daemon is $server (hungfs) as fd " "$tmp/said"
check "and who could end it" \
	grep -q "^$server (hungfs) is stopped by a signal" "$tmp/said"
check "why of the stopped server comes back" in_time why "$server"

for command in "tasks" "tasks --by cgroup" "tasks --by comm" "syscalls" "stuck" \
	"stuck -a" "stuck --by cgroup" "errors" "dsleep" "open" "open --by cgroup" \
	"slow" "deaths" "hist" "summary" "json" "doctor" "metrics" \
	"top 1 1"; do
	# shellcheck disable=SC2086	# words of a command line
	check "$command comes back" in_time $command
done

# its name cannot be killed by SIGKILL in some waits, so long as these last
helpers() {
	cat /proc/[0-9]*/comm 2>/dev/null | grep -c '^hostdiag-look'
}
kill -KILL "$server" "$users"
umount -l "$dir" 2>/dev/null || :
no_helpers() {
	[ "$(helpers)" = 0 ]
}
check "no helper stays when the hang is over" poll 20 no_helpers

finish
