#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Two threads have a mutex each, and want that of the other.
# timeout: 180

. "$(dirname "$0")/play.sh"

role dbd futexes abba
dbd=$pid
both_wait() {
	[ "$(cat "/proc/$dbd"/task/*/stack | grep -c futex_wait_queue)" = 2 ]
}
there "both wait" both_wait
sleep 2

wrong='kthreadd|by design'
culprit deadlock "$dbd"
ask_why dbd "$dbd"
ask_all
finish
