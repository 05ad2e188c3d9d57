#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The ledger: who did what to what, and whether it was undone.
# timeout: 600

. "$(dirname "$0")/lib.sh"

hd_load
debug=/sys/kernel/debug
[ -e $debug/hostdiag ] || {
	mount -t debugfs debugfs $debug 2>/dev/null || :
	at_exit "umount $debug"
}
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag || :)
victim=
dir=$tmp/dir
mkdir "$dir"

# acts COLUMNS [NAME=VALUE...]: of the lines of the ledger that match
acts() {
	rows ledger "$@"
}

# hooked NAME: it is there, or was said to be missing
hooked() {
	[ ! -e $debug/hostdiag/probes ] ||
		grep -q "^ledger $1 on" $debug/hostdiag/probes
}

# deed ACT WHAT
deed() {
	"$bin/deed" "$@"
}

# a process that can be stopped
sleep 1000 &
victim=$!
hd_pids="$hd_pids $victim"
await_state S $victim || :

deed stop $victim
await_state T $victim || :
check "who stopped a process, and has ended" \
	[ "$(acts "state comm ended object count" act=stop target=$victim)" = \
	"stands deed 1 sleep 1" ]
deed stop $victim
check "who stops it again is not why it stands still" \
	[ "$(acts "state count" act=stop target=$victim)" = "stands 1" ]
if [ -n "$reader" ]; then
	"$reader" why $victim >"$tmp/why"
	check "why names who" grep -q \
		"is stopped by a signal [^ ]* ago by deed\[[0-9]*\], which has ended" \
		"$tmp/why"
	"$reader" ledger >"$tmp/said"
	check "so does the ledger, in words" grep -q \
		"^sleep\[$victim\] was stopped [^ ]* ago by deed\[[0-9]*\], which has ended$" \
		"$tmp/said"
fi
deed cont $victim
await_state S $victim || :
check "who let it go on" \
	[ "$(acts "state undo_comm" act=stop target=$victim)" = "undone deed" ]
deed stop $victim
await_state T $victim || :
check "another one that stops it has a line of its own" \
	[ "$(acts state act=stop target=$victim | xargs)" = "undone stands" ]
"$bin/deed" stop 2147483000 2>/dev/null || :
check "what the kernel refused is not there" \
	[ -z "$(acts when_ns act=stop target=2147483000)" ]
kill -KILL $victim
wait $victim || :
check "of one that has ended no act stands" \
	[ -z "$(acts when_ns act=stop target=$victim state=stands)" ]

# a process that is traced
sleep 1000 &
victim=$!
hd_pids="$hd_pids $victim"
await_state S $victim || :
start deed trace $victim
check "who traces" [ "$(acts "state tid ended" act=trace target=$victim)" = \
	"stands $pid 0" ]
let_end
check "who has detached" [ "$(acts "state undo_tid" act=trace target=$victim)" = \
	"undone $pid" ]
kill -KILL $victim

# mounts, sync, swap
deed mount "$dir"
check "who mounted what" [ "$(acts "state comm" act=mount "object=$dir")" = \
	"stands deed" ]
deed umount "$dir"
check "who unmounted it" \
	[ "$(acts "state undo_comm" act=mount "object=$dir")" = "undone deed" ]
check "that is an act, too" [ "$(acts "state comm" act=umount "object=$dir")" = \
	"done deed" ]
deed umount "$dir" 2>/dev/null || :
check "... but not one that failed" \
	[ "$(acts count act=umount "object=$dir")" = 1 ]
deed sync -
check "who has synced" [ "$(acts "comm state" act=sync | tail -n 1)" = "deed done" ]
deed swapoff "$dir" 2>/dev/null || :
check "a swapoff that failed is not there" [ -z "$(acts when_ns act=swapoff)" ]
if hooked drop_caches_sysctl_handler; then
	cat /proc/sys/vm/drop_caches >/dev/null 2>&1 || :
	check "reading drop_caches drops nothing" [ -z "$(acts when_ns act=drop_caches)" ]
	echo 1 >/proc/sys/vm/drop_caches
	check "who dropped the caches" [ "$(acts tid act=drop_caches)" = $$ ]
else
	skip "who dropped the caches" "the kernel has no such function"
fi

# a file system that is frozen
freeze() {
	modprobe -a loop ext4 2>/dev/null || :
	dd if=/dev/zero of="$tmp/disk" bs=1M count=16 2>/dev/null
	losetup /dev/loop5 "$tmp/disk" 2>/dev/null || return 1
	at_exit "losetup -d /dev/loop5"
	mke2fs /dev/loop5 >/dev/null 2>&1 || return 1
	mount -t ext4 /dev/loop5 "$dir" 2>/dev/null || return 1
	at_exit "umount $dir"
}
if ! hooked freeze_super || ! freeze; then
	skip "who froze a file system" "no ext4, or no such function"
