#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# On a kernel that lacks an event or a function the group is off with a reason, and the
# others count.  The module is altered to look for a name that no kernel has.

. "$(dirname "$0")/lib.sh"

[ "$(id -u)" = 0 ] || skip_all "needs root"
ko=$(hd_ko)
[ -n "$ko" ] || skip_all "no hostdiag.ko"
reader=${HOSTDIAG:-$(command -v hostdiag || :)}
debug=/sys/kernel/debug/hostdiag
hd_unload
at_exit hd_unload

# without NAME: load the module as on a kernel that has no NAME
without() {
	hd_unload
	"$bin/rename" "$ko" "$tmp/hostdiag.ko" "$1" &&
		"$bin/modload" "$tmp/hostdiag.ko" "" >"$tmp/loaded" 2>&1
}

counts_calls() {
	start act stop getppid:100 stop
	resume
	hd_counted=$(call getppid calls)
	let_end
	[ "$hd_counted" = 100 ]
}

# altered NAME: print the name that "without" has put in its place
altered() {
	echo "$1" | sed 's/.$/~/'
}

# say_off NAME GROUP: debugfs and the reader report that GROUP lacks NAME
say_off() {
	missing=$(altered "$1")
	if [ ! -e $debug/probes ]; then
		skip "without $1 probes says so" "no debugfs"
		skip "without $1 the doctor says so" "no debugfs"
		return
	fi
	check "without $1 probes says so" grep -q \
		"^$2 $missing off .*the kernel has no such" $debug/probes
	if [ -z "$reader" ]; then
		skip "without $1 the doctor says so" "no reader"
		return
	fi
	"$reader" doctor >"$tmp/doctor" || :
	check "without $1 the doctor says so" grep -q \
		"$missing off: the kernel has no such" "$tmp/doctor"
}

# log_says NAME WHAT: the log reports it
log_says() {
	if dmesg >"$tmp/dmesg" 2>/dev/null; then
		check "without $1 the log says so" \
			grep -q "hostdiag: $2" "$tmp/dmesg"
	else
		skip "without $1 the log says so" "dmesg does not show it"
	fi
}

# lacking GROUP NAME: check all that a missing NAME changes
lacking() {
	group=$1
	name=$2
	if ! without "$name"; then
		not_ok "without $name the module loads: $(cat "$tmp/loaded")"
		return
	fi
	for other in $(hd_list groups); do
		want=1
		[ "$other" != "$group" ] || want=0
		check "without $name $other is $want" \
			[ "$(cat "$hd_params/$other")" = $want ]
	done
	log_says "$name" "$group is off: $(altered "$name") cannot be hooked"
	say_off "$name" "$group"
	if [ "$group" != syscalls ]; then
		check "without $name calls count" counts_calls
	fi
	check "without $name the group cannot be switched on" \
		sh -c "! echo 1 2>/dev/null >$hd_params/$group"
	check "without $name $group is off still" \
		[ "$(cat "$hd_params/$group")" = 0 ]
}

lacking syscalls sys_enter
lacking dsleep sched_switch
lacking files __fput

# this event only reports sleepers that are moved: the group works without it
if without sched_migrate_task; then
	check "without sched_migrate_task dsleep is 1" \
		[ "$(cat $hd_params/dsleep)" = 1 ]
	start act stop vfork:20 stop
	resume
	check "without sched_migrate_task D sleeps count" \
		[ "$(number tasks dsleeps "tid=$pid")" -gt 0 ]
	let_end
	say_off sched_migrate_task dsleep
else
	not_ok "without sched_migrate_task the module loads: $(cat "$tmp/loaded")"
fi

