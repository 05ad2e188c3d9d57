#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# boot.sh KERNEL DIR SECONDS [count CLOCKSOURCE | reboot APPEND]: boot that kernel with the files of
# DIR/guest laid over the base, which run /hostdiag/job.  Leaves in DIR what
# verdict.sh reads:
#
#	console.log	the kernel's console
#	results.tap	the output of the job, on a port of its own
#	ended		"off", "timeout", or QEMU's failure
#
# With "count" the guest's nanoseconds are the instructions that its one
# processor has run, nothing is left on that would blur them, and the kernel
# keeps time by that clocksource: tsc, or another one of x86.
#
# With "reboot" it boots again when it reboots, with its memory as it was, and
# APPEND is on the kernel's command line.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
dir=$2
limit=$3
accel=$("$qemu_dir/accel.sh" "$kernel")
# With a thread for each processor, QEMU keeps running an int3 that the kernel
# put into its own code for a moment, as it does to switch tracepoints: the
# guest then hangs for ever.
[ "$accel" != tcg ] || accel=tcg,thread=single
# Not with 5-level page tables: KASAN takes an interrupt, at the moment at
# boot in which the kernel reads the CPU's features anew, for a wild access.
cpu=max
[ "$arch" != amd64 ] || cpu=max,-la57
# and without what that kernel cannot bear
[ ! -e "$kernel_dir/cpu" ] || cpu+=$(cat "$kernel_dir/cpu")
machine=(-accel "$accel" -cpu "$cpu" -smp 2)
append=
reboot=(-no-reboot)
case ${4:-} in
count)
	# from 6.12 on the kernel still tests its ciphers when init runs
	append="nowatchdog init_on_alloc=0 cryptomgr.notests"
	if [ "$arch" = amd64 ]; then
		# with erms a byte that is copied would count as an instruction
		cpu+=,-erms,-fsrm
		append+=" tsc=reliable clocksource=$5"
	fi
	machine=(-accel tcg -icount "shift=0,sleep=off" -cpu "$cpu" -smp 1)
	;;
reboot)
	append=$5
	reboot=()
	;;
esac

# the console, and the port of the results
# shellcheck disable=SC2054	# the commas are QEMU's
case $arch in
amd64)
	ports=(-serial "file:$dir/console.log" -serial "file:$dir/results.tap")
	# on a busy host the emulated timer may fail the test at boot
	append+=" no_timer_check console=ttyS0 results=/dev/ttyS1"
	;;
arm64)
	ports=(-serial "file:$dir/console.log"
		-chardev "file,id=results,path=$dir/results.tap"
		-device pci-serial,chardev=results)
	append+=" console=ttyAMA0 results=/dev/ttyS0"
	;;
esac

exec 9>"$dir/lock"
flock -n 9 || die "another run uses $dir"

install -D -m 755 "$qemu_dir/init" "$dir/guest/init"
rm -f "$dir/console.log" "$dir/ended"
: >"$dir/results.tap"
{
	cat "$kernel_dir/base.cpio.gz"
	(cd "$dir/guest" && find . | cpio -o -H newc -R 0:0 --quiet | gzip -1)
} >"$dir/initramfs"

if [ "$slow" != 1 ]; then
	# Its checkers would report the console itself, which takes a lock in
	# interrupts: so it prints but an oops there, and init copies the log.
	append+=" loglevel=1 log_buf_len=8M log=/dev/ttyS0"
else
	append+=" ignore_loglevel"
fi

# oops=panic and panic=-1: a guest that oopses ends there, with -no-reboot
status=0
# --foreground: else ^C would not reach QEMU
timeout --foreground -k 5 "$limit" "${qemu[@]}" "${machine[@]}" \
	-m "${HOSTDIAG_GUEST_MEMORY:-1G}" -nodefaults "${reboot[@]}" -display none \
	-kernel "$kernel_dir/vmlinuz" -initrd "$dir/initramfs" \
	-append "panic=-1 oops=panic $append" "${ports[@]}" \
	>"$dir/qemu.log" 2>&1 </dev/null || status=$?
rm -f "$dir/initramfs"
case $status in
0) echo off ;;
124 | 137) echo timeout ;;
*) echo "QEMU failed with status $status: $(tail -n 1 "$dir/qemu.log")" ;;
esac >"$dir/ended"
