#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# accel.sh KERNEL: print what QEMU should run guests with, kvm or tcg.  There
# are hosts whose /dev/kvm opens and runs real mode, and no kernel; so it has
# to bring that kernel up, to where it finds no root and ends.  The answer is
# kept until the host reboots.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

kvm_works() {
	timeout --foreground 10 "${qemu[@]}" -accel kvm -cpu max -smp 2 \
		-m 256M -nodefaults -no-reboot -display none -serial stdio \
		-kernel "$kernel_dir/vmlinuz" \
		-append "console=ttyS0 panic=-1" </dev/null 2>&1 |
		grep -q "Kernel panic"
}

use_kernel "$1"
if ! [ -w /dev/kvm ] || [ "$arch" != amd64 ]; then
	echo tcg
	exit
fi

answer=$kernel_dir/accel.$(cat /proc/sys/kernel/random/boot_id)
if ! [ -e "$answer" ]; then
	rm -f "$kernel_dir"/accel.*
	say "trying /dev/kvm"
	if kvm_works; then
		echo kvm
	else
		echo tcg
	fi >"$answer"
fi
cat "$answer"
