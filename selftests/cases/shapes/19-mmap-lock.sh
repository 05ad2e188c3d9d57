#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A thread waits for a page of a dead filesystem with the lock of its address
# space held: the rest of that service waits for that lock, or for who waits
# for it. To read its memory would hang, too.  (cloudfoundry/garden-runc-
# release#91)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_fuse
role svc svc /mnt/remote
svc=$pid
sleep 2
stop "$echod"
# thread NAME: its number
thread() {
	for hd_thread in /proc/"$svc"/task/*; do
		[ "$(cat "$hd_thread/comm")" != "$1" ] || echo "${hd_thread##*/}"
	done | head -n 1
}
is_in_d() {
	in_state D "$(thread "$1")"
}
worker_waits() {
	at "$(thread worker)" futex
}
there "a thread waits for the filesystem" is_in_d indexer
there "a thread waits for the address space" is_in_d logger
there "a thread waits for the mutex" worker_waits
sleep 2

culprit echod "$echod" stopped
ask_why svc "$svc"
ask_why logger "$(thread logger)"
ask_why worker "$(thread worker)"
ask_why opener "$(thread opener)"
ask_all
finish
