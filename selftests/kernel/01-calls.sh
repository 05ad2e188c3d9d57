#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Calls of one thread, counted exactly, in the rows and in the buckets.

. "$(dirname "$0")/lib.sh"

hd_load
start act stop getppid:1000 close-bad:7 stop
note
resume

check "1000 getppid are 1000 calls" [ "$(call getppid calls)" = 1000 ]
check "none of them failed" [ "$(call getppid errors)" = 0 ]
check "7 close(-1) are 7 calls" [ "$(call_grew close calls)" = 7 ]
check "all of them failed" [ "$(call_grew close errors)" = 7 ]
check "the task's errors grew by 7" [ "$(grew errors)" = 7 ]
# the workload stops itself by a getpid and a kill
check "the task's calls grew by all of them" [ "$(grew calls)" = 1009 ]

hist() {
	rows hist "$1" "tid=$pid" kind=syscall "key=$2"
}
check "hist has 1000 getppid" [ "$(hist count getppid)" = 1000 ]
check "its buckets hold 1000" \
	[ "$(hist buckets getppid | bucket_sum)" = 1000 ]
check "its sum and max are those of syscalls" \
	[ "$(hist "sum_ns max_ns" getppid)" = \
	"$(rows syscalls "total_ns max_ns" "tid=$pid" syscall=getppid)" ]

# A plausible time of a call: more than 50 ns, and on average less than 100 us even
# in an emulator.
check "a getppid takes a time that is possible" \
	within $((1000 * 50)) "$(hist sum_ns getppid)" $((1000 * 100000))

calls=$(number tasks calls "tid=$pid")
check "the rows of syscalls add up to the task's calls" \
	[ "$(rows syscalls calls "tid=$pid" | total)" = "$calls" ]
check "the rows of syscalls add up to the task's time" \
	[ "$(rows syscalls total_ns "tid=$pid" | total)" = \
	"$(number tasks sys_ns "tid=$pid")" ]
check "hist's key all has the task's calls" \
	[ "$(hist count all)" = "$calls" ]
check "its buckets hold them" \
	[ "$(hist buckets all | bucket_sum)" = "$calls" ]

finish
