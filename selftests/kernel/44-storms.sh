#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Many tasks that are blocked at once: what they wait for is kept when it is over,
# and a SysRq key prints it while it lasts.
# timeout: 600

. "$(dirname "$0")/lib.sh"

hd_unload
hd_load
dir=$tmp/dir
mkdir "$dir"
modprobe -a loop ext4 2>/dev/null || :
dd if=/dev/zero of="$tmp/disk" bs=1M count=16 2>/dev/null
losetup /dev/loop4 "$tmp/disk" 2>/dev/null || skip_all "no loop device"
at_exit "losetup -d /dev/loop4"
mke2fs /dev/loop4 >/dev/null 2>&1 || skip_all "no mke2fs"
mount -t ext4 /dev/loop4 "$dir" 2>/dev/null || skip_all "no ext4"
at_exit "umount $dir"

check "no storm before" [ "$(grep -vc '^#' $hd/storms)" = 0 ]
"$bin/deed" freeze "$dir"
at_exit "$bin/deed thaw $dir 2>/dev/null"
victims=
for i in 1 2 3 4 5 6 7; do
	touch "$dir/$i" &
	victims="$victims $!"
	hd_pids="$hd_pids $!"
done
for victim in $victims; do
	await_state D "$victim" || :
done
grep -q ext4:loop4 $hd/ledger || skip_all "no hook on freeze_super"

# the key
trigger=/proc/sysrq-trigger
if [ ! -w $trigger ] || dmesg | grep -q 'hostdiag: there is no SysRq key'; then
	skip "the SysRq key" "the kernel has none"
else
	dmesg -c >/dev/null
	echo y >$trigger
	all_said() {
		dmesg | grep -q 'hostdiag: that is all'
	}
	check "a SysRq key prints" poll 20 all_said
	dmesg >"$tmp/said"
	sed 's/^/#   /' "$tmp/said"
	check "... that seven wait" grep -q 'hostdiag: 7 wait at ' "$tmp/said"
	check "... and who froze what they wait for" grep -q \
		'hostdiag: file system ext4:loop4 was frozen .* by deed\[[0-9]*\], which has ended' \
		"$tmp/said"
fi

# the storm
is_kept() {
	grep -q '^7 tasks for .*, until now: 7 wait at ' "$hd/storms"
}
check "the storm is told while it lasts" poll 40 is_kept
"$bin/deed" thaw "$dir"
# shellcheck disable=SC2086	# words
wait $victims || :
is_over() {
	grep -q '^7 tasks for [^ ]*, until [^ ]* ago: 7 wait at ' "$hd/storms"
}
check "and when it is over" poll 40 is_over
sed 's/^/#   /' $hd/storms
check "with who froze what they waited for" grep -q \
	'^  file system ext4:loop4 was frozen .* by deed\[' $hd/storms
check "a line of it is in summary" grep -q \
	'^storm: 7 tasks for' $hd/summary
check "it is told once" [ "$(grep -c '^[0-9]* tasks for' $hd/storms)" = 1 ]
finish
