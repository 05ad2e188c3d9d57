#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A debugger was left attached: the process that it stopped has a lock, and
# does not answer.
# timeout: 180

. "$(dirname "$0")/play.sh"

server queued peers serve "$tmp/q.sock" "$tmp/q.lock"
queued=$pid
server web peers ask "$tmp/q.sock"
web=$pid
role debugger trouble trace "$queued"
debugger=$pid
there "it is stopped by its tracer" in_state t "$queued"
role locker trouble lock "$tmp/q.lock"
locker=$pid
there "one waits for the lock" at "$locker" flock
sleep 2

# of one that is stopped or frozen
wrong="$wrong|wants to"
culprit debugger "$debugger"
ask_why locker "$locker"
ask_why web "$web"
ask_all
finish
