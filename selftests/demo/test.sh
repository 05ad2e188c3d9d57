#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# test.sh: does make demo still name the culprit of each story?  TAP: what its
# guest looks for on the screen, and how make ends.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel 6.1
point "make demo ends well" make -s --no-print-directory -C "$top" demo
[ ! -e "$out/demo/results.tap" ] || guest_points "$out/demo"
finish
