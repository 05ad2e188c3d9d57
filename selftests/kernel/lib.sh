# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Functions for the NN-name.sh beside it: TAP, the module, workloads, columns by
# name.  Plain POSIX sh: dash and busybox ash run it.
#
# A script sets up what it needs, checks, and ends with "finish":
#
#	hd_load
#	start act stop getppid:1000 stop
#	resume
#	check "counted" [ "$(call getppid calls)" = 1000 ]
#	finish
#
# shellcheck disable=SC2034	# the scripts use the variables

set -eu

hd=/proc/hostdiag
hd_params=/sys/module/hostdiag/parameters
hd_dir=$(cd "$(dirname "$0")" && pwd)
bin=$hd_dir/bin
tmp=$(mktemp -d)
pid=
ms=1000000

hd_tests=0
hd_failed=0
hd_pids=
hd_at_exit=

hd_cleanup() {
	for hd_p in $hd_pids; do
		kill -KILL "$hd_p" 2>/dev/null || :
	done
	# wait for them, so that they hold nothing that is undone next
	wait
	eval "$hd_at_exit"
	rm -rf "$tmp"
}
trap hd_cleanup EXIT
trap 'exit 1' HUP INT TERM

# at_exit COMMAND: run it when the script exits; the last one given comes first
at_exit() {
	hd_at_exit="$1 || :; $hd_at_exit"
}

# --- TAP

ok() {
	hd_tests=$((hd_tests + 1))
	echo "ok $hd_tests - $1"
}

not_ok() {
	hd_tests=$((hd_tests + 1))
	hd_failed=$((hd_failed + 1))
	echo "not ok $hd_tests - $1"
}

# check DESCRIPTION COMMAND...
check() {
	hd_what=$1
	shift
	if "$@"; then
		ok "$hd_what"
	else
		not_ok "$hd_what"
		echo "#   was: $*"
	fi
}

# skip DESCRIPTION REASON
skip() {
	ok "$1 # SKIP $2"
}

# skip_all REASON: this script can do nothing here
skip_all() {
	echo "1..0 # SKIP $1"
	exit 4
}

finish() {
	echo "1..$hd_tests"
	[ "$hd_failed" = 0 ]
	exit
}

# within LOW VALUE HIGH
within() {
	[ "$2" -ge "$1" ] && [ "$2" -le "$3" ]
}

max() {
	if [ "$1" -gt "$2" ]; then echo "$1"; else echo "$2"; fi
}

# now_cs: print the time since boot, in hundredths of a second
now_cs() {
	read -r hd_up _ </proc/uptime
	echo "${hd_up%.*}${hd_up#*.}"
}

# poll SECONDS COMMAND...: run it again and again until it succeeds.  A command that
# takes long itself gets ten attempts, but no more after three times that time.
poll() {
	hd_tries=$(($1 * 20 * ${HOSTDIAG_SLOW:-1}))
	hd_enough=$((hd_tries - 10))
	hd_until=$(($(now_cs) + $1 * 300 * ${HOSTDIAG_SLOW:-1}))
	shift
	until "$@"; do
		hd_tries=$((hd_tries - 1))
		[ $hd_tries -gt 0 ] || return 1
		[ $hd_tries -ge $hd_enough ] ||
			[ "$(now_cs)" -lt $hd_until ] || return 1
		sleep 0.05
	done
}

# hang_is_meant: the kernel does not complain of the tasks that this test lets hang
hang_is_meant() {
	hd_hung=/proc/sys/kernel/hung_task_timeout_secs
	[ -w $hd_hung ] || return 0
	at_exit "echo $(cat $hd_hung) >$hd_hung"
	echo 0 >$hd_hung
}

# hd_list WHAT: print the groups, kinds, files or tables, one a line
hd_list() {
	"$bin/lists" "$1"
}

# --- the module

# Print the path of the module: in a guest, or beside the sources
hd_ko() {
	for hd_k in "${HOSTDIAG_KO:-}" "$hd_dir/../../hostdiag.ko" \
		/hostdiag/hostdiag.ko \
		"$(find "/lib/modules/$(uname -r)" -name hostdiag.ko 2>/dev/null |
			head -n 1)"; do
		if [ -n "$hd_k" ] && [ -e "$hd_k" ]; then
			echo "$hd_k"
			return
		fi
	done
}

hd_unload() {
	[ ! -e /sys/module/hostdiag ] || "$bin/modload" -r hostdiag >/dev/null
}

