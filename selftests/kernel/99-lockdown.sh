#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# hostdiag works on a kernel that is locked down.  The lockdown lasts until reboot, and
# forbids unsigned modules, so this test is the last, and runs in a VM only.

. "$(dirname "$0")/lib.sh"

[ -x /hostdiag/job ] || skip_all "only where the next boot is near"
lockdown=/sys/kernel/security/lockdown
if ! [ -e $lockdown ]; then
	mount -t securityfs none /sys/kernel/security 2>/dev/null || :
fi
grep -q integrity $lockdown 2>/dev/null || skip_all "no lockdown"
hd_load
echo integrity >$lockdown
check "the kernel is locked down" grep -q '\[integrity\]' $lockdown
# it would be, if it were not: /dev/mem is what integrity closes first
check "and means it" [ "$("$bin/poke" -r /dev/mem)" = EPERM ]

start act getppid:100 stop
check "calls are counted" [ "$(call getppid calls)" = 100 ]
let_end
check "all files are there" "$bin/validate" $hd 0
check "settings can be changed" \
	[ "$(echo 5 | "$bin/poke" $hd_params/stuck_ms)" = OK ]
check "groups can be switched off" \
	[ "$(echo 0 | "$bin/poke" $hd_params/syscalls)" = OK ]
check "and on again" [ "$(echo 1 | "$bin/poke" $hd_params/syscalls)" = OK ]
check "counts can be reset" [ "$(printf reset | "$bin/poke" $hd/control)" = OK ]
start act getppid:100 stop
check "calls are counted still" [ "$(call getppid calls)" = 100 ]
let_end
# what can be read of it can only be read
for file in probes memory cost; do
	check "debugfs has $file" \
		[ "$("$bin/poke" -r /sys/kernel/debug/hostdiag/$file)" = OK ]
done
hd_unload
check "the module can be unloaded" [ ! -e /sys/module/hostdiag ]
check "unsigned, it cannot be loaded again" \
	[ "$("$bin/modload" "$(hd_ko)" || :)" = EPERM ]
finish
