#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A service whose cgroup may use 2 % of a CPU: who asks it waits.
# (kubernetes/kubernetes#67577)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_cgroup pod2 cpu
echo "2000 100000" >"$cgroup/cpu.max"
server pricer peers serve 7000 "$tmp/prices" 200000000
pricer=$pid
echo "$pricer" >"$cgroup/cgroup.procs"
undo "echo max >$cgroup/cpu.max; echo $pricer >/sys/fs/cgroup/cgroup.procs"
server checkout peers ask 7000
checkout=$pid
is_throttled() {
	[ "$(sed -n 's/^nr_throttled //p' "$cgroup/cpu.stat")" -gt 20 ]
}
there "the service is throttled" is_throttled

culprit pod2 throttled
ask_why checkout "$checkout"
ask_all
finish
