#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# build_own.sh: build the module for the kernel that was configured and built
# in $KERNEL_BUILD, for x86-64, and lay out what boots it: static programs, and
# those of its modules that the tests use.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel own
dir=$out/build
bzimage=$KERNEL_BUILD/arch/x86/boot/bzImage
config=$KERNEL_BUILD/.config
# with what they depend on; those that it lacks, or has built in, are left out
modules=(null_blk loop ext4 overlay fuse nbd unix_diag nfs nfsv3 nfsv4 autofs4
	dm_mod dm_delay dm_flakey crc32c_generic)
rm -rf "$dir" "$kernel_dir" "$out"/hostdiag*.ko
mkdir -p "$dir" "$kernel_dir"

# what init needs before it can load a module
can_boot() {
	local option missing=()
	for option in 64BIT MODULES BLK_DEV_INITRD RD_GZIP DEVTMPFS PROC_FS SYSFS TMPFS \
		BINFMT_ELF BINFMT_SCRIPT SERIAL_8250_CONSOLE; do
		grep -qx "CONFIG_$option=y" "$config" || missing+=("$option")
	done
	[ ${#missing[@]} = 0 ] || {
		echo "it lacks, built in: ${missing[*]}"
		return 1
	}
}

# lay_modules BASE: of all that were built there, those that are wanted
lay_modules() {
	local release all to
	release=$(kernel_release)
	to=$1/lib/modules/$release
	all=$(mktemp -d)
	mkdir -p "$all/lib/modules" "$to"
	ln -s "$KERNEL_BUILD" "$all/lib/modules/$release"
	# a line for each module, and behind a colon all that it needs
	/sbin/depmod -n -b "$all" "$release" | awk -v wanted="${modules[*]}" '
		BEGIN {
			n = split(wanted, names, " ")
			for (i = 1; i <= n; i++)
				is_wanted[names[i]] = 1
		}
		/^[^ ]*\.ko:/ {
			name = $1
			gsub(/^.*\/|\.ko:$/, "", name)
			gsub(/-/, "_", name)
			sub(/:/, "")
			if (name in is_wanted)
				for (i = 1; i <= NF; i++)
					print $i
		}' | sort -u | (cd "$KERNEL_BUILD" && xargs -r cp -t "$to") || return
	rm -rf "$all"
	/sbin/depmod -b "$1" "$release"
}

base() {
	local base=$out/base
	rm -rf "$base"
	cp "$bzimage" "$kernel_dir/vmlinuz"
	cp "$KERNEL_BUILD/include/config/kernel.release" "$kernel_dir/release"
	mkdir -p "$base"/{bin,dev,etc,proc,root,run,sys,tmp}
	cp /bin/busybox "$base/bin/"
	echo root:x:0:0:root:/root:/bin/sh >"$base/etc/passwd"
	echo root:x:0: >"$base/etc/group"
	lay_modules "$base" || return
	# On a processor with SMAP a kernel that does not know it cannot read
	# what a program hands it, and fails to run init.
	! grep -qx '# CONFIG_X86_SMAP is not set' "$config" ||
		echo ,-smap >"$kernel_dir/cpu"
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

build_locks() {
	local dir=$out/locks
	rm -rf "$dir"
	mkdir -p "$dir"
	locks_source "$dir"
	make -C "$KERNEL_BUILD" M="$dir" modules >"$out/locks.log" 2>&1 || {
		tail -n 40 "$out/locks.log"
		return 1
	}
	cp "$dir/hostdiag_locks.ko" "$out/"
}

point "there is a kernel in $KERNEL_BUILD" test -e "$bzimage"
[ "$failures" = 0 ] || finish
point "it has built in what the guest starts with" can_boot
point "what boots it can be laid out" base
point "the module builds for it" build
[ "$failures" = 0 ] || finish
point "the module with locks of known holders builds" build_locks
finish
