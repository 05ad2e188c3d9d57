#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The server of a network disk stops to answer, and a filesystem is on that
# disk. (NetworkBlockDevice/nbd#93)
# timeout: 180

. "$(dirname "$0")/play.sh"

modprobe nbd nbds_max=2
modprobe ext4
mkdir -p /mnt/n
truncate -s 32M "$tmp/image"
mkfs.ext4 -q "$tmp/image"
cat >"$tmp/nbd.conf" <<-EOF
	[generic]
	allowlist = true
	[x]
	exportname = $tmp/image
EOF
nbd-server -d -C "$tmp/nbd.conf" >/dev/null 2>&1 3>&- &
server=$!
hd_pids="$hd_pids $server"
connected() {
	/sbin/nbd-client 127.0.0.1 /dev/nbd0 -N x >/dev/null 2>&1
}
there "the disk is there" connected
undo "/sbin/nbd-client -d /dev/nbd0"
mount -t ext4 /dev/nbd0 /mnt/n
undo "umount -l /mnt/n"
# shellcheck disable=SC2046	# numbers
stop "$server" $(children "$server")
run dd if=/dev/zero of=/mnt/n/f bs=64k count=8 conv=fsync
dd=$pid
there "one waits in D" in_state D "$dd"
sleep 3

# that server may be any process: all that are stopped are told of
no_blame="$no_blame| was stopped "
culprit 'nbd0|nbd-server|nbd-client'
ask_why dd "$dd"
ask_all
finish
