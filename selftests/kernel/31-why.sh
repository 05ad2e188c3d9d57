#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# hostdiag why: from a task that waits to the task that it waits for.
# timeout: 120

. "$(dirname "$0")/lib.sh"

hd_load
reader=$hd_dir/../../userspace/hostdiag
[ -x "$reader" ] || reader=$(command -v hostdiag) || skip_all "no reader"
ip link set lo up 2>/dev/null || :

# chain MODE LAST [FILE]: run the program until it has printed the last role
chain() {
	mode=$1
	last=$2
	shift 2
	launch chains "$mode" "$@"
	poll 10 grep -q "^$last " "$tmp/out" || {
		echo "# the workload did not come up: $mode"
		exit 1
	}
}

# role NAME: print its tid, from the output of the program
role() {
	poll 10 grep -q "^$1 " "$tmp/out" || :
	sed -n "s/^$1 //p" "$tmp/out"
}

# says PATTERN: the output of why for the task $who matches
says() {
	"$reader" why "$who" >"$tmp/story" 2>&1 && grep -Eq -- "$1" "$tmp/story"
}

# tells WHAT PATTERN: poll says, since a role is printed before its wait begins
tells() {
	if poll 10 says "$2"; then
		ok "$1"
	else
		not_ok "$1"
		sed 's/^/#   /' "$tmp/story"
	fi
}

end_chain() {
	kill -KILL "$pid"
	wait "$pid" 2>/dev/null || :
}

file=$tmp/sess_abc
chain session victim "$file"
who=$(role victim)
holder=$(role holder)
tells "a lock: who waits, for which file" \
	"^$who \(chains\) is in flock on fd [0-9]+ = $file for "
tells "who holds it, and since when it has the file" \
	"the lock is held by $holder \(chains\) as fd [0-9]+, which opened the file [0-9.]+[a-z]+ ago"
tells "what the holder waits for in turn" \
	"^$holder \(chains\) is in recvfrom on fd [0-9]+ = TCP connection from 127.0.0.1:[0-9]+ to 127.0.0.1:$(role port) for "
tells "that nothing came" "^  nothing was received"
tells "who has the other end, and what it does" \
	"the other end is held by $(role server) \(chains\)"
tells "up to who waits for nobody" \
	"^$(role server) \(chains\) is in (pause|ppoll|rt_sigsuspend)"
kill -KILL "$(role server)"
tells "another story when the call has ended" \
	"^$holder \(chains\) is in (pause|ppoll|rt_sigsuspend) "
end_chain

all_three() {
	[ "$(grep -c '^member ' "$tmp/out")" = 3 ]
}
chain ring member "$tmp/ring"
poll 10 all_three || :
for who in $(role member); do
	tells "a deadlock of three, asked of $who" "^deadlock: $who "
	named=0
	for member in $(role member); do
		! grep '^deadlock: ' "$tmp/story" | grep -q " $member " ||
			named=$((named + 1))
	done
	check "it names all three" [ $named = 3 ]
done
check "and it is told in few lines" [ "$(wc -l <"$tmp/story")" -le 20 ]
end_chain

chain mutex waiter
who=$(role waiter)
tells "a mutex: its likely owner" \
	"the lock is likely held by $(role owner) \(chains, thread of $pid\)"
tells "who waits for a signal" "^$(role owner) \(chains, thread of $pid\) is in "
who=$pid
tells "asked of the process: how many threads" "^$pid \(chains\) has 3 threads: 1 stuck"
end_chain

chain pipe reader
who=$(role reader)
tells "a pipe: who could write" \
	"the pipe is empty; its write end is held by $(role writer) \(chains\) as fd [0-9]+\$"
end_chain

chain pipe reader
who=$(role reader)
tells "a task that waits in a call" "^$who \(chains\) is in read on fd "
kill -STOP "$who"
tells "when it is stopped, that and not what it waited for" \
	"^$who \(chains\) is stopped by a signal [^ ]+ ago by [^:]*\[$$\]: kill -CONT $who lets it go on\$"
if [ "$(uname -m)" = aarch64 ]; then
	skip "but what it was at is told" "arm64 forgets the call when a signal comes"
else
	tells "but what it was at is told" "^  it is in read on fd [0-9]+ = pipe:"
fi
check "and nobody else is to blame" [ "$(grep -c '^[0-9]' "$tmp/story")" = 1 ]
end_chain

cgroup=/sys/fs/cgroup/hd-why
[ -e /sys/fs/cgroup/cgroup.controllers ] || {
	mount -t cgroup2 none /sys/fs/cgroup 2>/dev/null &&
		at_exit "umount /sys/fs/cgroup"
} || :
if mkdir "$cgroup" 2>/dev/null && [ -e $cgroup/cgroup.freeze ]; then
	at_exit "rmdir $cgroup"
	chain pipe reader
	who=$(role reader)
	echo "$who" >$cgroup/cgroup.procs
	echo 1 >$cgroup/cgroup.freeze
	tells "a task whose cgroup is frozen" \
		"^$who \(chains\) is frozen: its cgroup $cgroup (is|was frozen [^ ]+ ago by .*\[$$\])\$"
	echo 0 >$cgroup/cgroup.freeze
	tells "and when it is not any more" \
		"^$who \(chains\) is in read on fd "
	end_chain
	gone() {
		[ ! -s "$cgroup/cgroup.procs" ]
	}
	poll 10 gone || :
else
	skip "a task whose cgroup is frozen" "no freezer of cgroup2"
fi

chain unix reader
who=$(role reader)
tells "a unix socket: which" \
	"^$who \(chains\) is in read on fd [0-9]+ = unix socket \[[0-9]+\] for "
if says "not known: no unix_diag"; then
	skip "who has its other end" "no unix_diag"
else
	tells "who has its other end" \
		"the other end is held by $(role writer) \(chains\) as fd [0-9]+\$"
fi
end_chain

chain semaphore waiter
who=$(role waiter)
tells "a semaphore, and what it wants" \
	"^  semaphore 0 of set [0-9]+ is 0, and it wants -1"
tells "who changed it last" \
	"^  who changed it last is $(role taker) \(chains\)"
kill -TERM "$pid"
wait "$pid" 2>/dev/null || :

chain vfork child
who=$(role parent)
tells "a vfork: which child" "has ended: $(role child) \(chains\)"
tells "and that this is D sleep" "^  in D sleep for [0-9.]+[a-z]+"
end_chain

mkfifo "$tmp/fifo"
cat "$tmp/fifo" &
who=$!
hd_pids="$hd_pids $who"
tells "a call about a path: which" \
	"^$who \([a-z0-9-]+\) is in open(at)? of $tmp/fifo for "
kill -KILL "$who"
wait "$who" 2>/dev/null || :

sh -c 'while :; do :; done' &
who=$!
hd_pids="$hd_pids $who"
tells "a task that runs is in no call" \
	"^$who \(sh\) is not waiting in any call now: it is on a CPU"
kill -KILL "$who"
wait "$who" 2>/dev/null || :
check "one that is gone is an error" \
	[ "$("$reader" why "$who" 2>&1 >/dev/null)" = "hostdiag: there is no task $who" ]

finish
