#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh KERNEL [SHAPE...]: the shapes of real hangs, played in that kernel, in
# QEMU, and whether hostdiag names who is to blame.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

here=$top/selftests/cases
use_kernel "$1"
shift
[ $# -gt 0 ] || set -- "$here"/shapes/[0-9]*.sh
"$qemu_dir/root.sh" "$kernel"
"$here/root.sh" "$kernel"
make -s --no-print-directory -C "$top/userspace" hostdiag >&2
make -s --no-print-directory -C "$top/selftests" all >&2

dir=$out/cases
test_guest "$dir" "${*##*/}"
tests=$dir/guest/hostdiag/selftests/kernel
cp -r "$cache/$kernel-cases/base/." "$dir/guest/"
cp "$here"/shapes/*.sh "$here/known" "$tests/"
cp "$here"/bin/* "$tests/bin/"
"$qemu_dir/boot.sh" "$kernel" "$dir" 1200
guest_points "$dir"
finish
