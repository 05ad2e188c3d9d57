#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# job.sh DIR NAME: the job of that name in selftests/jobs*, recorded in DIR as
# NAME; or else, of that kernel, the build and the tests, as "NAME build" and NAME.
# Prints its name when that is done.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

dir=$1
name=$2

# record NAME COMMAND...
record() {
	local file=$dir/$1
	shift
	"$top/selftests/record.sh" "$file" "$@" >"$file.tap"
}

kernel_job() {
	use_kernel "$1"
	build=$qemu_dir/build.sh
	[ "$kernel" != own ] || build=$qemu_dir/build_own.sh

	say "$kernel: building"
	record "$kernel build" "$build" "$kernel"
	[ -e "$out/hostdiag.ko" ] || return 0
	say "$kernel: booting $(kernel_release)"
	record "$kernel" "$qemu_dir/run.sh" "$kernel"
}

read -r -a job < <(sed -n "s/^$name\t//p" "$top"/selftests/jobs*) || :
if [ ${#job[@]} -gt 0 ]; then
	say "$name: running"
	cd "$top"
	record "$name" "${job[@]}"
else
	kernel_job "$name"
fi
echo "$name"
