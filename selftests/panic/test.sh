#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# test.sh: what hostdiag says when the host dies.  TAP.  A guest has tasks that
# wait for ever, panics, and reboots; the lines are looked for on its serial
# console, and in what pstore kept of them in memory that survives a reboot.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

here=$top/selftests/panic
use_kernel 6.1
"$qemu_dir/root.sh" "$kernel"
dir=$out/panic
guest=$dir/guest/hostdiag
console=$dir/console.log
results=$dir/results.tap
# a megabyte amid the guest's memory
ramoops=0x20000000
rm -rf "$dir"
mkdir -p "$guest/bin"

# kernel_modules: those of pstore's backend, which the base of the guest lacks
kernel_modules() {
	local kept=$cache/$kernel-ramoops work
	if [ "$(cat "$kept/release" 2>/dev/null)" != "$(kernel_release)" ]; then
		work=$(mktemp -d)
		# shellcheck disable=SC2016	# the inner shell's
		in_root "$root" "$work" sh -euc '
			chmod 755 .
			mkdir -p lists/partial
			lists="-o Dir::State::lists=/mnt/lists"
			apt-get -qq $lists -o APT::Sandbox::User=root update
			apt-get -qq $lists -o APT::Sandbox::User=root download "linux-image-$0"
			dpkg-deb --fsys-tarfile linux-image-*.deb |
				tar x --strip-components=5 --wildcards \
					"*/ramoops.ko" "*/reed_solomon.ko"
			echo "$0" >release' "$(kernel_release)" >&2
		rm -rf "$kept"
		mkdir -p "$kept"
		find "$work" -name '*.ko' -exec cp -t "$kept" {} +
		cp "$work/release" "$kept/"
		rm -rf "$work"
	fi
	cp "$kept"/*.ko "$guest/"
}

kernel_modules
make -s --no-print-directory -C "$top/selftests" kernel/bin/act \
	kernel/bin/mute >&2
module_for "$guest/hostdiag.ko"
cp "$top"/selftests/kernel/bin/{act,mute} "$guest/bin/"
install -m 755 "$here/guest.sh" "$guest/job"
say "$(kernel_release): booting a guest that panics"
"$qemu_dir/boot.sh" "$kernel" "$dir" 500 reboot \
	"memmap=1M\$$ramoops ramoops=$ramoops"

# said FROM TO: hostdiag's lines on the console, from the one with the text FROM
# up to the next one with TO, without time and name
said() {
	tr -d '\r' <"$console" | sed 's/^\[ *[0-9.]*\] //' |
		awk -v from="$1" -v to="$2" '
			index($0, from) { on = !seen++; next }
			on && index($0, to) { on = 0 }
			on && sub(/^hostdiag: /, "")'
}

hang=$(said "panic_dump=1 from here" "what was in the log before")
panic=$(said "Kernel panic" "Linux version")
kept=$(sed -n '/^pstore .*Kernel panic/,$s/^pstore [^]]*\] hostdiag: //p' "$results")

tid() {
	sed -n "s/^tid $1 //p" "$results"
}

# has TEXT PATTERN: a line of it is matched
has() {
	grep -qE "^$2\$" <<<"$1" || {
		echo "no line is $2:"
		echo "$1"
		return 1
	}
}

hasnt() {
	! grep -E "$2" <<<"$1"
}

# before TEXT ONE OTHER: its first line that has ONE is before that with OTHER
before() {
	local one other
	one=$(grep -n -m 1 -F -e "$2" <<<"$1") &&
		other=$(grep -n -m 1 -F -e "$3" <<<"$1") &&
		[ "${one%%:*}" -lt "${other%%:*}" ]
}

is_short() {
	[ "$(wc -l <<<"$1")" -le 40 ] && ! grep -E '.{111}' <<<"$1"
}

# evidence WHERE TEXT HEAD: who waits, and who does not
evidence() {
	local time='[0-9.]+(s|m[0-9]+s)'
	point "$1: the first line" \
		has "$2" "$3: of [0-9]+ tasks [0-9]+ are stuck, .*"
	point "$1: who waits for a frozen file system" has "$2" \
		"stuck: tid $(tid frozen) hdfrozen D $time in open(at)? at .*percpu.*"
	point "$1: who froze it" has "$2" \
		"act: file system ext4:loop0 was frozen $time ago by fsfreeze\[[0-9]+\], which has .*"
	point "$1: who waits for a disk" has "$2" \
		"stuck: tid $(tid disk) hddisk D $time in read fd 3 at .*folio.*"
	point "$1: who waits for a child" has "$2" \
		"stuck: tid $(tid vfork) hdvfork D $time in v?fork at .*"
	point "$1: who waits for a lock" has "$2" \
		"stuck: tid $(tid lock) hdlock $time in flock fd 3 at .*flock.*"
	point "$1: the name of one that waits, too" has "$2" \
		"stuck: tid $(tid forger) x\\\\012\\\\033\[1m $time in flock .*"
	point "$1: those in D come first" before "$2" hdvfork hdlock
	point "$1: of these the oldest" before "$2" hdfrozen hddisk
	point "$1: who slept in D" has "$2" \
		"dsleep: tid $(tid past) hdpast 1\.[2-9].s in 2 sleeps, max [0-9.]+m?s at .*wait.*"
	point "$1: nobody who is idle" hasnt "$2" "stuck: .* hd(pipe|sleep|past|holder)"
	point "$1: the last line" has "$2" "$3: that is all"
	point "$1: at most 40 lines of 120 columns" is_short "$2"
}

refused() {
	[ "$(grep -c "^setting .*Invalid argument$" "$results")" = 4 ]
}

# age TEXT: of who waits for the file system, in seconds
age() {
	sed -n 's/^stuck: tid .* hdfrozen D \([0-9]*\).*s in open.*/\1/p' <<<"$1"
}

# The kernel says of the same task for how long it is blocked at the least
is_older() {
	[ "$(age "$hang")" -ge 3 ] && [ "$(age "$panic")" -ge "$(age "$hang")" ]
}

kernel_knows() {
	grep -qa "INFO: task hdfrozen:$(tid frozen) blocked for more than" "$console"
}

came_back() {
	grep -q '^boot 2$' "$results" &&
		[ "$(tail -n 1 "$results")" = "# guest: the job ended with status 0" ]
}

point "panic_dump takes 0 and 1 alone" refused
point "the kernel finds a task that hangs" kernel_knows
point "panic_dump=0: nothing is said of it" \
	test -z "$(said 'blocked for more than' 'panic_dump=1 from here')"
evidence "a hung task" "$hang" "hung task"
evidence "a panic" "$panic" panic
point "a panic: who was woken, and waits for a CPU, is not in D" has "$panic" \
	"stuck: tid $(tid starved) hdstarved [0-9.]+s in v?fork.*"
point "it says for how long" is_older
point "the guest comes back" came_back
point "pstore has kept the same" test "$kept" = "$panic" -a -n "$panic"
finish
