#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A filesystem in userspace whose daemon waits for a server that is stopped:
# ls and cat hang.  (libfuse/sshfs#143, #216)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_fuse
ls -l /mnt/remote >/dev/null
stop "$echod"
run ls -l /mnt/remote
ls=$pid
run cat /mnt/remote/data
cat=$pid
there "they wait for the daemon" at "$ls" fuse
there "they wait for the daemon" at "$cat" fuse
sleep 2

# of one that is stopped or frozen
wrong="$wrong|wants to"
culprit echod "$echod" stopped
ask_why ls "$ls"
ask_why cat "$cat"
ask_why fused "$fused"
ask_all
finish
