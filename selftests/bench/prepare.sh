#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# prepare.sh KERNEL: what each guest that measures in that kernel has, in
# out/KERNEL/bench/guest: the module, the empty probes, the workloads.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
"$qemu_dir/root.sh" "$kernel"
bench=$top/selftests/bench
dir=$out/bench
build=$dir/build
to=$dir/guest/hostdiag

build() {
	in_root "$root" "$build" make -j"$(nproc)" M=/mnt modules \
		-C "/lib/modules/$(kernel_release)/build" \
		${cross_compile:+ARCH="$arch" CROSS_COMPILE="$cross_compile"}
	for program in workloads crowd took; do
		in_root "$root" "$build" "${cross_compile}gcc" -O2 -Wall \
			-Wextra -static -o "$program" "$program.c"
	done
}

rm -rf "$dir"
mkdir -p "$build/floor" "$to/bench"
copy_source "$build"
cat "$bench/floor/Kbuild.part" >>"$build/Kbuild"
cp "$bench"/floor/*.c "$build/floor/"
cp "$bench"/*.c "$top/selftests/kernel/crowd.c" "$build/"
build >"$dir/build.log" 2>&1 || {
	tail -n 20 "$dir/build.log" >&2
	die "what is measured does not build for kernel $kernel"
}
cp "$build/hostdiag.ko" "$to/"
cp "$build"/{hostdiag_floor.ko,workloads,crowd,took} "$bench"/*guest.sh "$to/bench/"
chmod +x "$to"/bench/*.sh
