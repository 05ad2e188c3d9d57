#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# build_own.sh: build the module for the kernel that was configured and built
# in $KERNEL_BUILD, for x86-64, and lay out what boots it: static programs, and
# of its modules the one that the tests use.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel own
dir=$out/build
bzimage=$KERNEL_BUILD/arch/x86/boot/bzImage
rm -rf "$dir" "$kernel_dir" "$out/hostdiag.ko"
mkdir -p "$dir" "$kernel_dir"

base() {
	local base=$out/base modules
	rm -rf "$base"
	cp "$bzimage" "$kernel_dir/vmlinuz"
	cp "$KERNEL_BUILD/include/config/kernel.release" "$kernel_dir/release"
	modules=$base/lib/modules/$(kernel_release)
	mkdir -p "$base"/{bin,dev,etc,proc,root,run,sys,tmp} "$modules"
	cp /bin/busybox "$base/bin/"
	echo root:x:0:0:root:/root:/bin/sh >"$base/etc/passwd"
	echo root:x:0: >"$base/etc/group"
	# null_blk, and what it needs
	find "$KERNEL_BUILD" \( -name null_blk.ko -o -name configfs.ko \) \
		-exec cp {} "$modules" \;
	/sbin/depmod -b "$base" "$(kernel_release)"
	(cd "$base" && find . | cpio -o -H newc -R 0:0 --quiet | gzip -1) \
		>"$kernel_dir/base.cpio.gz"
	rm -rf "$base"
}

build() {
	copy_source "$dir"
	make -C "$KERNEL_BUILD" M="$dir" modules >"$out/build.log" 2>&1 || {
		tail -n 40 "$out/build.log"
		return 1
	}
	cp "$dir/hostdiag.ko" "$out/"
}

point "there is a kernel in $KERNEL_BUILD" test -e "$bzimage"
[ "$failures" = 0 ] || finish
point "what boots it can be laid out" base
point "the module builds for it" build
finish
