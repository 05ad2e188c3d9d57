#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The kernel stops to trust the TSC while hostdiag counts by it: what has happened
# stays when it was.  For a kernel whose clock is the TSC; ../qemu/clock.sh boots
# one.

. "$(dirname "$0")/lib.sh"

source=/sys/devices/system/clocksource/clocksource0
probes=/sys/kernel/debug/hostdiag/probes

# at boot the kernel takes its time to measure it
is_tsc() {
	[ "$(cat "$source"/current_clocksource)" = tsc ]
}

poll 5 is_tsc ||
	skip_all "the kernel's clock is not the TSC"
other=$(tr ' ' '\n' <"$source"/available_clocksource | grep -m 1 -x -e hpet -e acpi_pm) ||
	skip_all "it has no other one"
hd_load slow_open_ms=0

by() {
	grep -q "^# clock=$1 " "$probes"
}

not_by_tsc() {
	! by tsc
}

has_died() {
	[ -n "$(rows deaths tid "comm=hz$$")" ]
}

check "hostdiag's clock is the TSC" by tsc
check "by which D sleeps are exact" grep -q " dsleep_error_ns=0 " "$probes"

# an error, and one that has ended and waits to be reaped
start act stop clock refused:3:r:/no/such/file clock say stop fork "comm:hz$$" \
	exit:3 end stop wait stop
resume
failed=$(tail -n 1 "$tmp/out")
resume
zombie=$(children "$pid")
await_state Z "$zombie" || :
ended=$(header now_ns)
check "the error is when it was" within "$(head -n 1 "$tmp/out")" \
	"$(number errors last_ns "tid=$pid" errno=ENOENT)" "$failed"

at_exit "echo tsc >$source/current_clocksource"
echo "$other" >"$source"/current_clocksource
check "after a while it is not the TSC any more" poll 30 not_by_tsc
# by the scheduler's clock, from which their end is, too, as long as the kernel
# trusts that one
check "then D sleeps are as exact as its clock, and it says so" grep -Eq \
	'^# clock=(sched dsleep_error_ns=0|kernel dsleep_error_ns=[1-9][0-9]*) ' "$probes"
check "the kernel's log says so" sh -c \
	"dmesg | grep -q 'hostdiag: the kernel no longer trusts the clock \"tsc\"'"
sleep 5
check "the error is still when it was" within \
	$(($(head -n 1 "$tmp/out") - 500 * ms)) \
	"$(number errors last_ns "tid=$pid" errno=ENOENT)" \
	$((failed + 500 * ms))
resume
check "the dead is gone" poll 10 has_died
check "it ended when it did" within $((failed - 500 * ms)) \
	"$(rows deaths when_ns "comm=hz$$")" $((ended + 500 * ms))
let_end

# what comes after is the new clock's
start act clock refused:3:r:/no/such/file clock say stop
check "a new error is when it was" within "$(head -n 1 "$tmp/out")" \
	"$(number errors last_ns "tid=$pid" errno=ENOENT)" \
	"$(tail -n 1 "$tmp/out")"
let_end
finish
