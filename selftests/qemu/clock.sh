#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# clock.sh KERNEL: the test of a change of the clock
# (selftests/kernel/clock-change.sh) in that kernel, in QEMU, which keeps time by
# the TSC.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
"$qemu_dir/root.sh" "$kernel"
dir=$out/clock
build=$dir/build
guest=$dir/guest
rm -rf "$dir"
mkdir -p "$build" "$guest/hostdiag/selftests"

build() {
	copy_source "$build"
	in_root "$root" "$build" make -j"$(nproc)" M=/mnt modules \
		-C "/lib/modules/$(kernel_release)/build"
}

point "the module builds for $(kernel_release)" build
[ "$failures" = 0 ] || finish
cp "$build/hostdiag.ko" "$guest/hostdiag/"
cp -r "$top"/selftests/{run.sh,kernel} "$guest/hostdiag/selftests/"
cat >"$guest/hostdiag/job" <<-'EOF'
	#!/bin/sh
	exec /hostdiag/selftests/run.sh clock-change
EOF
chmod +x "$guest/hostdiag/job"
"$qemu_dir/boot.sh" "$kernel" "$dir" 300 count tsc
guest_points "$dir"
finish
