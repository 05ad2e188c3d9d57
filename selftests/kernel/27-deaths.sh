#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The newest exited tasks, one by one: parent, lifetime, counts, and exit code.

. "$(dirname "$0")/lib.sh"

hd_load

# deaths COLUMNS COMM
deaths() {
	rows deaths "$1" "comm=$2"
}

# has_died N COMM: tasks are freed after a delay, so poll this
has_died() {
	[ "$(deaths tid "$2" | wc -l)" = "$1" ]
}

# a child of known calls, and a known end
start act stop clock fork "comm:hc$$" getppid:40 close-bad:6 sleep:300 exit:7 \
	end wait clock say stop
calls="1 40 6 1"	# prctl, getppid, close, nanosleep
resume
check "a child has died" poll 10 has_died 1 "hc$$"
check "its process, its parent, as wait() has its end" \
	[ "$(deaths "ppid exit_code" "hc$$")" = "$pid $((7 << 8))" ]
check "it was a process of its own, not its parent" \
	[ "$(rows deaths "comm tid" "comm=hc$$" "ppid=$pid" |
		sed 's/.* //')" = "$(deaths tgid "hc$$")" ]
check "its calls and errors" [ "$(deaths "calls errors" "hc$$")" = \
	"$(echo "$calls" | tr ' ' '\n' | total) 6" ]
check "it lived for 300 ms at least" within $((300 * ms)) \
	"$(deaths life_ns "hc$$")" "$(elapsed)"
check "it ended before its parent saw it" \
	within $(($(head -n 1 "$tmp/out") + 300 * ms)) \
	"$(deaths when_ns "hc$$")" "$(tail -n 1 "$tmp/out")"
check "it had no D sleep" within 0 "$(deaths d_ns "hc$$")" $((50 * ms))
same_in_snapshot deaths deaths \
	"when_ns tid tgid ppid comm life_ns exit_code calls errors d_ns oom" \
	"comm=hc$$"
check "nobody killed it for want of memory" [ "$(deaths oom "hc$$")" = 0 ]
let_end

# a process that the OOM killer kills, in a cgroup without memory left
oom() {
	mkdir "$tmp/cgroup"
	mount -t cgroup2 none "$tmp/cgroup" 2>/dev/null || return
	at_exit "umount $tmp/cgroup"
	echo +memory 2>/dev/null >"$tmp/cgroup/cgroup.subtree_control" || return
	mkdir "$tmp/cgroup/hd"
	at_exit "rmdir $tmp/cgroup/hd"
	echo 8M 2>/dev/null >"$tmp/cgroup/hd/memory.max"
}
if ! grep -q '^oom_kill' /proc/vmstat; then
	skip "killed for want of memory" "the kernel does not count that"
elif ! oom; then
	skip "killed for want of memory" "no memory cgroup"
else
	! sh -c "echo \$\$ >$tmp/cgroup/hd/cgroup.procs; exec tail /dev/zero" || :
	check "one has died" poll 10 has_died 1 tail
	check "killed for want of memory" [ "$(deaths "exit_code oom" tail)" = "9 1" ]
	check "summary says so" grep -q \
		'^out of memory: the kernel killed tail (parent' \
		$hd/summary
fi

# one that a signal ends, and one that slept in D
start act stop fork "comm:hk$$" vfork:120 wait kill:15 end wait stop
resume
check "a child was killed" poll 10 has_died 2 "hk$$"
check "by signal 15, as wait() has it" \
	[ "$(rows deaths exit_code "comm=hk$$" "ppid=$pid")" = 15 ]
check "its D sleep" within $((100 * ms)) \
	"$(rows deaths d_ns "comm=hk$$" "ppid=$pid")" \
	"$(rows deaths life_ns "comm=hk$$" "ppid=$pid")"
let_end

# threads
start act "comm:ht$$" stop thread:3 getppid:11 end sleep:200 stop
process=$pid
resume
check "three threads have died" poll 10 has_died 3 "ht$$"
check "each with its process and its calls" \
	[ "$(deaths "tgid calls" "ht$$" | sort -u)" = "$process 11" ]
check "each with a number of its own" \
	[ "$(deaths tid "ht$$" | sort -u | grep -cvx "$process")" = 3 ]
let_end

# a thread other than the leader execs: it goes on under the tid of the leader
: >"$tmp/file"
start threadexec "$tmp/file" "$bin/act" "comm:hx$$" stop
check "the file that it had opened is told under the number that it has now" \
	[ "$(rows open "tid tgid path" "path=$tmp/file")" = "$pid $pid $tmp/file" ]
first_died() {
	[ "$(rows deaths tid "tgid=$pid" | wc -l)" = 1 ]
}
check "the first thread has died" poll 10 first_died
check "not under the number that lives on" \
	[ "$(rows deaths tid "tgid=$pid")" != "$pid" ]
let_end

# a task that was a zombie before the module was loaded
hd_unload
start act fork "comm:hz$$" exit:3 end stop wait stop
zombie=$(children "$pid")
await_state Z "$zombie" || :
check "a child is a zombie" [ "$(task_state "$zombie")" = Z ]
hd_load slow_open_ms=0
resume
check "it has gone" poll 10 has_died 1 "hz$$"
check "when it was reaped, as nobody saw it die" within \
	"$(header since_ns deaths)" "$(deaths when_ns "hz$$")" \
	"$(header now_ns deaths)"
check "its life was no longer than the machine's" within 0 \
	"$(deaths life_ns "hz$$")" "$(header now_ns deaths)"
let_end

# more deaths than are kept
start act stop fork:300 "comm:hm$$" getppid:2 end wait:300 stop
resume
folded() {
	[ "$(number exited tasks "comm=hm$$")" = 300 ]
}
check "three hundred have died" poll 20 folded
# tasks end while the file is read
check "256 are kept" within 256 "$(rows deaths tid | wc -l)" 262
check "most of them are the newest" within 200 \
	"$(deaths tid "hm$$" | sort -u | wc -l)" 256
check "the first are not kept any more" [ -z "$(deaths tid "hc$$")" ]
let_end
echo reset >$hd/control
check "none of them after a reset" [ -z "$(deaths tid "hm$$")" ]
finish
