#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# In the guest that panics: at the first boot tasks wait for ever, the kernel
# finds one that hangs, and then it is made to panic; at the second boot, what
# pstore has kept is shown.  What test.sh is to know stands on lines "key value".

bin=/hostdiag/bin
hd=/hostdiag/hostdiag.ko
setting=/sys/module/hostdiag/parameters/panic_dump

insmod /hostdiag/reed_solomon.ko
# shellcheck disable=SC2154	# of the kernel's command line
insmod /hostdiag/ramoops.ko "mem_address=$ramoops" mem_size=0x100000 \
	record_size=0x20000
mount -t pstore pstore /sys/fs/pstore

if [ -e /sys/fs/pstore/dmesg-ramoops-0 ]; then
	echo "boot 2"
	sed 's/^/pstore /' /sys/fs/pstore/dmesg-ramoops-0
	exit
fi
echo "boot 1"

# begin NAME STEP...: steps the last of which does not end; by the name hdNAME, or
# $comm
begin() {
	name=$1
	shift
	"$bin/act" "comm:${comm:-hd$name}" "$@" >/tmp/out 2>&1 3>&- &
	echo "tid $name $!"
}

# bad VALUE: what the kernel says to it
bad() {
	if echo "$1" 2>/tmp/error >$setting; then
		echo "setting $1 taken"
	else
		echo "setting $1 $(sed 's/.*: //' /tmp/error)"
	fi
}

# hang: waits until the kernel has found one task more that hangs
hang() {
	was=$(dmesg | grep -c 'blocked for more than') || :
	left=600
	until [ "$(dmesg | grep -c 'blocked for more than')" -gt "$was" ]; do
		left=$((left - 1))
		[ $left -gt 0 ] || return
		sleep 0.1
	done
	# what is said of it is said from a work item
	sleep 2
}

insmod $hd panic_dump=0
modprobe nbd max_part=0 nbds_max=1
"$bin/mute" nbd /dev/nbd0 >/tmp/ready &
until grep -q ready /tmp/ready && [ -e /sys/block/nbd0/pid ] &&
	[ "$(cat /sys/block/nbd0/size)" != 0 ]; do
	sleep 0.1
done

# a file system whose writers wait for ever, and cannot be killed: the kernel
# takes no others for hung
modprobe -a loop ext4
truncate -s 8M /tmp/image
losetup /dev/loop0 /tmp/image
mke2fs /dev/loop0 >/dev/null
mkdir /mnt
mount -t ext4 /dev/loop0 /mnt
fsfreeze --freeze /mnt

# was in D, and is idle now
begin past vfork:500 vfork:700 sleep:1000000
sleep 2
: >/tmp/lock
begin holder open:b:/tmp/lock flock sleep:1000000
begin pipe pipe pipe-read
begin sleep sleep:1000000
begin frozen open:bc:/mnt/new
sleep 2
begin disk open:r:/dev/nbd0 read
sleep 2
begin lock open:b:/tmp/lock flock
# a name that would forge a line
comm=$(printf 'x\n\033[1m')
begin forger open:b:/tmp/lock flock
comm=
begin vfork vfork:1000000
sleep 2
for value in 2 -1 x ''; do
	bad "$value"
done

echo 3 >/proc/sys/kernel/hung_task_timeout_secs
hang
echo "hostdiag: panic_dump=1 from here" >/dev/kmsg
echo 1 >$setting
hang
echo 0 >/proc/sys/kernel/hung_task_timeout_secs

# woken from D, and kept from its CPU by one that goes before it
taskset -p 2 $$ >/dev/null
echo -1 >/proc/sys/kernel/sched_rt_runtime_us
begin starved pin:0 vfork:3000
starved=$!
sleep 1
read -r child </proc/$starved/task/$starved/children
taskset -p 2 "$child" >/dev/null
begin hog pin:0 hog:60000
sleep 4

# as long as pstore keeps it, and more
i=0
while [ $i -lt 200 ]; do
	echo "line $i of what was in the log before" >/dev/kmsg
	i=$((i + 1))
done
echo "panics"
echo c >/proc/sysrq-trigger
