#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The snapshot, the text files and the reader agree about a stopped task; a snapshot that
# is cut short is shown as far as it goes, and a damaged one is refused.

. "$(dirname "$0")/lib.sh"

hd_load
start act stop getppid:1000 close-bad:7 vfork:20 open:r:/dev/null sleep:5 close \
	open:r:/ stop
resume
cat $hd/snapshot >"$tmp/snapshot"
"$bin/snaprows" "$tmp/snapshot" tasks >"$tmp/tasks"
"$bin/snaprows" "$tmp/snapshot" syscalls >"$tmp/syscalls"

columns="tgid calls errors sys_ns sys_max_ns dsleeps d_ns d_max_ns iowait_ns"
columns="$columns opens closes open_now open_ns open_max_ns"
check "the task has one record" \
	[ "$(rows "$tmp/tasks" tid "tid=$pid")" = "$pid" ]
check "its numbers are those of tasks" \
	[ "$(rows "$tmp/tasks" "$columns" "tid=$pid")" = \
	"$(rows tasks "$columns" "tid=$pid")" ]
for kind in syscall dsleep open; do
	check "its buckets of $kind are those of hist" \
		[ "$(rows "$tmp/tasks" ${kind}_counts "tid=$pid")" = \
		"$(rows hist buckets "tid=$pid" kind=$kind key=all |
			sed 's/[0-9]*://g')" ]
done
columns="calls errors total_ns max_ns"
check "its syscalls are those of syscalls" \
	[ "$(rows "$tmp/syscalls" "$columns" "tid=$pid" | sort)" = \
	"$(rows syscalls "$columns" "tid=$pid" | sort)" ]
[ "$(uname -m)" != x86_64 ] ||
	check "getppid is number 110 of x86-64" \
		[ "$(rows "$tmp/syscalls" calls "tid=$pid" abi=0 nr=110)" = 1000 ]

# --- the reader

reader=${HOSTDIAG:-}
[ -n "$reader" ] || reader=$(command -v hostdiag) ||
	reader=$hd_dir/../../userspace/hostdiag
if [ ! -x "$reader" ]; then
	skip "the reader agrees" "no reader: set HOSTDIAG"
	finish
fi

# the format that rows() reads: a line with the version, and "# " before the columns
table() {
	echo "#"
	sed -e '/^snapshot of /d' -e 's/^\( *tid \)/# \1/'
}
for from in live saved; do
	file=
	[ $from = live ] || file="-f $tmp/snapshot"
	closes="$(call close calls) $(call close errors)"
	# shellcheck disable=SC2086	# an option and its value
	"$reader" tasks $file | table >"$tmp/read.tasks"
	columns="tgid calls errors dsleeps opens closes open_now"
	check "$from: the reader's tasks has the same numbers" \
		[ "$(rows "$tmp/read.tasks" "$columns" "tid=$pid")" = \
		"$(rows tasks "$columns" "tid=$pid")" ]
	# shellcheck disable=SC2086	# an option and its value
	"$reader" syscalls $file -t "$pid" |
		awk '$NF == "getppid" || $NF == "close" {
			print $NF, $4, NF == 6 ? $5 : 0
		}' | sort >"$tmp/read.syscalls"
	check "$from: the reader's syscalls has the same numbers" \
		[ "$(tr '\n' ' ' <"$tmp/read.syscalls")" = \
		"close $closes getppid 1000 0 " ]
done
check "the reader's summary comes from the snapshot too" \
	"$reader" -f "$tmp/snapshot" >/dev/null

# refused WHAT FILE: expect one line on stderr, none on stdout, status 1
refused() {
	status=0
	"$reader" tasks -f "$2" >"$tmp/stdout" 2>"$tmp/stderr" || status=$?
	check "$1 is refused" [ "$status" = 1 ]
	check "$1 is told in one line" \
		[ "$(wc -l <"$tmp/stderr") $(wc -l <"$tmp/stdout")" = "1 0" ]
}
size=$(wc -c <"$tmp/snapshot")
for length in 0 7 100; do
	head -c "$length" "$tmp/snapshot" >"$tmp/cut"
	refused "a snapshot cut to $length bytes" "$tmp/cut"
done
for length in $((size / 2)) $((size - 8)) $((size - 1)); do
	head -c "$length" "$tmp/snapshot" >"$tmp/cut"
	status=0
	"$reader" tasks -f "$tmp/cut" >"$tmp/stdout" 2>"$tmp/stderr" || status=$?
	check "of a snapshot cut to $length bytes, what is there" \
		[ "$status $(sed 's/.*: //' "$tmp/stderr")" = \
		"0 what is there is shown" ]
done
# flipped BYTE: flip a bit of that byte
flipped() {
	cp "$tmp/snapshot" "$tmp/flipped"
	byte=$(od -An -tu1 -j "$1" -N 1 "$tmp/snapshot")
	printf %b "\\0$(printf %o $((byte ^ 1)))" |
		dd of="$tmp/flipped" bs=1 seek="$1" conv=notrunc 2>/dev/null
	refused "a snapshot whose byte $1 is another one" "$tmp/flipped"
}
for part in 1 2 3 4 5 6 7; do
	flipped $((size * part / 8))
done
flipped $((size - 1))
flipped 40
check "a saved snapshot tells its date, host and kernel" \
	[ "$("$reader" tasks -f "$tmp/snapshot" |
		sed -n '1s/.*, host \(.*\), kernel \(.*\)/\1 \2/p')" = "$(uname -n) $(uname -r)" ]
{
	cat "$tmp/snapshot"
	printf junk
} >"$tmp/longer"
refused "a snapshot with junk behind it" "$tmp/longer"
refused "a text file" $hd/tasks
refused "a file that is not there" "$tmp/none"

finish
