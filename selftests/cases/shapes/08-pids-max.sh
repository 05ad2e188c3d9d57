#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A daemon that never waits for its children fills the limit of its cgroup,
# and can make no more.  (I-am-PUID-0/DUMB#344)
# timeout: 180

. "$(dirname "$0")/play.sh"

with_cgroup box pids
echo 40 >"$cgroup/pids.max"
ln -sf "$bin/trouble" "$tmp/pikod"
# shellcheck disable=SC2016	# for the shell within
run sh -c 'echo $$ >"$1"; exec "$2" zombies' sh "$cgroup/cgroup.procs" "$tmp/pikod"
pikod=$pid
is_full() {
	[ "$(cat "$cgroup/pids.current")" = 40 ]
}
there "the limit is reached" is_full
sleep 3

culprit 'pids[.]max' 40 box
ask_why pikod "$pikod"
# the line above that one names pikod
culprit 'pids[.]max' box
ask summary
finish
