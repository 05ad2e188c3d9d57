#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh KERNEL [RUNS]: what hostdiag costs in that kernel, in guest
# instructions: a table, and TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
"$qemu_dir/root.sh" "$kernel"
runs=${2:-1}
dir=$out/bench
guest=$dir/guest

rm -rf "$dir"
mkdir -p "$dir/build/floor" "$guest/hostdiag/bench"
copy_source "$dir/build"
cat "$top/selftests/bench/floor/Kbuild.part" >>"$dir/build/Kbuild"
cp "$top"/selftests/bench/floor/*.c "$dir/build/floor/"
in_root "$root" "$dir/build" make -j"$(nproc)" M=/mnt modules \
	-C "/lib/modules/$(kernel_release)/build" >"$dir/build.log" 2>&1 || {
	tail -n 20 "$dir/build.log"
	die "the module does not build"
}
gcc -O2 -Wall -Wextra -Werror -static -o "$guest/hostdiag/bench/workloads" \
	"$top/selftests/bench/workloads.c"
cp "$dir/build/hostdiag_floor.ko" "$guest/hostdiag/bench/"
cp "$dir/build/hostdiag.ko" "$guest/hostdiag/"
cp "$top/selftests/bench/guest.sh" "$guest/hostdiag/job"
chmod +x "$guest/hostdiag/job"

for ((run = 1; run <= runs; run++)); do
	say "measuring on $(kernel_release), run $run of $runs"
	"$qemu_dir/boot.sh" "$kernel" "$dir" 300 count
	cat "$dir/results.tap"
done >"$dir/figures"
awk -f "$top/selftests/bench/report.awk" "$top/selftests/bench/goals" \
	"$dir/figures"
