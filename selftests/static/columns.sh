#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# columns.sh [--write]: the section COLUMNS of hostdiag(4), by the lists of
# module/pure/columns.h; written into the page, or shown as it differs.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
page=$top/userspace/man/hostdiag.4
lists=$top/selftests/kernel/bin/lists
make -s -C "$top/selftests" "kernel/bin/lists" >&2

# the page with that section as it is to be
with_section() {
	awk '
	/^\.Sh / { inside = 0 }
	!inside { print }
	/^\.Sh COLUMNS$/ {
		inside = 1
		print "Of each table, in the order of its columns."
		print ".\\\" selftests/static/columns.sh --write makes this section"
		while (((lists " help") | getline line) > 0)
			print line
	}' lists="$lists" "$page"
}

if [ "${1:-}" = --write ]; then
	text=$(with_section)
	printf '%s\n' "$text" >"$page"
else
	with_section | diff "$page" -
fi
