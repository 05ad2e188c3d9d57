#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The last calls of each task: of a known workload, against strace -f -tt -T of the
# same run, of the dead, over exec and fork, while the ring is being overwritten,
# switched off and on, and where there is no memory for it.
# timeout: 300

. "$(dirname "$0")/lib.sh"

hd_load recorder_calls=32
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag) || skip_all "no reader"
echo 12345 >"$tmp/file"
mkfifo "$tmp/fifo"

# calls TID [COLUMNS]: a line a call
calls() {
	rows calls "${2:-syscall result}" "tid=$1"
}

# said: the last calls of a workload, as one line of words
said() {
	calls "$1" "${3:-syscall result}" | tail -n "$2" | xargs
}

# --- a known workload

start act getppid:2 close-bad:1 "open:r:$tmp/file" read1 stop close stop
check "names and results, in their order" [ "$(said "$pid" 7)" = \
	"getppid $$ getppid $$ close EBADF $(calls "$pid" |
		grep '^open' | tail -n 1) read 1 getpid $pid kill 0" ]
check "the descriptor, where the call was given one" \
	[ "$(rows calls "syscall fd" "tid=$pid" syscall=read | tail -n 1)" = "read 3" ]
check "none of others" \
	[ "$(rows calls fd "tid=$pid" syscall=getppid | tail -n 1)" = - ]
check "they begin one after the other, and take no time that they overlap in" \
	[ -z "$(calls "$pid" "began_ns dur_ns" |
		awk '$1 + 1000 < end { print } { end = $1 + $2 }')" ]
"$reader" strace "$pid" >"$tmp/said"
check "the reader prints the path of a descriptor" \
	grep -qF "read(3<$tmp/file>, ...) = 1 <" "$tmp/said"
check "that of one that a call returned" \
	grep -qE "^[0-9:.]+ open[a-z]*\(\.\.\.\) = 3<$tmp/file> <" "$tmp/said"
check "and an error" \
	grep -qF 'close(...) = -1 EBADF (Bad file descriptor) <0.0' "$tmp/said"
