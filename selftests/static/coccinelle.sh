#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# coccinelle.sh: the kernel's own semantic patches over the module, those that
# report and need no OCaml compiler.  They come with the source of the kernel
# that newest-rt-debug is built from.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"
# shellcheck source=answers.sh
. "$top/selftests/static/answers.sh"

use_kernel newest-rt-debug
"$qemu_dir/root.sh" "$kernel" >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$top"
mapfile -t reporting < <(grep -rlE '^virtual .*report' --include='*.cocci' \
	"$root"/usr/src/linux-source-*/scripts/coccinelle)
mapfile -t patches < <(grep -LE '(script|initialize|finalize):ocaml' \
	"${reporting[@]}" | sort)

apply() {
	local patch options
	[ ${#patches[@]} -gt 40 ] || return
	for patch in "${patches[@]}"; do
		read -r -a options < <(sed -n 's,^// *Options: *,,p' "$patch") || :
		spatch -D report --no-show-diff --very-quiet --cocci-file "$patch" \
			"${options[@]}" --include-headers --dir module \
			2>>"$work/said" || {
			tail -n 5 "$work/said"
			return 1
		}
	done >"$work/out"
	grep -E '^[^ ]+:[0-9]+' "$work/out" | sort -u >"$work/found" || :
	unanswered coccinelle <"$work/found"
}

point "coccinelle: ${#patches[@]} semantic patches of the kernel" apply
finish
