#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# conf_test.sh: conf.sh against a compiler that is told what compiles, and a
# kernel that is a Module.symvers alone: what it says of Debian's 6.1, and that
# it gives no answer where it cannot know one.
set -eu

top=$(cd "$(dirname "$0")/../.." && pwd)
compat=$top/module/compat
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0
failed=0

# cc ... NAME.c: only what $tmp/compiles names compiles
cat >"$tmp/cc" <<'EOF'
#!/bin/sh
for last; do :; done
[ "$last" = /dev/null ] && exit
name=${last##*/}
grep -qx "${name%.c}" "${0%/*}/compiles" && exit
echo "$last:1:2: error: no such thing"
exit 1
EOF
chmod +x "$tmp/cc"

# kernel: as Debian's 6.1
kernel() {
	rm -f "$tmp/generated.h"
	{
		echo sanity
		sed -n 's/^#define HD_HAVE_\([^ ]*\) 1/\1/p' \
			"$top/selftests/expect/6.1.conf" |
			tr '[:upper:]' '[:lower:]'
	} >"$tmp/compiles"
	awk 'FNR == NR { has[$1]; next }
		$1 in has { print "0x0\t" $2 "\tvmlinux\tEXPORT_SYMBOL_GPL" }' \
		"$tmp/compiles" "$compat/conf/exports" >"$tmp/Module.symvers"
}

point() {
	tests=$((tests + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tests - $2"
	else
		failed=$((failed + 1))
		echo "not ok $tests - $2"
		sed 's/^/#   said: /' "$tmp/said"
	fi
}

conf() {
	sh "$compat/conf.sh" "$tmp/generated.h" "$tmp" "$tmp/cc" \
		>"$tmp/said" 2>&1
}

# answers WHAT FILE: it ends well, and says what is in the file
answers() {
	good=0
	conf && sed 1d "$tmp/generated.h" | LC_ALL=C sort |
		diff "$2" - >>"$tmp/said" || good=1
	point $good "$1"
}

# refuses WHAT WORDS: it fails, says these, and leaves no header
refuses() {
	good=0
	! conf && grep -qF "hostdiag: $2" "$tmp/said" &&
		[ ! -e "$tmp/generated.h" ] || good=1
	point $good "$1"
}

kernel
answers "it has what is known of 6.1" "$top/selftests/expect/6.1.conf"

kernel
sed -i '/ktime_get_snapshot/d' "$tmp/Module.symvers"
sed 's|^#define \(HD_HAVE_KTIME_GET_SNAPSHOT\) 1|/* \1 is not set */|' \
	"$top/selftests/expect/6.1.conf" | LC_ALL=C sort >"$tmp/without"
answers "what compiles and is not exported is not there" "$tmp/without"

kernel
sed -i '/^sanity$/d' "$tmp/compiles"
refuses "what every kernel has does not compile" \
	"not even conf/sanity.c compiles"
grep -q 'sanity.c:1:2: error: no such thing' "$tmp/said" && good=0 || good=1
point $good "and the compiler's error is shown"

kernel
rm "$tmp/Module.symvers"
refuses "no Module.symvers" "$tmp/Module.symvers is missing"
kernel
: >"$tmp/Module.symvers"
refuses "an empty Module.symvers" "$tmp/Module.symvers is missing"

# only NAMES NAME...: of these names, the kernel has the others alone
only() {
	kernel
	for name in $1; do
		sed -i "/^$name$/d" "$tmp/compiles"
	done
	shift
	printf '%s\n' "$@" >>"$tmp/compiles"
}

while read -r family first second rest; do
	members="$first $second${rest:+ $rest}"
	only "$members"
	refuses "$family: no variant" \
		"$family: none of the variants known ($members) is this kernel's"
	only "$members" "$first" "$second"
	refuses "$family: two variants" \
		"$family: more than one variant matches: $first $second"
done <"$compat/conf/families"

echo "1..$tests"
[ "$failed" = 0 ]
