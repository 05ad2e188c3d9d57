#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# check.sh DIR KERNEL: build for it and run the tests in it, recorded in DIR as
# "KERNEL build" and "KERNEL"; print its name when that is done.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

dir=$1
use_kernel "$2"
build=$qemu_dir/build.sh
[ "$kernel" != own ] || build=$qemu_dir/build_own.sh

say "$kernel: building"
"$top/selftests/record.sh" "$dir/$kernel build" "$build" "$kernel" \
	>"$dir/$kernel build.tap"
if [ -e "$out/hostdiag.ko" ]; then
	say "$kernel: booting $(kernel_release)"
	"$top/selftests/record.sh" "$dir/$kernel" "$qemu_dir/run.sh" \
		"$kernel" >"$dir/$kernel.tap"
fi
echo "$kernel"
