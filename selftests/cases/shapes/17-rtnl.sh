#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The lock of all network interfaces is held by one that waits for a page of a
# filesystem in userspace: every ip command hangs in D.  (lwfinger/rtw88#344)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_fuse
server nicmon nicmon /mnt/remote/data
nicmon=$pid
stop "$echod"
kill -USR1 "$nicmon"
there "the holder waits for its page" at "$nicmon" fuse
run ip link set lo mtu 1500
link=$pid
run ip addr add 10.1.1.1/32 dev lo
addr=$pid
there "two wait for the lock" in_state D "$link" "$addr"
sleep 2

culprit echod "$echod" stopped
ask_why ip "$link"
ask_why nicmon "$nicmon"
ask_all
finish
