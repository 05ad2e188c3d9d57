#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A child that was made by fork waits for a mutex that a thread had at that
# moment, which the child lacks.  (jemalloc/jemalloc#2019)
# timeout: 180

. "$(dirname "$0")/play.sh"

role forkd futexes fork
parent=$pid
child_waits() {
	child=$(children "$parent")
	[ -n "$child" ] && at "$child" futex_wait
}
there "the child waits for the mutex" child_waits
hd_pids="$hd_pids $child"
# the parent's own copy is released
sleep 3

culprit 'nobody|never|ended'
ask_why forkedd "$child"
culprit forkedd "$child"
ask_all
finish
