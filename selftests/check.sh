#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# check.sh KERNEL...: all the checks as one TAP stream, with the time of each
# step.  The last line is "N passed, N failed".
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"

# shellcheck source=steps.sh
. selftests/steps.sh

[ $# -gt 0 ] || {
	echo "hostdiag: no kernel to test: make check KERNELS=..." >&2
	exit 2
}
selftests/qemu/packages.sh check
echo "TAP version 13"
step harness selftests/qemu/selfcheck.sh
step programs selftests/static/programs.sh
step unit make -s --no-print-directory -C selftests/unit check
step static selftests/static/check.sh
for kernel; do
	step "$kernel build" selftests/qemu/build.sh "$kernel"
	step "$kernel" selftests/qemu/run.sh "$kernel"
	# the kernel that the goals are for
	[ "$kernel" != 6.1 ] || step "$kernel cost" selftests/bench/run.sh 6.1
done
step dkms dkms/test.sh
summary