# With ftrace switched off a hook on a function is not called: either another way is used,
# or the group is off, but no file is shown as open for ever
closes() {
	start act open:r:/dev/null close stop
	hd_closes=$(number tasks closes "tid=$pid")
	let_end
	[ "$hd_closes" -ge 1 ]
}
files_are() {
	[ "$(cat "$hd_params/files")" = "$1" ]
}
# deaf_by FILE: FILE was set to 0, so that the hook is not called any more: files that are
# open now must not be shown as open for ever
deaf_by() {
	at_exit "echo 1 >$1"
	check "$1: files are off soon" poll 45 files_are 0
	check "$1: nothing is told as open" [ -z "$(rows open fd)" ]
	check "$1: the log says so" sh -c \
		"dmesg | grep -q 'hostdiag: files is off: the kernel does not call'"
	check "$1: probes says so" grep -q '^files __fput off ' $debug/probes
	echo 1 >"$1"
	check "$1: they come back" poll 45 files_are 1
	check "$1: and a close is seen" closes
}
ftrace=/proc/sys/kernel/ftrace_enabled
if [ ! -e $ftrace ]; then
	skip "without ftrace" "the kernel has none"
elif hd_unload && ! echo 0 2>/dev/null >$ftrace; then
	ok "ftrace cannot be switched off"
else
	at_exit "echo 1 >$ftrace"
	hd_load
	if [ "$(cat $hd_params/files)" = 1 ]; then
		check "without ftrace a close is seen otherwise" closes
	else
		ok "without ftrace files are off"
		check "without ftrace the log says so" sh -c \
			"dmesg | grep -q 'hostdiag: files is off: __fput.*ftrace'"
		[ ! -e $debug/probes ] ||
			check "without ftrace probes says so" grep -q \
				"^files __fput off .*kernel.ftrace_enabled is 0" \
				$debug/probes
	fi
	check "without ftrace calls count" counts_calls
	check "without ftrace they cannot be switched on" \
		sh -c "[ $(cat $hd_params/files) = 1 ] || ! echo 1 2>/dev/null >$hd_params/files"
	echo 1 >$ftrace
	check "with it again they come back by themselves" poll 45 files_are 1
	check "and a close is seen" closes
	# before 5.5 no hook can be exempt from the switch
	if ! grep -q '^files __fput on ftrace' $debug/probes; then
		:
	elif echo 0 2>/dev/null >$ftrace; then
		deaf_by $ftrace
	else
		ok "it cannot be switched off under them"
	fi
	kprobes=/sys/kernel/debug/kprobes/enabled
	if grep -q '^files __fput on kprobe' $debug/probes && [ -e $kprobes ]; then
		echo 0 >$kprobes
		deaf_by $kprobes
	fi
fi

# two groups need sys_exit: the rest stays on
if without sys_exit; then
	check "without sys_exit the rest is on" \
		[ "$(cat $hd_params/syscalls $hd_params/dsleep | tr '\n' ' ')" = "0 1 " ]
else
	not_ok "without sys_exit the module loads"
fi

# the event of hung tasks: nothing else needs it
name=sched_process_hang
if ! grep -q $name "$ko"; then
	skip "without $name" "the module was built for a kernel that lacks it"
elif without $name; then
	check "without $name all the rest is on" \
		[ "$(cat $hd_params/syscalls $hd_params/dsleep $hd_params/files | xargs)" = "1 1 1" ]
	say_off $name panic_dump
	check "without $name calls count" counts_calls
else
	not_ok "without $name the module loads: $(cat "$tmp/loaded")"
fi

# without the events of tasks loading fails, and leaves nothing behind
for name in task_newtask task_rename sched_process_exec sched_process_exit \
	sched_process_free; do
	if without $name; then
		not_ok "without $name the module does not load"
		continue
	fi
	check "without $name loading it fails by that: $(cat "$tmp/loaded")" \
		grep -q ENOENT "$tmp/loaded"
	log_says $name "lifecycle is off: $(altered $name) cannot be hooked"
	check "without $name nothing stays" \
		[ ! -e "$hd" -a ! -e /sys/module/hostdiag ]
done
log_says "any of these" "tasks cannot be followed"
finish
