# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Steps that print TAP, joined into one TAP stream with the time of each.

passed=0
failed=0
skipped=0
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

# step NAME COMMAND...: the TAP that it prints becomes part of this one's.  An
# end that its results do not bear out is a failure of its own.
step() {
	local name=$1 begun=$SECONDS line what plan='' status=0
	local before=$((passed + failed + skipped)) failed_before=$failed
	shift
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
	done < <(
		"$@" || status=$?
		echo "$status" >"$steps_work/status"
	)
	wait $!
	status=$(cat "$steps_work/status")
	local results=$((passed + failed + skipped - before))
	if [ "$plan" != "$results" ] || [ "$results" = 0 ]; then
		result "not ok" "$name: has ${plan:-no} planned results and gave $results, status $status"
	elif [ "$status" != 0 ] && [ "$failed" = "$failed_before" ]; then
		result "not ok" "$name: no result failed, but status $status"
	fi
	echo "# $name: $((SECONDS - begun)) s"
}

# summary: the last lines; it fails unless something passed and nothing failed
summary() {
	echo "1..$((passed + failed + skipped))"
	echo "# $skipped skipped, $SECONDS s"
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
