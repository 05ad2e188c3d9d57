#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh KERNEL: the test of a host at work (selftests/kernel/long-life.sh) in
# that kernel, in QEMU.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
"$qemu_dir/root.sh" "$kernel"
"$top/selftests/life/root.sh" "$kernel"
dir=$out/life
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
cp -r "$cache/$kernel-life/base/." "$guest/"
cp "$build/hostdiag.ko" "$guest/hostdiag/"
cp -r "$top"/selftests/{run.sh,kernel} "$guest/hostdiag/selftests/"
install -D "$top/userspace/hostdiag" "$guest/usr/bin/hostdiag"
cat >"$guest/hostdiag/job" <<-'EOF'
	#!/bin/sh
	export LC_ALL=C
	exec /hostdiag/selftests/run.sh long-life
EOF
chmod +x "$guest/hostdiag/job"
export HOSTDIAG_GUEST_MEMORY=2G
"$qemu_dir/boot.sh" "$kernel" "$dir" 3600
guest_points "$dir"
# root.sh brings every program of the load
point "nothing was skipped that could be tested" no_more_skips "$dir"
finish
