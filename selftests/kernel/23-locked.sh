#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# All files are read while those that they tell of hold locks for ever: a disk
# and a filesystem that do not answer, and a process whose memory map is
# locked meanwhile.

. "$(dirname "$0")/lib.sh"

hd_load

# reads_all WHAT: every file, whole, in a time that a host has at such a moment
reads_all() {
	for name in stuck blocked open slow errors dsleep tasks syscalls summary snapshot; do
		if timeout 5 cat "$hd/$name" >"$tmp/$name"; then
			ok "$1: $name is read"
		else
			not_ok "$1: $name is read"
		fi
	done
}

# is_stuck PID COLUMNS VALUES: what $tmp/stuck says, polled for
is_stuck() {
	[ "$(rows stuck "$2" "tid=$1")" = "$3" ]
}

# --- a disk

disk=/dev/nbd0
modprobe nbd max_part=0 nbds_max=1 2>/dev/null || :
poll 2 [ -b $disk ] || :
if [ -b $disk ] && [ ! -e /sys/block/nbd0/pid ]; then
	at_exit "poll 5 rmmod nbd 2>/dev/null"
	launch mute nbd $disk
	server=$pid
	poll 5 grep -q ready "$tmp/out"
	poll 5 [ -e /sys/block/nbd0/pid ]
	# some kernels connect it first, and give it its size then
	has_size() {
		[ "$(cat /sys/block/nbd0/size)" != 0 ]
	}
	poll 5 has_size

	launch act comm:hddisk open:r:$disk read
	disk_pid=$pid
	check "disk: a reader is in D" await_state D "$pid"
	check "disk: it is stuck in a read of it" poll 5 is_stuck "$pid" \
		"state syscall class fd path" "D read io 3 $disk"

	# A page of it is looked at from outside, which keeps the map locked;
	# the threads want to change the map.  They go through a gate once it
	# is locked, with all that they touch on the way touched before: a
	# page fault would wait for the map, too.
	mkfifo "$tmp/gate"
	launch act comm:hdmap open:r:$disk mmap mmap-anon fork comm:hdpeek \
		stop peek-parent end open:r:/dev/null close \
		thread:3 "open:r:$tmp/gate" mmap-anon end sleep:20000
	map_pid=$pid
	peek_pid=
	gated() {
		peek_pid=$(children "$map_pid")
		[ -n "$peek_pid" ] && [ "$(task_state "$peek_pid")" = T ] &&
			[ "$(rows stuck syscall "tgid=$map_pid" |
				grep -cE '^open(at)?$')" = 3 ]
	}
	check "map: three threads are at the gate" poll 5 gated
	hd_pids="$hd_pids $peek_pid"
	kill -CONT "$peek_pid"
	peeks() {
		[ "$(rows stuck "state syscall" "tid=$peek_pid")" = \
			"D pread64" ]
	}
	check "map: somebody keeps it locked" poll 5 peeks
	timeout 5 sh -c ": >'$tmp/gate'" || :
	three() {
		[ "$(rows stuck "state syscall" "tgid=$map_pid" |
			grep -c '^D mmap$')" = 3 ]
	}
	check "map: three threads wait for it in D" poll 5 three
	check "map: so says the kernel" [ "$(cat "/proc/$map_pid"/task/*/status |
		grep -c '^State:.*D (')" = 3 ]
	reads_all "disk and map"
	columns="tid comm state fd"
	check "disk: the reader's row, with its file" \
		[ "$(rows "$tmp/stuck" "$columns" "tid=$disk_pid" "path=$disk")" = \
		"$disk_pid hddisk D 3" ]
	check "disk: its open file has its path" \
		[ "$(rows "$tmp/open" fd "tid=$disk_pid" "path=$disk")" = 3 ]
	check "map: so has the process's" \
		[ "$(rows "$tmp/open" fd "tid=$map_pid" "path=$disk")" = 3 ]
	if "$bin/validate" $hd 1 >"$tmp/validated"; then
		ok "all is well formed"
	else
		not_ok "all is well formed: $(cat "$tmp/validated")"
	fi
	# it may end by itself once its server is gone
	kill -KILL "$server" "$map_pid" "$peek_pid" 2>/dev/null || :
	ended() {
		[ "$(task_state "$disk_pid")$(task_state "$peek_pid")" = "" ] ||
			[ "$(task_state "$disk_pid")" = Z ]
	}
	poll 10 ended || echo "# the disk's reader is still there"
else
	skip "a disk that does not answer" "no nbd"
fi

# --- a filesystem

mount=$tmp/mount
mkdir "$mount"
modprobe fuse 2>/dev/null || :
if [ -e /dev/fuse ]; then
	launch mute fuse "$mount"
	server=$pid
	# its requests fail once the server is gone
	at_exit "umount -l $mount"
	poll 5 grep -q ready "$tmp/out"
	launch act comm:hdhold "open:rp:$mount" fstat
	hold_pid=$pid
	launch act comm:hdlook "stat:$mount/one"
	look_pid=$pid
	launch act comm:hdwait "stat:$mount/one"
	waits() {
		case $(rows stuck "syscall" "tid=$1") in
		newfstatat | fstatat64 | fstat | statx) return 0 ;;
		esac
		return 1
	}
	for who in "$hold_pid" "$look_pid" "$pid"; do
		check "filesystem: $(cat "/proc/$who/comm") is stuck" \
			poll 5 waits "$who"
	done
	reads_all "filesystem"
	check "filesystem: fstat's file is its root" \
		[ "$(rows "$tmp/stuck" "fd path" "tid=$hold_pid")" = "3 $mount" ]
	for who in "$hold_pid" "$look_pid" "$pid"; do
		check "filesystem: the state of $(cat "/proc/$who/comm")" \
			[ "$(rows "$tmp/stuck" state "tid=$who")" = \
			"$(task_state "$who")" ]
	done
	kill -KILL "$server"
	for who in "$hold_pid" "$look_pid" "$pid"; do
		wait "$who" 2>/dev/null || :
	done
	kept() {
		[ -z "$(rows stuck tid "tid=$look_pid")" ]
	}
	check "filesystem: nobody is stuck once its server is gone" poll 5 kept
else
	skip "a filesystem that does not answer" "no FUSE"
fi
finish
