#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# check.sh: what can be said of the sources without running them.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

exempt=$top/selftests/static/exempt
scripts=$("$top/selftests/static/kernel-scripts.sh")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$top"

mapfile -t c_files < <(find module uapi userspace selftests -name '*.[ch]' \
	! -name generated.h ! -name '*.mod.c' | sort)
mapfile -t shell_files < <(find .ci dkms selftests module userspace -type f \
	\( -name '*.sh' -o -path '*/completion/*' -o -exec grep -qE '^#!/bin/(busybox )?(ba)?sh' {} \; \) \
	-print | sort)

# checkpatch: what is not exempt is shown; exemptions that matched are noted
checkpatch() {
	"$scripts/checkpatch.pl" --no-tree --strict --terse --no-summary \
		--show-types --file "${c_files[@]}" >"$work/checkpatch" || :
	awk -v used="$work/used" '
	FNR == NR {
		if (!/^#/ && NF) {
			type[++n] = $1
			files[n] = "^(" $2 "):"
		}
		next
	}
	{
		for (i = 1; i <= n; i++)
			if (index($0, ":" type[i] ":") && $0 ~ files[i]) {
				print type[i], files[i] >used
				next
			}
		print
		bad = 1
	}
	END { exit bad }' "$exempt" "$work/checkpatch"
}

no_idle_exemption() {
	sort -u "$work/used" 2>/dev/null >"$work/used.sorted" || :
	awk '!/^#/ && NF { print $1, "^(" $2 "):" }' "$exempt" | sort -u |
		comm -13 "$work/used.sorted" - >"$work/idle"
	cat "$work/idle"
	[ ! -s "$work/idle" ]
}

kernel_doc() {
	local said
	said=$(KDOC_WERROR=1 "$scripts/kernel-doc" -none "${c_files[@]}" \
		2>&1) || {
		echo "$said"
		return 1
	}
}

# Kernels differ in module/compat/ alone
no_kernel_versions() {
	! grep -nE 'LINUX_VERSION_CODE|KERNEL_VERSION\(|RHEL_|HD_HAVE_' \
		"${c_files[@]}" | grep -v '^module/compat/'
}

small_files() {
	! find "${c_files[@]}" -name '*.c' -size +24k | grep .
}

point "checkpatch --strict: ${#c_files[@]} files" checkpatch
point "every exemption from checkpatch is needed" no_idle_exemption
point "kernel-doc" kernel_doc
point "shellcheck: ${#shell_files[@]} scripts" shellcheck "${shell_files[@]}"
point "kernel versions matter in module/compat/ only" no_kernel_versions
point "no C file has more than 24 kB" small_files
finish
