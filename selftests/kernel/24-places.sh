#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Places of D sleep longer than the threshold: functions, number and time of sleeps,
# device.

. "$(dirname "$0")/lib.sh"

hd_load
set_param slow_dsleep_ms 100

# places COLUMNS: of the workload, with the wait for a vfork's child
places() {
	rows dsleep "$1" "tid=$pid"
}

start act mlock vfork:0 vfork:30 stop clock vfork:150 vfork:250 vfork:150 \
	clock say stop
# a machine with such delays cannot run this test
if [ "$(number tasks d_max_ns "tid=$pid")" -lt $((100 * ms)) ]; then
	check "no place of a sleep below slow_dsleep_ms" [ -z "$(places place)" ]
else
	skip "no place of a sleep below slow_dsleep_ms" "30 ms took 100"
	echo reset >$hd/control
fi
note
resume
check "three sleeps at one place" [ "$(places count)" = 3 ]
check "together as long as all D sleep since" \
	[ "$(places total_ns)" = "$(grew d_ns)" ]
check "the longest of them is the longest of all" \
	[ "$(places max_ns)" = "$(number tasks d_max_ns "tid=$pid")" ]
check "it is that of 250 ms" within $((245 * ms)) "$(places max_ns)" \
	"$(max $((400 * ms)) $(($(elapsed) - 290 * ms)))"
check "none of it is iowait" [ "$(places iowait_ns)" = 0 ]
check "it is on no device" [ "$(places device)" = - ]
place=$(places place)
if [ "$place" = - ]; then
	skip "the functions" "this kernel does not tell"
else
	check "it is where a parent waits: $place" grep -qE \
		'(^|<)(wait_for_completion[^<]*|wait_for_vfork_done|(kernel_clone|_?do_fork)[^<]*)(<|$)' \
		<<-EOF
			$place
		EOF
	check "no more than six functions, and no address" \
		sh -c "echo '$place' | grep -qxE '[A-Za-z_?][A-Za-z0-9_.?]*(<[A-Za-z_?][A-Za-z0-9_.?]*){0,5}'"
	check "not the scheduler's own" \
		sh -c "! echo '$place' | grep -qE '^_*schedule'"
fi
same_in_snapshot dsleep dsleep \
	"count total_ns max_ns iowait_ns place device" "tid=$pid"
let_end

# Sleeps that are short one by one: of those that add up to a long one, one is kept
# On a busy machine one of them may take much longer.
for attempt in 1 2 3 4 5; do
	start act stop vfork:30 vfork:30 vfork:30 vfork:30 vfork:30 vfork:30 vfork:30 \
		vfork:30 vfork:30 vfork:30 vfork:30 vfork:30 stop
	resume
	[ $attempt -lt 5 ] || break
	[ "$(number tasks d_max_ns "tid=$pid")" -ge $((100 * ms)) ] || break
	let_end
done
check "samples of sleeps of 30 ms are kept: $(places count)" \
	within 2 "$(places count | total)" 12
check "their place is where a parent waits" [ "$(places place)" = "$place" ]
if [ "$(number tasks d_max_ns "tid=$pid")" -lt $((100 * ms)) ]; then
	check "none of them is an event" \
		[ -z "$(rows slow tid kind=dsleep "tid=$pid")" ]
else
	skip "none of them is an event" "30 ms took 100"
fi
let_end

set_param slow_dsleep_ms 10
start act vfork:0 stop vfork:40 stop
before=$(number dsleep count "tid=$pid")
resume
check "a sleep of 40 ms, past a threshold of 10" \
	[ "$(number dsleep count "tid=$pid")" = $((before + 1)) ]
let_end
set_param slow_dsleep_ms 0
start act stop vfork:150 stop
note
resume
check "no place once slow_dsleep_ms is 0" [ -z "$(places count)" ]
check "the D sleep is counted all the same" [ "$(grew dsleeps)" = 1 ]
let_end

# A disk that answers after 100 ms
set_param slow_dsleep_ms 50
disk=/dev/nullb0
if [ ! -e /sys/module/null_blk ]; then
	modprobe null_blk nr_devices=1 gb=1 queue_mode=2 irqmode=2 \
		completion_nsec=$((100 * ms)) 2>/dev/null || :
	at_exit "rmmod null_blk 2>/dev/null"
	poll 5 [ -b $disk ] || :
fi
if [ "$(cat /sys/module/null_blk/parameters/completion_nsec 2>/dev/null)" = \
	$((100 * ms)) ] && [ -b $disk ]; then
	numbers=$(cat /sys/class/block/nullb0/dev)
	start act mlock open:rd:$disk read stop read stop
	check "slow disk: one place" [ "$(places count)" = 1 ]
	check "slow disk: on the device $numbers" \
		[ "$(places device)" = "block:$numbers" ]
	resume
	check "slow disk: two sleeps there" [ "$(places count)" = 2 ]
	check "slow disk: all of it is iowait" \
		[ "$(places iowait_ns)" = "$(places total_ns)" ]
	let_end
else
	skip "slow disk" "no null_blk with a delay of 100 ms"
fi

# A file system that is frozen while a file is made in it, until its maker has
# slept for a while
freezable() {
	modprobe -a loop ext4 2>/dev/null || :
	head -c 8388608 /dev/zero >"$tmp/image"
	loop=$(losetup -f) && losetup "$loop" "$tmp/image" || return
	at_exit "losetup -d $loop"
	mke2fs "$loop" && mkdir "$tmp/mnt" &&
		mount -t ext4 "$loop" "$tmp/mnt" || return
	at_exit "umount $tmp/mnt"
	fsfreeze --freeze "$tmp/mnt" && fsfreeze --unfreeze "$tmp/mnt"
}

if freezable >"$tmp/made" 2>&1; then
	# what it reads from the disk takes less
	set_param slow_dsleep_ms 200
	start act mlock stop "open:bc:$tmp/mnt/new" stop
	fsfreeze --freeze "$tmp/mnt"
	{
		await_state D "$pid" || :
		sleep 0.3
		fsfreeze --unfreeze "$tmp/mnt"
	} &
	resume
	check "frozen mount: one sleep at one place" [ "$(places count)" = 1 ]
	check "frozen mount: on that of ${loop#/dev/}" \
		[ "$(places device)" = "ext4:${loop#/dev/}" ]
	check "frozen mount: as long as its longest D sleep" \
		[ "$(places max_ns)" = "$(number tasks d_max_ns "tid=$pid")" ]
	check "frozen mount: none of it is iowait" [ "$(places iowait_ns)" = 0 ]
	same_in_snapshot dsleep dsleep "count total_ns place device" "tid=$pid"
	let_end
else
	skip "frozen mount" "no loop, ext4 or fsfreeze: $(tail -n 1 "$tmp/made")"
fi

# A reset
set_param slow_dsleep_ms 10
start act vfork:40 stop vfork:40 stop
check "one sleep" [ "$(places count)" = 1 ]
echo reset >$hd/control
check "none after a reset" [ -z "$(places count)" ]
resume
check "one again" [ "$(places count)" = 1 ]
let_end
finish
