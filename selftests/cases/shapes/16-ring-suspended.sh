#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A process waits for an io_uring fsync of a file on a suspended device, which
# a worker of its does.  (axboe/liburing#448)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_dm d2 /dev/loop3
mkfs.ext4 -q /dev/mapper/d2
mkdir -p /mnt/d2
mount -t ext4 /dev/mapper/d2 /mnt/d2
undo "umount -l /mnt/d2"
echo x >/mnt/d2/f
sync
dmsetup suspend --nolockfs --noflush d2
undo "dmsetup resume d2"
role dbengine rings fsync /mnt/d2/f
engine=$pid
there "one waits in io_uring_enter" at "$engine" io_uring_enter
sleep 2

culprit 'd2|dm-0' suspended
ask_why dbengine "$engine"
ask_all
finish
