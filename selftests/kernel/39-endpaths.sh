#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The path of a file that is open when its process ends is the right one, or none.

. "$(dirname "$0")/lib.sh"

hd_load
set_param slow_open_ms 100
at_root=/hostdiag-test-$$
at_exit "rm -f $at_root"
: >$at_root
mkdir "$tmp/mount"
mount -t tmpfs none "$tmp/mount" || skip_all "no tmpfs"
at_exit "umount $tmp/mount"
: >"$tmp/mount/file"

# the files of the workload that were shown with a path
paths() {
	rows slow path "tid=$pid" kind=open | grep -v '^-$' | sort | tr '\n' ' '
}

start act "open:r:$tmp/mount/file" open:r:$at_root sleep:200 stop
let_end
both() {
	[ "$(rows slow kind "tid=$pid" kind=open | wc -l)" -ge 2 ]
}
check "two files were held for long" poll 5 both
check "the one on the root's mount is told by its path, the other by none" \
	[ "$(paths | sed 's/ $//')" = "$(event_path $at_root | grep -v '^-$')" ]
finish
