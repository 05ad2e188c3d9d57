#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh KERNEL [RUNS [PEER...]]: what hostdiag costs in that kernel, in guest
# instructions, beside the peers: a table, and TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
runs=${2:-1}
shift $(($# < 2 ? $# : 2))
bench=$top/selftests/bench
dir=$out/bench

what=(own crowd "$@")
# others have no TSC
[ "$arch" != amd64 ] || what+=(clock)
for peer; do
	[ -e "$bench/peers/$peer.sh" ] || {
		echo "hostdiag: no peer '$peer': there is $(basename -s .sh "$bench"/peers/*.sh | xargs)" >&2
		exit 2
	}
done

"$bench/prepare.sh" "$kernel"
[ $# = 0 ] || "$bench/peers.sh" "$kernel"
for ((run = 1; run <= runs; run++)); do
	printf '%s\n' "${what[@]}" | sed "s/\$/ $run/"
done | xargs -P "$(nproc)" -L 1 "$bench/measure.sh" "$kernel"

echo "# $(kernel_release), instructions, runs: $runs"
{
	for peer; do
		sed -n "s/^title=\"\(.*\)\"/title $peer \1/p" \
			"$bench/peers/$peer.sh"
	done
	cat "$dir"/*/figures
} >"$dir/figures"
awk -f "$bench/report.awk" "$bench/goals" "$dir/figures"
