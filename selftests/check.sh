#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# check.sh [-l] KERNEL...: all the checks as one TAP stream, with the time of
# each step and a line for each kernel.  The last line is "N passed, N failed".
# -l: the jobs are those of jobs-long, and each kernel runs every test; else the
# jobs are those of jobs and, where the kernels are all of the table, of jobs-all.
#
# "own", alone, is the kernel of $KERNEL_BUILD; what needs Debian's kernels is
# left out then.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"

# shellcheck source=steps.sh
. selftests/steps.sh
# shellcheck source=qemu/lib.sh
. selftests/qemu/lib.sh
# the loop at the end of the pipeline counts; ^C ends the pipeline as a whole
shopt -s lastpipe

jobs_files=(selftests/jobs)
if [ "${1:-}" = -l ]; then
	jobs_files=(selftests/jobs-long)
	export HOSTDIAG_LONG=1
	shift
elif [ "$*" = "$(kernel_names | xargs)" ]; then
	jobs_files+=(selftests/jobs-all)
fi
[ $# -gt 0 ] || {
	echo "hostdiag: no kernel to test: make check KERNELS=..." >&2
	exit 2
}
own=false
[ "$*" != own ] || own=true

if "$own"; then
	selftests/qemu/packages.sh own
else
	selftests/qemu/packages.sh check
fi
echo "TAP version 13"
step harness selftests/qemu/selfcheck.sh
step programs selftests/static/programs.sh
jobs=()
"$own" || mapfile -t jobs < <(sed -n '/^#/!s/\t.*//p' "${jobs_files[@]}")
# Two side by side, since an emulated guest keeps one processor busy
printf '%s\n' "$@" "${jobs[@]}" |
	xargs -P 2 -I '{}' selftests/job.sh "$steps_work" '{}' |
	while read -r name; do
		show "$name"
	done
summary
