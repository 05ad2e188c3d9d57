#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# make demo: boot Debian's stock kernel in QEMU with the module and programs
# that go wrong, and show what hostdiag says of them.  It fails if an answer is
# not there.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel 6.1
demo_dir=$top/selftests/demo
dir=$out/demo
guest=$dir/guest

make_guest() {
	local program
	mkdir -p "$guest/usr/bin" "$guest/hostdiag"
	for program in "$demo_dir"/*.c; do
		gcc -std=gnu99 -O2 -Wall -Wextra -static -s "$program" \
			-o "$guest/usr/bin/$(basename "$program" .c)"
	done
	install -m 755 "$demo_dir/guest.sh" "$guest/hostdiag/job"
	install -m 755 "$top/userspace/hostdiag" "$guest/usr/bin/"
	cp "$out/hostdiag.ko" "$guest/hostdiag/"
}

# What the guest says, as it comes, till its last line
show() {
	until [ -s "$dir/results.tap" ] || [ -e "$dir/ended" ]; do
		kill -0 $$ 2>/dev/null || return 0
		printf . >&2
		sleep 1
	done
	echo >&2
	[ -s "$dir/results.tap" ] || return 0
	tail -f -n +1 --pid=$$ "$dir/results.tap" |
		sed -u -n -e '/^# guest: /q' -e 's/^# //p'
}

trap 'die "interrupted"' INT
rm -rf "$dir"
mkdir -p "$dir"
"$qemu_dir/root.sh" "$kernel"
if ! module_is_current; then
	say "building the module for $(kernel_release)"
	"$qemu_dir/build.sh" "$kernel" >"$dir/build.tap" ||
		die "the module does not build: see $dir/build.tap"
fi
say "building the reader and the demo's programs"
make -s --no-print-directory -C "$top/userspace" hostdiag
make_guest

say "booting $(kernel_release) in QEMU, by $("$qemu_dir/accel.sh" "$kernel"): a few seconds"
: >"$dir/results.tap"
show &
"$qemu_dir/boot.sh" "$kernel" "$dir" 180
# a guest that broke off gave show no last line to end at
if [ ! -s "$dir/results.tap" ] || grep -q '^# guest: ' "$dir/results.tap"; then
	wait
fi

verdict=$("$qemu_dir/verdict.sh" "$dir") || {
	# one line will do; what has no end has no plan either
	why=$({
		sed -n 's/^not ok [0-9]* - /not shown: /p' "$dir/results.tap"
		sed '/ no plan/d' <<<"$verdict"
	} | sed -n '1 { s/:$//; p }')
	die "the demo failed: $why; see ${dir#"$top/"}/"
}
say "all answers were there; the guest's own log is ${dir#"$top/"}/console.log"
