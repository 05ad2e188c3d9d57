#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# root.sh KERNEL: make, once, what that kernel's tests start from, in the cache:
#
#	root/		a Debian root of its suite: compiler, headers, DKMS, sparse
#	vmlinuz		the kernel, never installed but unpacked
#	base.cpio.gz	the part of the initramfs that stays the same: busybox,
#			a few programs with their libraries, kernel modules
#	release		what uname -r says
set -Eeuo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
packages=gcc,make,libc6-dev,dkms,sparse,kmod,strace,busybox-static,$headers
programs="/usr/bin/strace /bin/kmod"
modules="null_blk loop ext4 overlay"

mkdir -p "$cache"
exec 9>"$kernel_dir.lock"
flock 9
stamp=$({ echo "$suite $image $packages" && cat "$0"; } | sha256sum)
if [ "$(cat "$kernel_dir/stamp" 2>/dev/null)" = "$stamp" ]; then
	exit 0
fi

work=$kernel_dir.new
rm -rf "$work"
mkdir -p "$work/root"
log=$kernel_dir.log
trap 'tail -n 20 "$log" >&2; die "no root for kernel $kernel: see $log"' ERR

say "fetching kernel $kernel and a Debian $suite to build for it (once, a minute or two)"
# What apt fetches for the image is unpacked, and nothing of it is configured:
# no initramfs or boot loader is wanted.
# shellcheck disable=SC2016	# $1 is the hooks' own
mmdebstrap --variant=apt --include="$packages" \
	--dpkgopt='path-exclude=/usr/share/locale/*' \
	--dpkgopt='path-exclude=/usr/share/doc/*' \
	--dpkgopt='path-exclude=/usr/share/man/*' \
	--customize-hook='chroot "$1" apt-get install -y --download-only --no-install-recommends '"$image" \
	--customize-hook='mkdir "$1/image"' \
	--customize-hook='for deb in "$1"/var/cache/apt/archives/linux-*.deb; do dpkg-deb -x "$deb" "$1/image"; done' \
	"$suite" - 2>"$log" |
	tar -x --no-same-owner --exclude='./dev/*' -C "$work/root"

say "packing the initramfs of kernel $kernel"
vmlinuz=$(find "$work/root/image" -name 'vmlinuz*')
image_modules=$(find "$work/root/image" -path '*/lib/modules/*' -prune)
release=${image_modules##*/}
echo "$release" >"$work/release"
cp "$vmlinuz" "$work/vmlinuz"

# DIR is mounted on /mnt; the variables are the inner shell's
# shellcheck disable=SC2016
in_root "$work/root" "$work" sh -euc '
	release=$1 programs=$2 modules=$3
	test -e "/lib/modules/$release/build/Makefile"

	# The few modules that are used, in the root as in the initramfs.
	depmod -b /image "$release"
	cp /image/lib/modules/$release/modules.order \
		/image/lib/modules/$release/modules.builtin* \
		"/lib/modules/$release/"
	modprobe -d /image -S "$release" -aD $modules |
		sed -n "s/^insmod //p" | cut -d " " -f 1 | sort -u |
		while read -r file; do
			mkdir -p "$(dirname "${file#/image}")"
			cp "$file" "${file#/image}"
		done
	depmod "$release"
	rm -rf /image

	mkdir base
	cd base
	mkdir -p bin sbin dev proc sys tmp root run etc usr/bin usr/sbin \
		lib/modules
	cp -a "/lib/modules/$release" lib/modules/
	rm -f lib/modules/*/build lib/modules/*/source
	cp /bin/busybox bin/
	for program in $programs; do
		echo "$program"
		ldd "$program" | grep -o "/[^ ]*"
	done | sort -u | xargs cp -L --parents -t .
	for name in modprobe insmod rmmod lsmod modinfo; do
		ln -s /bin/kmod "sbin/$name"
	done
	echo root:x:0:0:root:/root:/bin/sh >etc/passwd
	echo root:x:0: >etc/group
' sh "$release" "$programs" "$modules" >>"$log" 2>&1
pack() {
	(cd "$1" && find . | cpio -o -H newc -R 0:0 --quiet | gzip -1)
}
pack "$work/base" >"$work/base.cpio.gz"
rm -rf "$work/base" "$kernel_dir"
echo "$stamp" >"$work/stamp"
mv "$work" "$kernel_dir"
