#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A mutex that processes share is held by one that is stopped.
# timeout: 180

. "$(dirname "$0")/play.sh"

role keeper futexes hold "$tmp/mutex"
keeper=$pid
sleep 1
role shmclient futexes want "$tmp/mutex"
client=$pid
there "one waits for the mutex" at "$client" futex_wait
stop "$keeper"
sleep 2

# of one that is stopped or frozen
wrong="$wrong|wants to"
culprit keeper "$keeper" stopped
ask_why shmclient "$client"
ask_all
finish
