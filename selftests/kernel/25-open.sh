#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Open files, their age and opener, compared with /proc/PID/fd.

. "$(dirname "$0")/lib.sh"

hd_load
file=$tmp/file
odd="$tmp/a b	c"
: >"$file"
: >"$odd"

# open COLUMNS PATH [NAME=VALUE...]: of the file's rows
open() {
	hd_open_columns=$1
	hd_open_path=$2
	shift 2
	rows open "$hd_open_columns" "path=$hd_open_path" "$@"
}

start act comm:hdopen clock "open:r:$file" sleep:50 "open:w:$file" say stop
check "two files of the workload" \
	[ "$(open "tid tgid comm fd" "$file" | sort | tr '\n' ' ')" = \
	"$pid $pid hdopen 3 $pid $pid hdopen 4 " ]
check "their descriptors are the kernel's" \
	[ "$(readlink "/proc/$pid/fd/3") $(readlink "/proc/$pid/fd/4")" = \
	"$file $file" ]
sleep 2
cat "$hd/open" >"$tmp/open"
now=$(head -n 1 "$tmp/open" | tr ' ' '\n' | sed -n 's/^now_ns=//p')
first=$((now - $(head -n 1 "$tmp/out")))
age=$(rows "$tmp/open" age_ns "path=$file" fd=3)
check "the first is $first ns old, by the clock" \
	within $((first * 9 / 10)) "$age" $((first + 200 * ms))
check "the second is younger" \
	[ "$(rows "$tmp/open" age_ns "path=$file" fd=4)" -lt "$age" ]
same_in_snapshot open open "tid tgid comm fd holder path" "tid=$pid" "path=$file"
let_end
gone() {
	[ -z "$(open fd "$file")" ]
}
check "a file is gone with its opener" poll 5 gone

# The last column may hold anything
start act "open:r:$odd" stop
check "blanks in a path are escaped" \
	[ "$(rows open path "tid=$pid" | grep 'a.*b.*c$')" = \
	"$tmp/a\\040b\\011c" ]
let_end

# A file is an open file description, not a descriptor
start act "open:r:$file" stop dup dup stop dup2 dup2 stop close stop
check "one row" [ "$(open fd "$file")" = 3 ]
resume
check "one row for three descriptors" [ "$(open fd "$file")" = 3 ]
resume
check "one row for the last of them" [ "$(open fd "$file")" = 3 ]
resume
check "none once it is closed" [ -z "$(open fd "$file")" ]
let_end

# A file is open under another descriptor than that of the open
start act "open:r:$file" dup open:r:/dev/null swap stop
check "its path is found under another number" \
	[ "$(open "fd comm" "$file")" = "3 act" ]
check "the kernel has it there" \
	[ "$(readlink "/proc/$pid/fd/4") $(readlink "/proc/$pid/fd/3")" = \
	"$file /dev/null" ]
let_end

# A child has a file open that its parent has opened
mkfifo "$tmp/fifo"
launch act comm:hdparent "many:30:r:$file" fork "open:r:$tmp/fifo" end
parent=$pid
ended() {
	[ -z "$(task_state "$parent")" ] || [ "$(task_state "$parent")" = Z ]
}
poll 5 ended
wait "$parent" 2>/dev/null || :
kept() {
	[ "$(rows open comm "tid=$parent" fd=32)" = hdparent ]
}
check "a file outlives its opener, with its name" poll 5 kept
: >"$tmp/fifo"
not_kept() {
	[ -z "$(rows open fd "tid=$parent" fd=32)" ]
}
check "until its last holder closes it" poll 5 not_kept

# A child has a file open that its parent has closed: path and holder are known
start act comm:hdgiver "many:20:r:$file" fork stop end close-many stop
giver=$pid
holder=$(children "$giver")
held() {
	[ "$(rows open "tgid holder" "tgid=$giver" "path=$file" | sort -u)" = \
		"$giver $holder" ]
}
# shellcheck disable=SC2010	# no names that would upset it
has_it() {
	ls -l "/proc/$1/fd" | grep -qF -- "-> $file"
}
check "its child has them" has_it "$holder"
check "the opener has closed them" sh -c "! ls -l /proc/$giver/fd | grep -F -- '-> $file'"
check "a child of it is told as the holder" held
check "of all of them" [ "$(rows open fd "tgid=$giver" "holder=$holder" | wc -l)" = 20 ]
same_in_snapshot open open "tid tgid comm fd holder path" "tid=$giver" "path=$file"
kill -KILL "$holder"
let_end

# A leak
start act comm:hdleak "many:200:r:$file" stop
# shellcheck disable=SC2010	# no names that would upset it
check "two hundred files, as many as it has" \
	[ "$(open fd "$file" comm=hdleak | wc -l)" = \
	"$(ls -l "/proc/$pid/fd" | grep -cF -- "-> $file")" ]
check "that is 200" [ "$(open fd "$file" comm=hdleak | wc -l)" = 200 ]
check "each has a descriptor of its own" \
	[ "$(open fd "$file" comm=hdleak | sort -u | wc -l)" = 200 ]
check "tasks counts them too" [ "$(number tasks open_now "tid=$pid")" -ge 200 ]
let_end
check "all are gone with it" poll 5 gone
finish
