#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A process is stopped that has a lock, and whose program is on an NFS server
# that does not answer: to look at that program would hang, too.
# (prometheus/node_exporter#1121)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_nfs
cp "$bin/peers" /srv/exp/lockd
sleep 11
run /mnt/nfs/lockd serve 7000 "$tmp/x.lock"
keeper=$pid
sleep 3
stop "$keeper"
role locker trouble lock "$tmp/x.lock"
locker=$pid
there "one waits for the lock" at "$locker" flock
nfs_gone
sleep 3

# of one that is stopped or frozen
wrong="$wrong|wants to"
culprit lockd "$keeper" stopped
ask_why locker "$locker"
ask_why lockd "$keeper"
ask_all
finish
