# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Steps that print TAP, joined into one TAP stream with the time of each.

passed=0
failed=0
skipped=0
kernels=()
steps_work=$(mktemp -d)
trap 'rm -rf "$steps_work"' EXIT

# result ok|"not ok" WHAT
result() {
	case "$1 $2" in
	ok*"# SKIP"*) skipped=$((skipped + 1)) ;;
	ok*) passed=$((passed + 1)) ;;
	*) failed=$((failed + 1)) ;;
	esac
	echo "$1 $((passed + failed + skipped)) - $2"
}

# join NAME: the TAP on standard input, of the step that record.sh ran, becomes
# part of this one's.  An end that its results do not bear out is a failure of
# its own.
join() {
	local name=$1 line what plan='' status
	local before=$((passed + failed + skipped)) failed_before=$failed
	echo "# $name"
	while IFS= read -r line; do
		what=${line#*ok }
		what=${what#* }
		what=${what#- }
		case $line in
		"ok "*) result ok "$name: $what" ;;
		"not ok "*) result "not ok" "$name: $what" ;;
		1..*) plan=${line#1..} ;;
		TAP*) ;;
		*) echo "# ${line#\# }" ;;
		esac
	done
	status=$(cat "$steps_work/$name.status")
	local results=$((passed + failed + skipped - before))
	if [ "$plan" != "$results" ] || [ "$results" = 0 ]; then
		result "not ok" "$name: has ${plan:-no} planned results and gave $results, status $status"
	elif [ "$status" != 0 ] && [ "$failed" = "$failed_before" ]; then
		result "not ok" "$name: no result failed, but status $status"
	fi
	echo "# $name: $(cat "$steps_work/$name.seconds") s"
}

# step NAME COMMAND...: run it, and join the TAP that it prints
step() {
	local name=$1
	shift
	# the status is there when the output ends
	join "$name" < <("${BASH_SOURCE[0]%/*}/record.sh" \
		"$steps_work/$name" "$@")
}

# show NAME: join what selftests/job.sh recorded of it
show() {
	if [ -e "$steps_work/$1 build.tap" ]; then
		show_kernel "$1"
	else
		join "$1" <"$steps_work/$1.tap"
	fi
}

# show_kernel NAME: the same of a kernel, with all of it said in a line
show_kernel() {
	local passed_before=$passed failed_before=$failed
	local skipped_before=$skipped line=$1 root seconds
	join "$1 build" <"$steps_work/$1 build.tap"
	root=$(sed -n 's/^# root of .*: made in \(.*\) s$/\1/p' \
		"$steps_work/$1 build.tap")
	seconds=$(cat "$steps_work/$1 build.seconds")
	seconds="${root:+root in $root s, }built in $((seconds - ${root:-0})) s"
	if [ -e "$steps_work/$1.tap" ]; then
		join "$1" <"$steps_work/$1.tap"
		line+=", $(sed -n 's/^# kernel: //p' "$steps_work/$1.tap")"
		seconds+=", tested in $(cat "$steps_work/$1.seconds") s"
	else
		line+=", not booted"
	fi
	line+=": $((passed - passed_before)) passed"
	line+=", $((failed - failed_before)) failed"
	line+=", $((skipped - skipped_before)) skipped; $seconds"
	echo "# $line"
	kernels+=("$line")
}

# summary: the last lines, with one for each kernel; it fails unless something passed and nothing failed
summary() {
	echo "1..$((passed + failed + skipped))"
	[ ${#kernels[@]} = 0 ] || printf '# %s\n' "${kernels[@]}"
	echo "# $skipped skipped, $SECONDS s"
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
