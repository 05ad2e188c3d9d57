#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh [SEED [COUNT]]: put COUNT small faults (200), one at a time, into the code
# that the unit tests are for, and see whether a test fails of each.  TAP: at most
# one in twenty may live, and survivors has to say of each of these why.  Those of
# the file named are tried besides.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
here=$top/selftests/mutate
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

seed=${1:-1}
count=${2:-200}
folders=(module/pure userspace/snap userspace/table userspace/why)
base=$(mktemp -d)
trap 'rm -rf "$base"' EXIT

build() {
	local unit=$base/tree/selftests/unit
	mkdir "$base/tree"
	(cd "$top" && find module uapi userspace selftests/unit -type f ! -name '*.o' \
		! -name hostdiag -exec cp --parents -t "$base/tree" {} +)
	make -s -j"$(nproc)" -C "$unit" COMPILERS=gcc SANITIZE= \
		../../out/unit/unit-gcc &&
		make -s -j"$(nproc)" -C "$unit" COMPILERS=gcc OUT=../../out/asan \
			../../out/asan/unit-gcc &&
		make -s -j"$(nproc)" -C "$base/tree/userspace" CFLAGS=-O1
}

pass() {
	"$base/tree/out/unit/unit-gcc" &&
		"$base/tree/out/asan/unit-gcc" &&
		"$base/tree/selftests/unit/reader_test.sh" \
			"$base/tree/userspace/hostdiag"
}

sites() {
	local files
	mapfile -t files < <(cd "$base/tree" &&
		find "${folders[@]}" -name '*.[ch]' | LC_ALL=C sort)
	(cd "$base/tree" && LC_ALL=C awk -v seed="$seed" -f "$here/sites.awk" \
		"${files[@]}") | LC_ALL=C sort >"$base/sites"
}

# try FILE: the sites there, two side by side; adds to $base/tried
try() {
	tr '\n' '\0' <"$1" |
		xargs -0 -r -n 1 -P "$(nproc)" "$here/one.sh" "$base" >>"$base/tried"
}

# valid [KIND]: how many faults there were of that kind
valid() {
	grep -cP "^(killed|lived)\t\d+\t${1:-}" "$base/tried" || :
}

# the first of each kind in the order of their hashes, until a quarter of all are
# faults; what is no fault, or another name of the same program, is none
sample() {
	local kind missing tried
	: >"$base/tried"
	for kind in relation step dropped field; do
		awk -F '\t' -v kind="$kind" '$2 == kind' "$base/sites" \
			>"$base/sites.$kind"
		tried=0
		while missing=$((count / 4 - $(valid "$kind"))) && [ $missing -gt 0 ]; do
			sed -n "$((tried + 1)),$((tried + missing))p" \
				"$base/sites.$kind" >"$base/next"
			[ -s "$base/next" ] || break
			tried=$((tried + missing))
			try "$base/next"
			say "$kind: $(valid "$kind") faults of $tried sites"
		done
	done
}

# faults FILE: what is listed there as in a diff: "- OLD + NEW", without indentation
faults() {
	sed -n 's/^[-+]/&/p' "$1" | sed 'N; s/\n/ /'
}

# told VERDICT: what came to that, in the same form, and after a tab where it is
told() {
	awk -F '\t' -v verdict="$1" '$1 == verdict {
		gsub(/^\001+/, "", $6)
		gsub(/^\001+/, "", $7)
		gsub(/\001/, " ", $6)
		gsub(/\001/, " ", $7)
		print "- " $6 " + " $7 "\t" $4 ":" $5
	}' "$2"
}

few_live() {
	[ $((lived * 20)) -le "$faults" ]
}

# are_explained: those that lived, each in survivors
are_explained() {
	told lived "$base/tried" >"$base/lived"
	awk -F '\t' 'FILENAME == "-" { known[$0] = 1; next }
		!($1 in known) { print $2 ": " $1; bad = 1 }
		END { exit bad }' - "$base/lived" < <(faults "$here/survivors")
}

# named_die: those of the file named are there, and are killed
named_die() {
	local wanted
	wanted=$(grep -c '^-' "$here/named")
	sed 's/^/x\t/' "$base/sites" >"$base/all"
	told x "$base/all" | awk -F '\t' 'NR == FNR { named[$0] = 1; next }
		$1 in named { print FNR }' <(faults "$here/named") - |
		awk 'NR == FNR { want[$1] = 1; next } FNR in want' - "$base/sites" \
			>"$base/named"
	[ "$(wc -l <"$base/named")" -ge "$wanted" ] || {
		echo "not all of $wanted are in the code"
		return 1
	}
	: >"$base/tried"
	try "$base/named"
	! grep -v '^killed' "$base/tried"
}

point "the programs can be built" build
[ "$failures" = 0 ] || finish
point "their tests pass" pass
[ "$failures" = 0 ] || finish
sites
sample
lived=$(grep -c '^lived' "$base/tried" || :)
faults=$(valid)
cp "$base/tried" "${MUTATE_LOG:-/dev/null}"
echo "# of $faults faults with the seed $seed, $lived lived"
told lived "$base/tried" | sed 's/^/# /'
point "$count faults were tried" [ "$faults" -ge "$count" ]
point "at most one in twenty lives" few_live
point "each that lives is explained in survivors" are_explained
point "the faults that once lived are killed" named_die
finish
