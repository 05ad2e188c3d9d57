#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# scale.sh KERNEL: how hostdiag's cost grows with tasks, in instructions, and
# with CPUs, in wall-clock time: a table, and TAP.
#
# Without KVM one thread of the host runs both CPUs of the guest: what they
# cost each other by sharing cache lines is not in these times then.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
bench=$top/selftests/bench
dir=$out/bench

# boot WHAT [count tsc]
boot() {
	local what=$1
	shift
	mkdir -p "$dir/$what"
	cp -r "$dir/guest" "$dir/$what/"
	printf '#!/bin/sh\nexec /hostdiag/bench/scale_guest.sh %s\n' "$what" \
		>"$dir/$what/guest/hostdiag/job"
	chmod +x "$dir/$what/guest/hostdiag/job"
	say "measuring by $what on $(kernel_release)"
	"$qemu_dir/boot.sh" "$kernel" "$dir/$what" 600 "$@"
}

"$bench/prepare.sh" "$kernel"
boot tasks count tsc
boot cpus
echo "# $(kernel_release), CPUs by $("$qemu_dir/accel.sh" "$kernel")"
awk -f "$bench/scale.awk" "$dir/tasks/results.tap" "$dir/cpus/results.tap"
