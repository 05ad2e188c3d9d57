#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# report_test.sh: what report.awk makes of figures that are known: the medians
# of three runs, less what the operation takes alone; and which of them fail.
set -eu

report=$(cd "$(dirname "$0")/../bench" && pwd)/report.awk
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0
failed=0

printf '%s\n' "# goals" "all	getppid	150" "all	read	100" \
	"clock	getppid	235" >"$tmp/goals"

# figures [SED-SCRIPT]: of three runs where they differ; all as good as can
# just be
figures() {
	awk '$5 ~ /^[0-9.]+$/ { for (i = 3; i <= 5; i++) print $1, $2, $i; next }
	{ print }' >"$tmp/figures" <<-EOF
		title peer a peer
		title other another peer
		missing other it does not build
		base getppid 300.4 300.6 299
		base read 700
		floor getppid 370 375.4 380
		floor read 775
		all getppid 600 525.4 525
		all read 850 850 840
		clock.base getppid 400
		clock.base read 800
		clock getppid 752.5
		clock read 900
		crowd.base getppid 300
		crowd.base read 700
		crowd getppid 539
		crowd read 864
		peer.base getppid 300
		peer.base read 700
		peer getppid 2550
		peer read 2200
		took stat 1000 us
		took tasks 1499 us
		took snapshot 199 us
		memory debugfs 41943040
		memory free 41943040
	EOF
	[ $# = 0 ] || sed -i "$1" "$tmp/figures"
	status=0
	awk -f "$report" "$tmp/goals" "$tmp/figures" >"$tmp/said" || status=$?
}

point() {
	what=$1
	shift
	tests=$((tests + 1))
	if "$@"; then
		echo "ok $tests - $what"
	else
		failed=$((failed + 1))
		echo "not ok $tests - $what"
		sed 's/^/#   /' "$tmp/said"
	fi
}

# row TITLE COLUMNS: of the table
row() {
	[ "$(sed -n "s/^#  *$1  *//p" "$tmp/said" | tr -s ' ')" = "$2" ]
}

good() {
	[ "$status" = 0 ] && ! grep -q '^not ok' "$tmp/said"
}

# fails POINT: it alone
fails() {
	[ "$status" = 1 ] &&
		[ "$(sed -n 's/^not ok [0-9]* - //p' "$tmp/said")" = "$1" ]
}

figures
point "what is just good is good" good
point "the operations are medians" row "one operation" "300 700"
point "what is added is that of the medians; the spread is the worst" \
	row hostdiag "+225 +150 14.3"
point "what the emptiest probes add" row "empty probes" "+75 +75 2.7"
point "another clock is held against its own base" \
	row "hostdiag, TSC not trusted" "+352 +100 0.0"
point "a peer" row "a peer" "+2250 +1500 0.0"
point "and how many times as much it adds" \
	row "x empty probes, x hostdiag" "30.0 10.0 20.0 10.0"
point "a peer that is missing, and why" row "another peer" "it does not build"
figures 's/^all read .*/all read 850.1/'
point "past 1.5 times its goal an operation fails" \
	fails "hostdiag: read adds at most 1.5 times its goal"
figures '/^all read /d; /^crowd read /d'
point "what was not measured fails" \
	grep -q '^not ok .* hostdiag: read adds' "$tmp/said"
figures 's/^clock getppid .*/clock getppid 753/'
point "past 1.5 times its goal another clock fails" \
	fails "hostdiag, TSC not trusted: getppid adds at most 1.5 times its goal"
figures 's/^crowd read .*/crowd read 866/'
point "10 000 tasks that make an operation dearer fail" \
	fails "10 000 tasks: read costs as with few, within 5 % and 1 % of its own"
figures 's/^took snapshot .*/took snapshot 301 us/'
point "past 1.5 times its goal a file fails" \
	fails "10 000 tasks: no file takes over 1.5 times what it may, but snapshot"
figures 's/^memory free .*/memory free 52428801/'
point "memory past 50 MiB fails" \
	fails "10 000 tasks x 30 syscalls fit into 50 MiB, by the guest's free memory"
figures '/^took/d'
point "10 000 tasks that were not measured fail" \
	fails "10 000 tasks: they were measured"

echo "1..$tests"
[ "$failed" = 0 ]
