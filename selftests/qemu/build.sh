#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# build.sh KERNEL: build the module for it in a copy of the tree, out/KERNEL/
# build, with W=1 and sparse.  TAP: it builds, every file was checked, and
# nothing was warned of.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
"$qemu_dir/root.sh" "$kernel"
dir=$out/build
log=$out/build.log

build() {
	rm -rf "$dir" "$out/hostdiag.ko"
	mkdir -p "$dir"
	copy_source "$dir"
	if ! in_root "$root" "$dir" make -j"$(nproc)" W=1 C=2 M=/mnt modules \
		-C "/lib/modules/$(kernel_release)/build" >"$log" 2>&1; then
		tail -n 40 "$log"
		return 1
	fi
	cp "$dir/hostdiag.ko" "$out/"
}

checked() {
	local source unchecked=0
	for source in "$dir"/module/*.c "$dir"/module/compat/*.c; do
		grep -q "CHECK .*/${source#"$dir/"}$" "$log" || {
			echo "${source#"$dir/"} was not"
			unchecked=1
		}
	done
	return "$unchecked"
}

silent() {
	! grep -E -A 3 'warning:|error:|WARNING|ERROR' "$log"
}

point "the module builds for $(kernel_release)" build
point "sparse checked every file" checked
point "neither gcc with W=1 nor sparse nor modpost warns" silent
finish
