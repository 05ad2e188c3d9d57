#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# totals.sh KERNEL: the test of sums (selftests/kernel/46-totals.sh) with 100 000
# tasks that end, in that kernel, in QEMU.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
"$qemu_dir/root.sh" "$kernel"
dir=$out/totals
test_guest "$dir" 46-totals HOSTDIAG_TASKS=100000
"$qemu_dir/boot.sh" "$kernel" "$dir" 1200
guest_points "$dir"
finish
