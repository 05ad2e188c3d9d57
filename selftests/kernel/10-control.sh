#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The file control and the parameters: effects and refused values.

. "$(dirname "$0")/lib.sh"

hd_load

# --- reset

mkfifo "$tmp/fifo"
start act getppid:100 close-bad:3 vfork:1 "open:r:/dev/null" close \
	stop "open:b:$tmp/fifo" read1 close getppid:5 stop
open_before=$(number tasks open_now "tid=$pid")
kill -CONT "$pid"
await_state S "$pid"
since=$(header since_ns)
before=$(number tasks calls "tid=$pid")
check "there is something to reset" [ "$before" -ge 105 ]
check "reset is taken" [ "$(printf 'reset\n' | "$bin/poke" $hd/control)" = OK ]
check "the workload's counts are zero" \
	[ "$(number tasks calls "tid=$pid") $(number tasks errors "tid=$pid")" = \
	"0 0" ]
check "so are its D sleeps" [ "$(number tasks dsleeps "tid=$pid")" = 0 ]
check "so are its opens and closes" \
	[ "$(number tasks opens "tid=$pid") $(number tasks closes "tid=$pid")" = \
	"0 0" ]
check "so are its syscalls" [ "$(call getppid calls)" = 0 ]
check "so are its histograms" \
	[ -z "$(rows hist count "tid=$pid" key=getppid)" ]
check "counting starts at the reset" [ "$(header since_ns)" -gt "$since" ]
# The read and the file began before the reset: whether they count or not, no number may
# fall below zero or exceed the number of events.
printf x 1<>"$tmp/fifo"
await_stop
check "calls after the reset are counted" [ "$(call getppid calls)" = 5 ]
check "a call in flight is counted once at most" [ "$(call read calls)" -le 1 ]
check "a file open at the reset is counted once at most" \
	[ "$(number tasks closes "tid=$pid")" -le 1 ]
check "a file that was open at the reset and is closed is not open_now" \
	[ "$(number tasks open_now "tid=$pid")" = "$open_before" ]
check "reset without a newline is taken" \
	[ "$(printf reset | "$bin/poke" $hd/control)" = OK ]

# --- control refuses

let_end
start act getppid:50 stop
state() {
	grep -v '^#' $hd/control
	header since_ns
	call getppid calls
}
state >"$tmp/state"

# refused WHAT: write standard input to control, which has to refuse it
refused() {
	result=$("$bin/poke" $hd/control)
	if [ "$result" = EINVAL ] && state | cmp -s - "$tmp/state"; then
		ok "control refuses $1"
	else
		not_ok "control refuses $1"
		echo "#   result $result"
	fi
}
printf 'nonsense\n' | refused "an unknown word"
printf '' | refused "nothing"
printf '\n' | refused "an empty line"
printf 'reset now\n' | refused "junk behind a word"
printf 'reset\nreset\n' | refused "two lines"
printf 'Reset\n' | refused "a word in capitals"
printf ' reset\n' | refused "a blank before a word"
printf 'rese\n' | refused "half a word"
printf 'reset\000\n' | refused "a NUL"
printf '\377\376\000\001' | refused "binary"
head -c 100 /dev/zero | tr '\000' r | refused "a long word"
head -c 100000 /dev/zero | tr '\000' r | refused "100000 bytes"
{
	printf reset
	head -c 5000 /dev/zero | tr '\000' ' '
} | refused "a word and 5000 blanks"

for file in $(hd_list files); do
	[ "$file" != control ] || continue
	result=$(printf reset | "$bin/poke" "$hd/$file")
	case $result in
	OK | SHORT) not_ok "$file cannot be written" ;;
	*) ok "$file cannot be written" ;;
	esac
done
state | cmp -s - "$tmp/state" && same=0 || same=1
check "nothing was changed by all that" [ "$same" = 0 ]

# --- parameters while it runs

parameters() {
	grep . $hd_params/* | sort
}
parameters >"$tmp/parameters"
for group in $(hd_list groups); do
	for value in 2 -1 x 01x '1 1' ''; do
		result=$(printf '%s\n' "$value" | "$bin/poke" "$hd_params/$group")
		check "$group refuses \"$value\"" [ "$result" = EINVAL ]
	done
done
for param in max_tasks max_memory_mb gid; do
	result=$(echo 1 | "$bin/poke" $hd_params/$param)
	check "$param cannot be changed while it runs" [ "$result" != OK ]
done
parameters | cmp -s - "$tmp/parameters" && same=0 || same=1
check "no parameter has changed" [ "$same" = 0 ]

# --- parameters at load

hd_unload
at_exit hd_unload
for setting in syscalls=2 dsleep=x files=-1 syscalls= max_tasks=0 max_tasks=-1 \
	max_tasks=x max_memory_mb=0 max_memory_mb=-1 max_memory_mb=1x \
	max_memory_mb=99999999999999999999 gid=-5 gid=x gid=99999999999; do
	result=$("$bin/modload" "$(hd_ko)" "$setting" || :)
	check "the load refuses $setting" [ "$result" = EINVAL ]
	check "the kernel log says what is allowed for $setting" \
		grep -q "hostdiag.*${setting%%=*}" <<-EOF
			$(own_log 2)
		EOF
	check "nothing is loaded" [ ! -e /sys/module/hostdiag ]
	hd_unload
done

finish