# hd_load [PARAMETER=VALUE...]: load the module, if it is not loaded.  With
# parameters it is loaded anew, and unloaded when the script exits.
hd_load() {
	[ "$(id -u)" = 0 ] || skip_all "needs root"
	[ -x "$bin/act" ] || skip_all "workloads are not built: make -C selftests"
	if [ $# -gt 0 ]; then
		hd_unload
		at_exit hd_unload
	elif [ -e "$hd" ]; then
		return
	fi
	[ -n "$(hd_ko)" ] || skip_all "no hostdiag.ko"
	# In an emulator hooks cost a thousand times as much, so the guard is off
	# unless the script sets budget_percent: the last value given counts
	hd_result=$("$bin/modload" "$(hd_ko)" "budget_percent=0 $*") || {
		not_ok "module loads with \"$*\": $hd_result"
		exit 1
	}
}

# reload TIMES: a test point: unload and load the module that often, under a load
# that pauses now and then, since loading would take minutes otherwise
reload() {
	launch churn 3600 2 nice
	hd_bad=0
	for hd_round in $(seq "$1"); do
		hd_result=$("$bin/modload" -r hostdiag) || {
			hd_bad=$((hd_bad + 1))
			echo "# unload $hd_round: $hd_result"
		}
		hd_result=$("$bin/modload" "$(hd_ko)" budget_percent=0) || {
			hd_bad=$((hd_bad + 1))
			echo "# load $hd_round: $hd_result"
		}
	done
	check "it comes and goes $1 times" [ $hd_bad = 0 ]
	check "the load was there all along" [ "$(task_state "$pid")" != "" ]
	kill -KILL "$pid"
	wait "$pid" || :
}

# --- workloads

# status_of PID KEY: set $hd_value to the first word of that line of
# /proc/PID/status, or to nothing when the task is gone.  It is called often, so
# it starts no program.
status_of() {
	while read -r hd_key hd_value hd_rest; do
		[ "$hd_key" != "$2:" ] || return 0
	done 2>/dev/null <"/proc/$1/status" || :
	hd_value=
}

# task_state PID: print the letter of its state, or nothing when it is gone
task_state() {
	status_of "$1" State
	[ -z "$hd_value" ] || echo "$hd_value"
}

# children PID: print the PIDs of its children
children() {
	for hd_child in /proc/[0-9]*; do
		status_of "${hd_child#/proc/}" PPid
		[ "$hd_value" != "$1" ] || echo "${hd_child#/proc/}"
	done
}

# await_state LETTER PID: wait for that state; fail when the task ends, or after 20 s
await_state() {
	hd_left=$((1000 * ${HOSTDIAG_SLOW:-1}))
	while [ $hd_left -gt 0 ]; do
		case $(task_state "$2") in
		"$1") return ;;
		'' | Z | X) return 1 ;;
		esac
		hd_left=$((hd_left - 1))
		sleep 0.02
	done
	return 1
}

