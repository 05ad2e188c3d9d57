#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# unpack.sh RELEASE: in the root of root.sh: lay out on /mnt/base the programs
# that the shapes of hangs are played with, with the libraries that they name,
# and the modules of that kernel that they need.
set -eu

release=$1
programs="dmsetup lvm mkfs.ext4 nbd-server nbd-client exportfs rpc.mountd rpc.nfsd
	mount.nfs mount umount ip sqlite3 strace pdata_tools"
# The modules of the guest's base are in this list, too, since the index of
# modules that is made here takes the place of the base's.
modules="null_blk loop ext4 overlay fuse nbd unix_diag dm-mod dm-thin-pool nfs
	nfsv4 nfsd veth"

ldconfig
files=
for name in $programs; do
	files="$files $(command -v "$name")"
done
# shellcheck disable=SC2086	# lists
for file in $files $(ldd $files |
	mawk '$NF ~ /^\(0x/ && $(NF - 1) ~ "^/" { print $(NF - 1) }' | sort -u); do
	mkdir -p "/mnt/base${file%/*}"
	cp -L "$file" "/mnt/base$file"
done

depmod "$release"
mkdir -p "/mnt/base/lib/modules/$release"
cp "/lib/modules/$release"/modules.order "/lib/modules/$release"/modules.builtin* \
	"/mnt/base/lib/modules/$release/"
# shellcheck disable=SC2086	# a list
modprobe -S "$release" -aD $modules | sed -n 's/^insmod //p' | cut -d ' ' -f 1 |
	sort -u |
	while read -r file; do
		mkdir -p "/mnt/base${file%/*}"
		cp "$file" "/mnt/base$file"
	done
depmod -b /mnt/base "$release"

mkdir -p /mnt/base/etc
cp /etc/netconfig /etc/rpc /etc/services /mnt/base/etc/
