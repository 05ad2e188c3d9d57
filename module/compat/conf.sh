#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# conf.sh HEADER KERNEL_BUILD_DIR CC FLAGS... - ask a kernel what it has
#
# Called by Kbuild with the flags of that kernel's modules.  Each conf/NAME.c
# that compiles becomes "#define HD_HAVE_NAME 1" in HEADER, and so does each
# symbol in conf/exports that the kernel exports; a name in both needs both.
# conf/families lists the names of which exactly one must be true.  What the
# compiler said is kept in conf.log beside HEADER.
set -eu

header=$1
kernel=$2
shift 2

dir=$(dirname "$0")/conf
log=$(dirname "$header")/conf.log
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

die() {
	echo "hostdiag: $1" >&2
	echo "hostdiag: what the compiler said is in $log" >&2
	exit 1
}

knows() {
	"$@" -fsyntax-only -x c /dev/null 2>/dev/null
}

# Warnings of the kernel's own headers, which a compiler of another age may
# give, must not count as an answer: only these do.  Compilers too old to
# tell them apart (gcc 4) take every warning for one.
strict="-Wno-error -Werror=implicit-function-declaration -Werror=implicit-int"
for kind in incompatible-pointer-types int-conversion discarded-qualifiers \
	incompatible-pointer-types-discards-qualifiers; do
	if knows "$1" -Werror="$kind"; then
		strict="$strict -Werror=$kind"
	fi
done
case $strict in
*=incompatible-pointer-types*) ;;
*) strict=-Werror ;;
esac

# compile NAME CC FLAGS...: $tmp/NAME.yes or $tmp/NAME.no, with the output
cat >"$tmp/compile" <<'EOF'
name=$1
shift
if "$@" -fsyntax-only "$dir/$name.c" >"$tmp/$name.out" 2>&1; then
	mv "$tmp/$name.out" "$tmp/$name.yes"
else
	mv "$tmp/$name.out" "$tmp/$name.no"
fi
EOF
export dir tmp

# word splitting is wanted: $strict is a list of flags
# shellcheck disable=SC2086
compile_all() {
	xargs -P "$(getconf _NPROCESSORS_ONLN)" -I {} \
		sh "$tmp/compile" {} "$@" $strict \
		-Wno-missing-prototypes -Wno-missing-declarations
}

exported() {
	awk -v name="$1" '$2 == name { found = 1 } END { exit !found }' \
		"$kernel/Module.symvers"
}

rm -f "$header"
echo "$* $strict" >"$log"

echo sanity | compile_all "$@"
if [ -e "$tmp/sanity.no" ]; then
	cat "$tmp/sanity.no" >>"$log"
	grep 'error:' "$tmp/sanity.no" | head -n 3 >&2
	die "not even conf/sanity.c compiles: this kernel lacks what hostdiag needs, or its build directory $kernel is not complete"
fi
if [ ! -s "$kernel/Module.symvers" ]; then
	die "$kernel/Module.symvers is missing: that kernel was not built, so nobody knows which symbols it exports"
fi

for probe in "$dir"/*.c; do
	basename "$probe" .c
done | grep -v '^sanity$' | compile_all "$@"

while read -r name symbol; do
	if ! exported "$symbol"; then
		[ ! -e "$tmp/$name.yes" ] || mv "$tmp/$name.yes" "$tmp/$name.no"
		echo "$symbol is not exported" >>"$tmp/$name.no"
	elif [ ! -e "$tmp/$name.no" ]; then
		: >>"$tmp/$name.yes"
	fi
done <"$dir/exports"

{
	echo "/* written by conf.sh: what the kernel in $kernel has */"
	for answer in "$tmp"/*.yes "$tmp"/*.no; do
		name=$(basename "$answer")
		macro=HD_HAVE_$(echo "${name%.*}" | tr '[:lower:]' '[:upper:]')
		case $name in
		sanity.*) ;;
		*.yes) echo "#define $macro 1" ;;
		*.no) echo "/* $macro is not set */" ;;
		esac
	done | sort -k 2
} >"$tmp/generated.h"

for answer in "$tmp"/*.yes "$tmp"/*.no; do
	echo
	echo "== $(basename "$answer")"
	cat "$answer"
done >>"$log"

while read -r family members; do
	found=
	for name in $members; do
		[ ! -e "$tmp/$name.yes" ] || found="$found $name"
	done
	case $found in
	'') die "$family: none of the variants known ($members) is this kernel's" ;;
	*' '*' '*) die "$family: more than one variant matches:$found" ;;
	esac
done <"$dir/families"

mv "$tmp/generated.h" "$header"