# launch PROGRAM ARGUMENT...: run it in the background; set $pid, write $tmp/out
launch() {
	hd_program=$1
	shift
	case $hd_program in
	/*) ;;
	*) hd_program=$bin/$hd_program ;;
	esac
	# act takes its first file to be number 3
	"$hd_program" "$@" >"$tmp/out" 3>&- &
	pid=$!
	hd_pids="$hd_pids $pid"
}

await_stop() {
	await_state T "$pid" || {
		echo "# the workload did not get to its next stop"
		exit 1
	}
}

# start PROGRAM ARGUMENT...: launch it, and wait for its first stop
start() {
	launch "$@"
	await_stop
}

# resume: let the workload $pid run to its next stop
resume() {
	kill -CONT "$pid"
	await_stop
}

# let_end: let the workload $pid run to its end
let_end() {
	kill -CONT "$pid"
	wait "$pid" || :
}

# victim NAME LETTER STEP...: launch act with steps the last of which does not end,
# as hdNAME, and wait until it is in that state; its number is in $tmp/NAME.pid
victim() {
	name=$1
	letter=$2
	shift 2
	launch act "comm:hd$name" "$@"
	await_state "$letter" "$pid" || {
		echo "# $name did not get to its wait"
		exit 1
	}
	echo "$pid" >"$tmp/$name.pid"
}

# elapsed: print the ns between the first and the last "clock" of the workload
elapsed() {
	echo $(($(tail -n 1 "$tmp/out") - $(head -n 1 "$tmp/out")))
}

# --- the files

# rows FILE COLUMNS [NAME=VALUE...]: print these columns of the rows that match;
# FILE is a name in /proc/hostdiag or a path
rows() {
	hd_columns=$2
	case $1 in
	/*) hd_file=$1 ;;
	*) hd_file=$hd/$1 ;;
	esac
	shift 2
	awk -v columns="$hd_columns" -v where="$*" '
	NR == 2 {
		for (i = 2; i <= NF; i++)
			at[$i] = i - 1
		n = split(columns, column, " ")
		wheres = split(where, condition, " ")
		for (i = 1; i <= wheres; i++) {
			eq = index(condition[i], "=")
			name[i] = substr(condition[i], 1, eq - 1)
			value[i] = substr(condition[i], eq + 1)
			column[n + i] = name[i]
		}
		for (i = 1; i <= n + wheres; i++)
			if (!(column[i] in at)) {
				print "# no column " column[i] >"/dev/stderr"
				exit 1
			}
	}
	NR > 2 {
		for (i = 1; i <= wheres; i++)
			if ($at[name[i]] "" != value[i])
				next
		line = ""
		for (i = 1; i <= n; i++)
			line = line (i > 1 ? " " : "") $at[column[i]]
		print line
	}' "$hd_file"
}

# number FILE COLUMN [NAME=VALUE...]: print the column of the row; 0 without a row
number() {
	hd_number=$(rows "$@")
	case $hd_number in
	'' | -) echo 0 ;;
	*) echo "$hd_number" ;;
	esac
}

# total: print the sum of the numbers on standard input
total() {
	hd_sum=0
	while read -r hd_term; do
		hd_sum=$((hd_sum + hd_term))
	done
	echo $hd_sum
}

# call SYSCALL COLUMN: print the column of that syscall of the workload, in any ABI
call() {
	rows "${3:-syscalls}" "$2" "tid=$pid" "syscall=$1" | total
}

# note: keep copies of tasks and syscalls, for grew and call_grew
note() {
	cat "$hd/tasks" >"$tmp/tasks"
	cat "$hd/syscalls" >"$tmp/syscalls"
}

# grew COLUMN: print the increase of the workload's column in tasks since note
grew() {
	echo $(($(number tasks "$1" "tid=$pid") -
		$(number "$tmp/tasks" "$1" "tid=$pid")))
}

# call_grew SYSCALL COLUMN: print the increase of its column in syscalls
call_grew() {
	echo $(($(call "$1" "$2") - $(call "$1" "$2" "$tmp/syscalls")))
}

# same_in_snapshot TABLE FILE COLUMNS [NAME=VALUE...]: compare a snapshot's records
# with the text file, for rows that do not change
same_in_snapshot() {
	hd_table=$1
	hd_text=$2
	shift 2
	"$bin/snaprows" $hd/snapshot "$hd_table" >"$tmp/snaprows"
	rows "$tmp/snaprows" "$@" | sort >"$tmp/binary"
	rows "$hd_text" "$@" | sort >"$tmp/text"
	if [ -s "$tmp/text" ] && cmp -s "$tmp/text" "$tmp/binary"; then
		ok "a snapshot says the same as $hd_text"
	else
		not_ok "a snapshot says the same as $hd_text"
		sed 's/^/#   text /' "$tmp/text" | head -n 5
		sed 's/^/#   snapshot /' "$tmp/binary" | head -n 5
	fi
}

# is_rt: whether the kernel is PREEMPT_RT: locks sleep, and interrupts are threads
is_rt() {
	case $(uname -v) in
	*PREEMPT_RT* | *'PREEMPT RT'*) return 0 ;;
	esac
	return 1
}

# event_path PATH: print it as an event shows it: "-" on PREEMPT_RT, where a hook
# may not take the locks that a path needs
event_path() {
	if is_rt; then echo -; else echo "$1"; fi
}

# bucket_sum: print the sum of a buckets column on standard input
bucket_sum() {
	tr ',' '\n' | sed 's/.*://' | total
}

# header KEY [FILE]: print a number of the first line
header() {
	head -n 1 "$hd/${2:-tasks}" | tr ' ' '\n' | sed -n "s/^$1=//p"
}

# own_log N: print the last N lines of the module in the kernel's log
own_log() {
	dmesg | grep 'hostdiag: ' | tail -n "$1"
}

# set_param NAME VALUE: set it until the script exits
set_param() {
	at_exit "echo $(cat "$hd_params/$1") >$hd_params/$1"
	echo "$2" >"$hd_params/$1"
}

# set_group NAME 0|1: switch a group of hooks
set_group() {
	echo "$2" >"$hd_params/$1"
}
