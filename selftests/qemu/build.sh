#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# build.sh KERNEL: build the module for it in a copy of the tree, out/KERNEL/
# build, with W=1 and sparse.  TAP: the kernel is here, the module builds,
# every file was checked, nothing was warned of, the compile probes said what they
# are known to say of this kernel, and the module that its tests use builds.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
dir=$out/build
log=$out/build.log
expected=$top/selftests/expect/$kernel.conf
rm -rf "$dir" "$out/hostdiag.ko" "$out/hostdiag_locks.ko"
mkdir -p "$dir"

build() {
	copy_source "$dir"
	if ! in_root "$root" "$dir" make -j"$(nproc)" W=1 C=2 M=/mnt modules \
		-C "/lib/modules/$(kernel_release)/build" \
		${cross_compile:+ARCH="$arch" CROSS_COMPILE="$cross_compile"} \
		>"$log" 2>&1; then
		tail -n 40 "$log"
		return 1
	fi
	cp "$dir/hostdiag.ko" "$out/"
}

# the locks of known holders, for the kernel tests
build_locks() {
	local dir=$out/locks
	rm -rf "$dir"
	mkdir -p "$dir"
	locks_source "$dir"
	if ! in_root "$root" "$dir" make -j"$(nproc)" M=/mnt modules \
		-C "/lib/modules/$(kernel_release)/build" \
		${cross_compile:+ARCH="$arch" CROSS_COMPILE="$cross_compile"} \
		>"$out/locks.log" 2>&1 ||
		grep -A 3 'warning:' "$out/locks.log"; then
		tail -n 40 "$out/locks.log"
		return 1
	fi
	cp "$dir/hostdiag_locks.ko" "$out/"
}

# not with headers that lack a script of kbuild's, as those of Debian's 7.3
can_check() {
	! grep -q 'C=2 specified, but sparse is not' "$log"
}

checked() {
	local source unchecked=0
	for source in "$dir"/module/*.c "$dir"/module/*/*.c; do
		grep -q "CHECK .*${source#"$dir/"}$" "$log" || {
			echo "${source#"$dir/"} was not"
			unchecked=1
		}
	done
	return "$unchecked"
}

silent() {
	! grep -E -A 3 'warning:|error:|WARNING|ERROR' "$log"
}

# A "yes" that became a "no" still builds, by another way.
as_expected() {
	grep HD_HAVE_ "$dir/module/compat/generated.h" | LC_ALL=C sort \
		>"$out/probes.conf"
	diff -U 0 "$expected" "$out/probes.conf" || {
		echo "if these are right: cp ${out#"$top/"}/probes.conf ${expected#"$top/"}"
		return 1
	}
}

here=true
"$qemu_dir/root.sh" "$kernel" || here=false
point "kernel $kernel and a Debian $suite to build for it are here" "$here"
[ "$here" = true ] || finish
point "the module builds for $(kernel_release)" build
[ -e "$out/hostdiag.ko" ] || finish
if can_check; then
	point "sparse checked every file" checked
else
	skip "sparse checked every file" "its headers cannot run sparse"
fi
point "neither gcc with W=1 nor sparse nor modpost warns" silent
point "the compile probes say what they are known to" as_expected
point "the module with locks of known holders builds" build_locks
finish
