#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# columns.sh [--write]: the columns of each file in hostdiag(4), by the lists of
# module/pure/columns.h: their names in FILES, their help in the section COLUMNS;
# written into the page, or shown as the page differs.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
page=$top/userspace/man/hostdiag.4
lists=$top/selftests/kernel/bin/lists
make -s -C "$top/selftests" "kernel/bin/lists" >&2

# the page with these as they are to be
with_columns() {
	awk -v lists="$lists" '
	function put_names(	i, n, name, line) {
		n = split(columns[file], name, " ")
		line = ".D1 Va"
		for (i = 1; i <= n; i++) {
			if (length(line " " name[i]) > 72) {
				print line
				line = ".D1 Va"
			}
			line = line " " name[i]
		}
		print line
	}
	BEGIN {
		while (((lists " columns") | getline line) > 0) {
			file = line
			sub(/ .*/, "", file)
			sub(/^[^ ]* /, "", line)
			columns[file] = line
		}
		file = ""
	}
	/^\.S[hs] / { file = "" }
	/^\.Sh / { inside = 0 }
	/^\.It Pa / { file = $3 }
	/^\.D1 Va / && file in columns {
		if (!(file in is_put))
			put_names()
		is_put[file] = 1
		next
	}
	!inside { print }
	/^\.Sh COLUMNS$/ {
		inside = 1
		print "Of each table, in the order of its columns."
		print ".\\\" selftests/static/columns.sh --write makes this section"
		while (((lists " help") | getline line) > 0)
			print line
	}' "$page"
}

if [ "${1:-}" = --write ]; then
	text=$(with_columns)
	printf '%s\n' "$text" >"$page"
else
	with_columns | diff "$page" -
fi