else
	deed freeze "$dir"
	at_exit "deed thaw $dir 2>/dev/null"
	check "who froze a file system, and has ended" \
		[ "$(acts "state comm ended" act=freeze object=ext4:loop5)" = \
		"stands deed 1" ]
	deed freeze "$dir" 2>/dev/null || :
	check "who could not freeze it again is not named" \
		[ "$(acts "state count" act=freeze object=ext4:loop5)" = "stands 1" ]
	touch "$dir/new" &
	victim=$!
	hd_pids="$hd_pids $victim"
	await_state D $victim || :
	sleep 1.5
	check "summary says so" grep -q \
		"file system ext4:loop5 was frozen [^ ]* ago by deed\[[0-9]*\], which has ended" \
		$hd/summary
	if [ -n "$reader" ]; then
		"$reader" why $victim >"$tmp/why"
		sed 's/^/#   /' "$tmp/why"
		check "why names who" grep -q \
			"$dir was frozen [^ ]* ago by deed\[[0-9]*\], which has ended" \
			"$tmp/why"
		"$reader" blocked >"$tmp/said"
		check "so does blocked" grep -q "ext4:loop5 was frozen" "$tmp/said"
	fi
	deed thaw "$dir"
	check "who thawed it" \
		[ "$(acts "state undo_comm" act=freeze object=ext4:loop5)" = "undone deed" ]
	check "summary says no more of it" sh -c "! grep -q 'was frozen' $hd/summary"
	wait $victim || :
fi

# a cgroup that is frozen
if ! hooked cgroup_freeze || ! mkdir "$tmp/cg" ||
	! mount -t cgroup2 none "$tmp/cg" 2>/dev/null; then
	skip "who froze a cgroup" "no cgroups of version 2, or no such function"
else
	at_exit "umount $tmp/cg"
	mkdir "$tmp/cg/job7"
	at_exit "rmdir $tmp/cg/job7"
	echo 1 >"$tmp/cg/job7/cgroup.freeze"
	check "who froze a cgroup" [ "$(acts "state tid" act=cgroup object=job7)" = \
		"stands $$" ]
	echo 0 >"$tmp/cg/job7/cgroup.freeze"
	check "who thawed it" [ "$(acts "state undo_tid" act=cgroup object=job7)" = \
		"undone $$" ]
	mkdir "$tmp/cg/job8"
	echo 1 >"$tmp/cg/job8/cgroup.freeze"
	rmdir "$tmp/cg/job8"
	check "of one that is gone none stands" \
		[ "$(acts state act=cgroup object=job8)" = undone ]
fi

# a CPU that is off
cpu=/sys/devices/system/cpu/cpu1/online
if ! hooked cpu_subsys_offline || ! echo 0 2>/dev/null >$cpu; then
	skip "who took a CPU off" "it cannot be, or there is no such function"
else
	at_exit "echo 1 >$cpu"
	check "who took a CPU off" [ "$(acts "state tid" act=cpu_off target=1)" = \
		"stands $$" ]
	echo 1 >$cpu
	check "who put it back" [ "$(acts "state undo_tid" act=cpu_off target=1)" = \
		"undone $$" ]
fi

# an interface that is down
if ! hooked __dev_notify_flags || ! ip link set lo up 2>/dev/null; then
	skip "who took an interface down" "there is none, or no such function"
else
	ip link set lo down
	check "who took an interface down" \
		[ "$(acts "state comm" act=net_down object=lo)" = "stands ip" ]
	ip link set lo up
	check "who put it up" \
		[ "$(acts "state undo_comm" act=net_down object=lo)" = "undone ip" ]
fi

# modules
if ! modprobe -r null_blk 2>/dev/null || ! modprobe null_blk 2>/dev/null; then
	skip "who loaded a module" "there is none"
else
	check "who loaded a module" \
		[ "$(acts state act=module object=null_blk | tail -n 1)" = stands ]
	modprobe -r null_blk
	check "who removed it" \
		[ "$(acts state act=module object=null_blk | tail -n 1)" = undone ]
fi

# many of one kind push out none of another
deed mount "$dir"
at_exit "umount $dir"
mkdir "$tmp/many"
deed many "$tmp/many"
check "it is bounded" [ "$(acts when_ns act=mount | wc -l)" -le 64 ]
check "what is no longer kept is counted" [ "$(header lost ledger)" -gt 0 ]
check "what stands is kept" \
	[ "$(acts state act=mount "object=$dir" | tail -n 1)" = stands ]
check "other kinds are there as before" [ -n "$(acts when_ns act=sync)" ]

# whether it was undone while nobody looked
sleep 1000 &
victim=$!
hd_pids="$hd_pids $victim"
deed stop $victim
await_state T $victim || :
set_group syscalls 0
at_exit "set_group syscalls 1"
check "of what is not seen nothing stands" \
	[ "$(acts state act=stop target=$victim)" = unsure ]

"$bin/validate" $hd 1 >"$tmp/valid" 2>&1 || sed 's/^/#   /' "$tmp/valid"
check "each line has its columns" "$bin/validate" $hd 1
finish
