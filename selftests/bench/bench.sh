#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# bench.sh PEERS KERNEL...: what hostdiag costs in each, three runs; beside the
# peers, a list, in the kernel that these are built for.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
status=0

read -ra all_peers <<<"$1"
shift
for kernel; do
	peers=()
	[ "$kernel" != 6.1 ] || peers=("${all_peers[@]}")
	"$top/selftests/bench/run.sh" "$kernel" 3 "${peers[@]}" || status=$?
	[ "$status" != 2 ] || break
done
exit "$status"
