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
test_guest "$dir" clock-change
"$qemu_dir/boot.sh" "$kernel" "$dir" 300 count tsc
guest_points "$dir"
point "nothing was skipped that could be tested" no_more_skips "$dir"
finish
