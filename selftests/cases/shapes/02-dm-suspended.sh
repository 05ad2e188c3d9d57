#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ext4 on a device of the device mapper that was left suspended: those who
# write, who make files, and the journal itself wait.  (flatcar/Flatcar#847,
# moby/moby#30003)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_dm data /dev/loop0
mkfs.ext4 -q /dev/mapper/data
mkdir -p /mnt/data
mount -t ext4 /dev/mapper/data /mnt/data
undo "umount -l /mnt/data"
for i in 1 2 3; do
	role ordersd trouble orders "/mnt/data/$i"
	writer=$pid
done
sleep 1
dmsetup suspend --nolockfs --noflush data
undo "dmsetup resume data"
there "the writers wait in D" in_state D "$writer"
# until the journal closes its transaction, and no other one may begin
# shellcheck disable=SC2016	# for the shell within
run sh -c 'n=0; while mkdir "/mnt/data/new$n"; do n=$((n + 1)); done'
maker=$pid
maker_waits() {
	child=$(children "$maker")
	[ -n "$child" ] && in_state D "$child"
}
there "who makes folders waits in D" maker_waits
hd_pids="$hd_pids $child"
journal=$(named jbd2/dm-0-8)
there "the journal waits in D" in_state D "$journal"
sleep 2

culprit 'data|dm-0' suspended
ask_why ordersd "$writer"
ask_why mkdir "$maker"
ask_why jbd2 "$journal"
ask_all
finish
