#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A kernel that lacks an event or a function: its group is off and says why,
# and the others count.  The module is made to look for what is nowhere.

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

# lacking GROUP NAME: what is seen where NAME is missing
lacking() {
	group=$1
	name=$2
	if ! without "$name"; then
		not_ok "without $name the module loads: $(cat "$tmp/loaded")"
		return
	fi
	for other in syscalls dsleep files; do
		want=1
		[ $other != "$group" ] || want=0
		check "without $name $other is $want" \
			[ "$(cat $hd_params/$other)" = $want ]
	done
	missing=$(echo "$name" | sed 's/.$/~/')
	check "without $name the log says so" \
		sh -c "dmesg | grep -q 'hostdiag: $group is off: $missing'"
	if [ -e $debug/probes ]; then
		check "without $name probes says so" grep -q \
			"^$group $missing off .*the kernel has no such" \
			$debug/probes
		if [ -n "$reader" ]; then
			"$reader" doctor >"$tmp/doctor" || :
			check "without $name the doctor says so" grep -q \
				"$missing off: the kernel has no such" \
				"$tmp/doctor"
		fi
	fi
	if [ "$group" != syscalls ]; then
		check "without $name calls count" counts_calls
	fi
	check "without $name the group cannot be switched on" \
		sh -c "! echo 1 2>/dev/null >$hd_params/$group"
	check "without $name $group is off still" \
		[ "$(cat "$hd_params/$group")" = 0 ]
}

lacking syscalls sys_enter
lacking dsleep sched_wakeup
lacking dsleep sched_switch
lacking files __fput

# sys_exit serves two groups: what is left is whatever needs it not
if without sys_exit; then
	check "without sys_exit the rest is on" \
		[ "$(cat $hd_params/syscalls $hd_params/dsleep | tr '\n' ' ')" = "0 1 " ]
else
	not_ok "without sys_exit the module loads"
fi

# tasks that cannot be followed: nothing can be counted, and nothing stays
for name in task_newtask sched_process_free; do
	if without $name; then
		not_ok "without $name the module does not load"
	else
		check "without $name nothing stays" [ ! -e "$hd" ]
	fi
done
finish
