#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# run.sh PROGRAM...: run programs that print TAP, and print it as one
set -eu

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

for program; do
	name=$(basename "$program")
	"$program" >"$dir/$name" 2>&1 && status=0 || status=$?
	# A crash, or an end before the plan, is a failed test of its own.
	if [ "$status" -gt 1 ] || ! grep -q '^1\.\.' "$dir/$name"; then
		echo "not ok 0 - died with status $status" >>"$dir/$name"
	fi
	awk -v program="$name" '
		/^1\.\./ { next }
		/^(not )?ok / { sub(/ok [0-9]+ - /, "ok # - " program ": ") }
		{ print }' "$dir/$name"
done | awk '
	/^not ok / { failed = 1 }
	/^(not )?ok / { sub(/#/, ++tests) }
	{ print }
	END { print "1.." tests + 0; exit failed || !tests }'
