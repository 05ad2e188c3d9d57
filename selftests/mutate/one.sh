#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# one.sh BASE SITE...: for each SITE, a line of sites.awk, put that fault into a copy
# of the tree that run.sh built in BASE, and print the SITE with what came of it in
# front of it:
#
#	refused	the compiler does not take it
#	same	the programs are the same, byte for byte
#	killed	a test failed, hung or crashed
#	lived	none did
set -euo pipefail

base=$1
shift

# put FILE LINE OLD NEW
put() {
	awk -v line="$2" -v old="$3" -v new="$4" 'FNR == line {
		if ($0 != old) {
			print FILENAME ": line " line " is another one" >"/dev/stderr"
			exit 1
		}
		$0 = new
	} { print }' "$1" >"$1.new"
	mv "$1.new" "$1"
}

# is_same PROGRAM: but for its debug information
is_same() {
	strip -o "$tree/a" "$tree/$1"
	strip -o "$tree/b" "$base/tree/$1"
	cmp -s "$tree/a" "$tree/b"
}

# passes SECONDS COMMAND...: TAP without a failed point
passes() {
	timeout -k 1 "$@" >"$tree/said" 2>&1 && ! grep -q '^not ok' "$tree/said"
}

try() {
	local tree=$1 file=$2 line=$3 old=$4 new=$5
	local unit=$tree/selftests/unit
	put "$tree/$file" "$line" "$old" "$new"
	if ! make -s -C "$unit" COMPILERS=gcc SANITIZE= ../../out/unit/unit-gcc ||
		! make -s -C "$tree/userspace" CFLAGS=-O1; then
		echo refused
	elif is_same out/unit/unit-gcc && is_same userspace/hostdiag; then
		echo same
	elif ! passes 60 "$tree/out/unit/unit-gcc" ||
		! passes 180 "$unit/reader_test.sh" "$tree/userspace/hostdiag"; then
		echo killed
	elif ! make -s -C "$unit" COMPILERS=gcc OUT=../../out/asan ../../out/asan/unit-gcc; then
		echo refused
	elif ! passes 120 "$tree/out/asan/unit-gcc"; then
		echo killed
	else
		echo lived
	fi
}

for site; do
	IFS=$'\t' read -r _ _ file line old new <<<"$site"
	tree=$(mktemp -d "$base/mutant.XXXXXX")
	cp -a "$base/tree/." "$tree"
	verdict=$(try "$tree" "$file" "$line" "${old//$'\001'/$'\t'}" \
		"${new//$'\001'/$'\t'}" 2>"$base/log.${tree##*.}")
	rm -rf "$tree" "$base/log.${tree##*.}"
	printf '%s\t%s\n' "$verdict" "$site"
done
