#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# analyze.sh: gcc -fanalyzer over the reader, and over what of the module it
# compiles, too.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"
# shellcheck source=answers.sh
. "$top/selftests/static/answers.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$top"
read -r -a pure < <(make -s --no-print-directory -C userspace pure)
sources=(userspace/*.c userspace/*/*.c "${pure[@]/#/module/pure/}")

analyze() {
	local source
	for source in "${sources[@]}"; do
		gcc -std=gnu99 -D_GNU_SOURCE -O2 -fanalyzer -iquote userspace -iquote module -iquote . \
			-fdiagnostics-plain-output -c -o /dev/null "${source%.c}.c" \
			2>>"$work/said" || return
	done
	grep warning: "$work/said" | sort -u >"$work/found" || :
	unanswered fanalyzer <"$work/found"
}

point "gcc -fanalyzer: ${#sources[@]} files" analyze
finish
