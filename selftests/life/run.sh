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
test_guest "$dir" long-life
cp -r "$cache/$kernel-life/base/." "$dir/guest/"
export HOSTDIAG_GUEST_MEMORY=2G
"$qemu_dir/boot.sh" "$kernel" "$dir" 3600
guest_points "$dir"
# root.sh brings every program of the load
point "nothing was skipped that could be tested" no_more_skips "$dir"
finish