"$reader" json >"$tmp/json"
check "they are in the JSON document, too" [ "$(grep -cE "^\{\"tid\":$pid,.*(\
\"syscall\":\"close\",\"fd\":null,\"result\":\"EBADF\",\"ended_ns\":null,|\
\"syscall\":\"read\",\"fd\":3,\"result\":1,\"ended_ns\":null,)" "$tmp/json")" = 2 ]
resume
"$reader" strace "$pid" >"$tmp/said"
check "no path once the descriptor was closed" \
	grep -qF 'read(3, ...) = 1 <' "$tmp/said"
"$reader" strace -c "$pid" >"$tmp/said"
check "-c: the table, of its whole life" \
	[ "$(awk '$NF == "getppid" { print $4 }' "$tmp/said")" = 2 ]
"$reader" syscalls -p "$pid" >"$tmp/table"
check "it is that of syscalls -p" cmp -s "$tmp/said" "$tmp/table"
let_end

# --- a call in progress

launch act "open:b:$tmp/fifo" read1 stop
await_state S "$pid"
poll 10 grep -q "^$pid .* read 3 - " $hd/calls || :
check "the call in progress comes last" [ "$(said "$pid" 1 "syscall dur_ns result")" = \
	"read - -" ]
"$reader" strace "$pid" >"$tmp/said"
check "the reader prints it as unfinished" [ "$(tail -n 1 "$tmp/said" |
	sed 's/^[0-9:.]* //')" = "read(3<$tmp/fifo>, ... <unfinished ...>" ]
printf x 1<>"$tmp/fifo"
await_stop
check "and once it has returned with its result" \
	[ "$(rows calls result "tid=$pid" syscall=read | tail -n 1)" = 1 ]
let_end

# --- what strace saw of the same calls

# theirs: "name result duration" of what strace has seen to return, the newest last
theirs() {
	sed -nE 's/^[0-9]+ +[0-9:.]+ ([a-z0-9_]+)\(.*\) += (-1 (E[A-Z]+).*|(-?[0-9]+).*) <([0-9]+)\.([0-9]+)>$/\1 \3\4 \5.\6/p' \
		"$tmp/strace" | tail -n "$1"
}

if command -v strace >/dev/null; then
	strace -f -tt -T -o "$tmp/strace" "$bin/act" getppid:5 close-bad:2 \
		"open:r:$tmp/file" read1 read1 close sleep:30 open-fails:r:/none \
		getuid:3 sleep:600000 3>&- &
	tracer=$!
	hd_pids="$hd_pids $tracer"
	traced() {
		traced_pid=$(children "$tracer") && [ -n "$traced_pid" ] &&
			[ "$(said "$traced_pid" 1 dur_ns)" = - ] &&
			grep -q getuid "$tmp/strace"
	}
	poll 20 traced || echo "# it does not get to its last sleep"
	hd_pids="$hd_pids $traced_pid"
	theirs 15 >"$tmp/theirs"
	rows calls "syscall result dur_ns" "tid=$traced_pid" | sed '$d' |
		tail -n 15 >"$tmp/ours"
	check "strace saw 15 calls of it" [ "$(wc -l <"$tmp/theirs")" = 15 ]
	cut -d ' ' -f 1,2 "$tmp/theirs" >"$tmp/theirs.names"
	cut -d ' ' -f 1,2 "$tmp/ours" >"$tmp/ours.names"
	check "names, results and order equal strace's" \
		cmp "$tmp/theirs.names" "$tmp/ours.names"
	# strace's microseconds have its own stops in them
	paste -d ' ' "$tmp/ours" "$tmp/theirs" |
		awk '$3 > ($6 + 0.001) * 1e9 { print }' >"$tmp/longer"
	check "none took longer than by strace's account" [ ! -s "$tmp/longer" ]
	check "a sleep of 30 ms took as long" within $((30 * ms)) \
		"$(awk '/nanosleep/ { print $3 }' "$tmp/ours" | head -n 1)" $((2000 * ms))
	kill -KILL "$traced_pid" 2>/dev/null || :
	wait "$tracer" || :
else
	skip "what strace sees of the same calls" "no strace"
fi

# --- fork, exec, the dead

start act getppid:1 fork getuid:2 exit:7 end wait stop
child=$(rows deaths tid "ppid=$pid" exit_code=1792 | tail -n 1)
has_died() {
	child=$(rows deaths tid "ppid=$pid" exit_code=1792 | tail -n 1)
	[ -n "$child" ]
}
check "a child has died" poll 10 has_died
check "of the dead its own calls are kept, not those before its fork" \
	[ "$(rows calls "syscall exit_code" "tid=$child" | tail -n 2 | xargs)" = \
		"getuid 1792 getuid 1792" ] &&
	check "and none of its parent's" [ -z "$(rows calls syscall "tid=$child" \
		syscall=getppid)" ]
check "the end is that of deaths" \
	[ "$(rows calls ended_ns "tid=$child" | tail -n 1)" = \
		"$(rows deaths when_ns "tid=$child")" ]
"$reader" strace "$child" >"$tmp/said"
check "the reader tells how it ended" grep -q '+++ exited with 7 +++$' "$tmp/said"
let_end

start act getppid:1 exec getuid:1 stop
check "exec is one of the calls, and the ring goes on" \
	[ "$(rows calls result "tid=$pid" syscall=execve | tail -n 1)" = 0 ]
check "with what came before it" \
	[ -n "$(rows calls syscall "tid=$pid" syscall=getppid)" ]
let_end

# the thread gets the number of its process, whose leader dies
start act getppid:1 thread getuid:2 exec getuid:1 stop end sleep:600000
check "after exec of a thread its calls stand under its new number" \
	[ "$(rows calls syscall "tid=$pid" ended_ns=- syscall=getuid | wc -l)" = 3 ]
check "those of the leader do not" \
	[ -z "$(rows calls syscall "tid=$pid" ended_ns=- syscall=getppid)" ]
let_end

# --- the ring is overwritten while it is read

# shellcheck disable=SC2046	# one step a word
launch act $(yes 'getppid:50 close-bad:50' |
	head -n $((20000 / ${HOSTDIAG_SLOW:-1}))) stop
reads=0
: >"$tmp/torn"
while [ "$(task_state "$pid")" != T ] && [ $reads -lt 300 ]; do
	calls "$pid" "began_ns dur_ns syscall fd result" | grep -v -- ' - [a-z]* ' |
		awk -v parent=$$ '
		# what comes before is how the workload came to run
		$3 == "getppid" { seen = 1 }
		seen && ($3 == "getppid" && ($4 != "-" || $5 != parent) ||
			$3 == "close" && $5 != "EBADF" ||
			$1 + 2000 < end) { print NR, $0 }
		{ end = $1 + $2 }
		NR > 32 { print "more than there is room for" }' |
		grep -E 'getppid|close|room' >>"$tmp/torn" || :
	reads=$((reads + 1))
done
check "of $reads readings no line was torn" [ ! -s "$tmp/torn" ]
head -n 5 "$tmp/torn" | sed 's/^/#   /'
check "there were some" [ $reads -gt 2 ]
kill -KILL "$pid"

# --- off and on

start act getppid:3 stop getuid:3 stop getppid:2 stop
set_param recorder 0
check "switched off, nothing is kept" [ -z "$(calls "$pid" syscall)" ]
resume
check "nor recorded" [ -z "$(calls "$pid" syscall)" ]
"$reader" strace "$pid" >"$tmp/said" 2>"$tmp/err" || :
check "the reader says why" grep -q 'recorder=0' "$tmp/err"
echo 1 >$hd_params/recorder
resume
check "on again, what came meanwhile is not there, what comes then is" \
	[ "$(calls "$pid" syscall | grep get | xargs)" = "getppid getppid getpid" ]
let_end

many=$((400000 / ${HOSTDIAG_SLOW:-1}))
start act stop getppid:$many stop
before=$(call getppid calls)
launch act "open:b:$tmp/fifo" read1 stop
waits=$pid
await_state S "$waits"
pid=${hd_pids% *}
pid=${pid##* }
kill -CONT "$pid"
for _ in 1 2 3 4 5; do
	echo 0 >$hd_params/recorder
	echo 1 >$hd_params/recorder
done
check "a call in progress stays known when it is switched" \
	[ "$(rows stuck syscall "tid=$waits")" = read ]
await_stop
check "each call was counted once, whatever was switched" \
	[ $(($(call getppid calls) - before)) = $many ]
kill -KILL "$waits"
let_end

# --- memory, and the size of the ring

memory=/sys/kernel/debug/hostdiag/memory
# the parameters go with the module, which is loaded anew from here on
hd_at_exit=
hd_load recorder_calls=16
start act getppid:40 stop
check "of 16 places, 15 calls that have returned are shown" \
	[ "$(calls "$pid" syscall | wc -l)" = 15 ]
let_end
"$bin/modload" -r hostdiag >/dev/null
check "17 places are refused" [ "$("$bin/modload" "$(hd_ko)" recorder_calls=17 \
	2>&1 || :)" != "" ]

hd_load max_memory_mb=8
if [ -e $memory ]; then
	check "the rings are shown in memory" grep -q '^rings [1-9]' $memory
	launch act fork:1500 getuid:1 sleep:600000 end stop
	crowd=$pid
	await_stop
	start act getppid:1 stop getuid:1 getppid:1 stop
	check "where they have run out, that is counted" \
		[ "$(awk '$1 == "rings" { print $6 }' $memory)" -gt 0 ]
	check "memory stays within its bound" [ "$(awk '$1 == "total" { print $3 }' \
		$memory)" -le $((8 << 20)) ]
	check "a task without a ring has no calls to show" [ -z "$(calls "$pid" syscall)" ]
	for child in $(children "$crowd"); do
		kill -KILL "$child" 2>/dev/null || :
	done
	kill -KILL "$crowd"
	wait "$crowd" || :
	has_room() {
		[ "$(awk '$1 == "rings" { print $5 - $2 }' "$memory")" -gt 100 ]
	}
	poll 20 has_room || :
	resume
	check "it gets one once there is room" \
		[ "$(calls "$pid" syscall | grep -c getuid)" = 1 ]
	let_end
fi

finish
