#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Exited tasks, by comm, with exact numbers.

. "$(dirname "$0")/lib.sh"

hd_load

# folded COMM EXPECTED: compare tasks, calls and errors; tasks are freed after a delay, so
# poll this
folded() {
	[ "$(rows exited "tasks calls errors" "comm=$1")" = "$2" ]
}

start act stop "comm:hd$$" fork:50 getppid:10 close-bad:2 end wait:50 stop
resume
check "fifty dead tasks are in exited" poll 10 folded "hd$$" "50 600 100"
let_end
parent_too() {
	[ "$(number exited tasks "comm=hd$$")" = 51 ]
}
check "and then their parent" poll 10 parent_too

start act stop "comm:ht$$" thread:50 getppid:10 end sleep:300 stop
resume
check "so are fifty threads" poll 10 folded "ht$$" "50 500 0"
let_end

# A task is filed under the comm it has at its end
cp "$bin/act" "$tmp/hx$$"
start "$tmp/hx$$" getppid:5 stop "comm:hy$$" stop "comm:hz$$"
check "comm follows exec" [ "$(rows tasks comm "tid=$pid")" = "hx$$" ]
resume
check "comm follows prctl" [ "$(rows tasks comm "tid=$pid")" = "hy$$" ]
let_end
filed() {
	[ "$(number exited tasks "comm=hz$$")" = 1 ]
}
check "the last comm is the one in exited" poll 10 filed
check "and no other is" \
	[ "$(rows exited tasks "comm=hx$$")$(rows exited tasks "comm=hy$$")" = "" ]
gone() {
	[ -z "$(rows tasks tid "tid=$pid")" ]
}
check "the dead are in tasks no more" poll 10 gone

finish
