#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# test.sh: hostdiag metrics and hostdiag json, by those that they are for.  TAP.
# A guest does known work and hands out what hostdiag says of it; node_exporter
# and Prometheus scrape that, and are asked for what is known.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

here=$top/selftests/metrics
use_kernel 6.1
"$qemu_dir/root.sh" "$kernel"
"$here/root.sh"
dir=$out/metrics
work=$dir/work		# what the tools see
reader=$top/userspace/hostdiag
rm -rf "$dir"
mkdir -p "$work/queries" "$dir/guest/usr/bin" "$dir/guest/hostdiag"

make -s --no-print-directory -C "$top/userspace" hostdiag >&2
make -s --no-print-directory -C "$top/selftests" kernel/bin/act >&2

# tool COMMAND...: of the root that has them, with $work as its directory
tool() {
	in_root "$cache/metrics/root" "$work" "$@"
}

# shellcheck source=counters.sh
. "$here/counters.sh"
# shellcheck source=rules.sh
. "$here/rules.sh"
# shellcheck source=scrapes.sh
. "$here/scrapes.sh"
# shellcheck source=json.sh
. "$here/json.sh"
finish
