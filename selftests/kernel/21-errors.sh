#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Errors by task, syscall and errno, against known loops.

. "$(dirname "$0")/lib.sh"

hd_load

# errors ERRNO [COLUMN]: of the workload's opens
errors() {
	number errors "${2:-count}" "tid=$pid" syscall=openat "errno=$1"
}

# that of a shell before it became the workload fails, too
start act stop clock refused:40:r:/no/such/file refused:3:w:/ \
	refused:5:rcx:/dev/null clock close-bad:17 clock sleep-alarm \
	poll-alarm clock say stop
bad=$(number errors count "tid=$pid" syscall=close errno=EBADF)
resume
clock() {
	sed -n "$1p" "$tmp/out"
}
check "40 times ENOENT" [ "$(errors ENOENT)" = 40 ]
check "3 times EISDIR" [ "$(errors EISDIR)" = 3 ]
check "5 times EEXIST" [ "$(errors EEXIST)" = 5 ]
check "17 times EBADF" \
	[ "$(number errors count "tid=$pid" syscall=close errno=EBADF)" = \
	$((bad + 17)) ]
# What a handler returns to has failed with EINTR by then, as strace has it.
# A C library asks an old kernel for calls that it does not have, and for random
# numbers before it has any.
named() {
	rows errors "errno syscall" "tid=$pid" |
		sed '/^ENOSYS /d; / getrandom$/d; s/ .*//' | sort -u
}
check "no other error is named" \
	[ "$(named | tr '\n' ' ')" = \
	"EBADF EEXIST EINTR EISDIR ENOENT ERESTARTNOHAND ERESTART_RESTARTBLOCK " ]
check "each is named as the call that failed" \
	[ "$(rows errors syscall "tid=$pid" errno=ERESTART_RESTARTBLOCK) $(
		rows errors syscall "tid=$pid" errno=ERESTARTNOHAND)" = \
	"nanosleep ppoll" ]
check "last_ns of the opens is when they were" \
	within "$(clock 1)" "$(errors EEXIST last_ns)" "$(clock 2)"
check "last_ns of the closes is when they were" within "$(clock 2)" \
	"$(number errors last_ns "tid=$pid" syscall=close errno=EBADF)" \
	"$(clock 3)"
check "the last ENOENT was before the last EEXIST" \
	[ "$(errors ENOENT last_ns)" -lt "$(errors EEXIST last_ns)" ]

# syscalls counts the same
add_up() {
	for name in openat close nanosleep ppoll; do
		[ "$(rows errors count "tid=$pid" "syscall=$name" | total)" = \
			"$(call "$name" errors)" ] || return 1
	done
}
check "they add up to what syscalls has" add_up
check "they add up to what tasks has" \
	[ "$(rows errors count "tid=$pid" | total)" = \
	"$(number tasks errors "tid=$pid")" ]
same_in_snapshot errors errors count "tid=$pid"
let_end

# A task that has used up its files
start act "open:r:/dev/null" nofile:4 stop refused:60:r:/dev/null stop
resume
check "60 times EMFILE" [ "$(errors EMFILE)" = 60 ]
first=$(errors EMFILE last_ns)
let_end

# Two tasks do not share a row
start act refused:2:r:/no/such/file fork refused:7:r:/no/such/file stop end stop
child=$(children "$pid")
await_state T "$child" || :
check "a parent and a child count apart" \
	[ "$(errors ENOENT) $(rows errors count "tid=$child" errno=ENOENT)" = \
	"2 7" ]
kill -KILL "$child"
let_end

# A reset
start act refused:9:r:/no/such/file stop refused:4:r:/no/such/file stop
check "9 times ENOENT" [ "$(errors ENOENT)" = 9 ]
echo reset >$hd/control
reset=$(header now_ns errors)
check "none after a reset" [ "$(errors ENOENT)" = 0 ]
resume
check "4 times ENOENT after it" [ "$(errors ENOENT)" = 4 ]
check "the last of them after it too" \
	[ "$(errors ENOENT last_ns)" -ge "$reset" ] && [ "$reset" -gt "$first" ]
let_end
gone() {
	[ -z "$(rows errors count "tid=$pid")" ]
}
check "the dead have no errors" poll 10 gone
finish
