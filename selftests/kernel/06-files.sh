#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Open to close: a file counts once, for its opener, even if it is shared and another
# task closes it last.

. "$(dirname "$0")/lib.sh"

hd_load
file=$tmp/file
fifo=$tmp/fifo
echo data >"$file"
mkfifo "$fifo"
umask 022

# On a slow machine 300 ms may be longer, up to the time that the workload itself has seen
range_300() {
	within $((300 * ms)) "$1" "$(max $((400 * ms)) "$(elapsed)")"
}

# held WHAT STEP...: the steps hold one file for 300 ms
held() {
	what=$1
	shift
	start act stop clock "$@" clock say stop
	note
	resume
	check "$what: one open, one close" [ "$(grew opens) $(grew closes)" = "1 1" ]
	check "$what: 300 ms" range_300 "$(grew open_ns)"
	check "$what: none is left open" [ "$(grew open_now)" = 0 ]
	let_end
}

held "close" "open:r:$file" sleep:300 close
held "close of the last dup" "open:r:$file" dup sleep:150 close sleep:150 close
held "dup2 over it" "open:r:$file" sleep:300 dup2
held "close-on-exec" "open:re:$file" sleep:300 say exec
held "kept over exec" "open:r:$file" sleep:150 say exec push:3 sleep:150 close
held "exit of a child that shares it" \
	"open:r:$file" fork sleep:300 end close wait
held "close by a child that shares it" \
	"open:r:$file" fork sleep:300 close sleep:100 end close wait
held "a socket that carries it" "open:r:$file" flight:300
held "munmap" "open:r:$file" mmap close sleep:300 munmap

# of_dead WHAT COMM: the exited tasks of COMM held one file for 300 ms
of_dead() {
	one_close() {
		[ "$(number exited closes "comm=$1")" = 1 ]
	}
	check "$1: one close, in exited" poll 10 one_close "$2"
	check "$1: one open" [ "$(number exited opens "comm=$2")" = 1 ]
	check "$1: 300 ms" range_300 "$(number exited open_ns "comm=$2")"
	check "$1: none is left open" [ "$(number exited open_now "comm=$2")" = 0 ]
}

start act stop "comm:he$$" clock fork "open:r:$file" sleep:300 end wait clock \
	say stop
resume
of_dead "exit of the opener" "he$$"
let_end

# The opener is gone when its child closes; the last "clock" is the child's
start act stop "comm:ho$$" clock say \
	fork "open:r:$file" fork sleep:300 close clock say end end wait stop
resume
of_dead "close after the opener's death" "ho$$"
let_end

# delta WHAT OPENS CLOSES NOW STEP...
delta() {
	what=$1
	expected="$2 $3 $4"
	shift 4
	start act stop "$@" stop
	note
	resume
	if grep -q ^cannot: "$tmp/out"; then
		skip "$what" "$(cat "$tmp/out")"
	else
		check "$what" \
			[ "$(grew opens) $(grew closes) $(grew open_now)" = "$expected" ]
	fi
	let_end
}

delta "a FIFO counts" 1 1 0 "open:b:$fifo" close
delta "a directory counts" 1 1 0 open:r:/ close
delta "a device counts" 1 1 0 open:r:/dev/null close
delta "a procfs file counts" 1 1 0 open:r:/proc/self/status close
delta "creat counts" 1 1 0 "creat:$tmp/new" close
delta "openat2 counts" 1 1 0 openat2:/ close
delta "open_by_handle_at counts" 1 1 0 "open-by-handle:$file" close
delta "sockets, pipes, memfd and the like do not" 0 0 0 pathless
delta "O_PATH does not" 0 0 0 "open:rp:$file" close
delta "exec does not" 0 0 0 exec
delta "opens that fail do not" 0 0 0 open-fails:r:/no/such/file \
	open-fails:w:/ "open-fails:wn:$fifo" "open-fails:rcx:$file"
delta "files that are open are open_now" 3 0 3 \
	"open:r:$file" "open:r:$file" open:r:/
delta "and are not when closed" 3 3 0 \
	"open:r:$file" "open:r:$file" open:r:/ close close close
delta "a file held by two is one" 1 0 1 "open:r:$file" dup dup close

# Another thread closes a descriptor before the call that opened it returns; the files that
# the shell has opened for the workload stay open
before=$(header lost)
start fdrace 3000
closed=$(($(number tasks opens "tid=$pid") - $(number tasks open_now "tid=$pid")))
check "each open is counted, be it closed at once, or is lost" within \
	$((3000 - $(header lost) + before)) $closed 3000
let_end

finish
