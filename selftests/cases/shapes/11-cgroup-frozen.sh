#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A container is left frozen: others wait for its lock and for its answers.
# (kubernetes/kubernetes#104280, opencontainers/runc#2753)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_cgroup pod1 ''
server kvserver peers serve 6379 "$tmp/kv.lock"
kv=$pid
echo "$kv" >"$cgroup/cgroup.procs"
server apiserver peers ask 6379
api=$pid
echo 1 >"$cgroup/cgroup.freeze"
undo "echo 0 >$cgroup/cgroup.freeze; echo $kv >/sys/fs/cgroup/cgroup.procs"
there "the cgroup is frozen" grep -q 'frozen 1' "$cgroup/cgroup.events"
role locker trouble lock "$tmp/kv.lock"
locker=$pid
there "one waits for the lock" at "$locker" flock
sleep 2

# of one that is stopped or frozen
wrong="$wrong|wants to"
culprit kvserver "$kv" frozen pod1
ask_why locker "$locker"
ask_why apiserver "$api"
ask_all
finish
