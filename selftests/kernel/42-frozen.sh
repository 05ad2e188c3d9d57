#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Tasks that write to a frozen file system wait until it is thawed.  The task that froze
# it has exited, so no holder may be told.

. "$(dirname "$0")/lib.sh"

hd_load
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag || :)

# freezable NAME: mount a file system of its own at $tmp/NAME; its device is in $loop
freezable() {
	dd if=/dev/zero of="$tmp/$1.disk" bs=1M count=8 &&
		loop=$(losetup -f) && losetup "$loop" "$tmp/$1.disk" || return
	at_exit "losetup -d $loop"
	mke2fs "$loop" && mkdir "$tmp/$1" && mount -t ext4 "$loop" "$tmp/$1" || return
	at_exit "umount $tmp/$1"
	: >"$tmp/$1/file"
}

modprobe -a loop ext4 2>/dev/null || :
if ! { freezable one && one=${loop#/dev/} && freezable two && two=${loop#/dev/} &&
	sync && "$bin/deed" freeze "$tmp/one"; } >"$tmp/made" 2>&1; then
	skip_all "no loop, ext4 or freezing: $(tail -n 1 "$tmp/made")"
fi
at_exit "$bin/deed thaw $tmp/one 2>/dev/null"

# writers NAME COUNT: that many append to the file there
writers() {
	for _ in $(seq "$2"); do
		sh -c "echo x >>'$tmp/$1/file'" &
		hd_pids="$hd_pids $!"
		await_state D $! || :
	done
}

# waiting DEVICE: the number of tasks that wait until its file system is thawed
waiting() {
	cat "$hd/blocked" >"$tmp/blocked"
	rows "$tmp/blocked" tid "object=frozen:$1" | wc -l
}

# wait_for DEVICE COUNT
wait_for() {
	[ "$(waiting "$1")" = "$2" ]
}

writers one 3
check "three that write wait until that file system is thawed" poll 5 wait_for "$one" 3
grep 'frozen:' "$tmp/blocked" | sed 's/^/#   /'
check "no holder is told" [ "$(rows "$tmp/blocked" "hold holder_comm" \
	"object=frozen:$one" | sort -u)" = "- -" ]
check "nobody waits for another file system" wait_for "$two" 0
if [ -n "$reader" ]; then
	is_told() {
		"$reader" why "${hd_pids##* }" >"$tmp/why" 2>&1 &&
			grep -q "$tmp/one \(is\|was\) frozen" "$tmp/why"
	}
	check "why says what is frozen" poll 10 is_told
	check "... and tells of no lock" sh -c "! grep -q 'who holds it' '$tmp/why'"
	sed 's/^/#   /' "$tmp/why"
fi

"$bin/deed" freeze "$tmp/two"
at_exit "$bin/deed thaw $tmp/two 2>/dev/null"
writers two 2
check "writers to another one that is frozen are told apart" poll 5 wait_for "$two" 2
check "... from those of the first" wait_for "$one" 3

"$bin/deed" thaw "$tmp/one"
check "nobody waits once it is thawed" poll 5 wait_for "$one" 0
check "... but for the other one" wait_for "$two" 2
"$bin/deed" thaw "$tmp/two"
check "nor for that once it is thawed" poll 5 wait_for "$two" 0
finish
