#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh SECONDS DIR TARGET...: run the fuzzers DIR/fuzz_TARGET, for so long
# each, from what corpus/TARGET has.  TAP; an input that was found is in DIR,
# and is said.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

seconds=$1
dir=$2
shift 2
corpus=$top/selftests/fuzz/corpus
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# where the fuzzers make what they need
export TMPDIR=$work

# fuzz TARGET
fuzz() {
	local log=$work/$1.log input
	mkdir "$work/$1"
	rm -f "$dir/$1-"*
	if ! ASAN_OPTIONS=detect_leaks=0 "$dir/fuzz_$1" \
		-max_total_time="$seconds" -max_len=16384 -timeout=20 \
		-rss_limit_mb=1500 -close_fd_mask=2 -print_final_stats=1 \
		-artifact_prefix="$dir/$1-" "$work/$1" "$corpus/$1" \
		>"$log" 2>&1; then
		grep -E 'ERROR|^ *#[0-9]+ .* in ' "$log" | head -n 16
		grep -ao 'Test unit written.*' "$log"
		find "$dir" -name "$1-*" -size -8k -exec base64 -w 76 {} +
		# once more, with the stderr that was closed
		for input in "$dir/$1-"*; do
			timeout 60 "$dir/fuzz_$1" "$input" 2>&1 |
				grep -a 'runtime error\|is shown raw' | cat -v || :
		done
		return 1
	fi
	grep -q 'Done [1-9][0-9]* runs' "$log"
}

for target; do
	point "$target: $seconds s of fuzzing find nothing" fuzz "$target"
	sed -n 's/^Done .* runs.*/# &/p' "$work/$target.log"
done
finish
