# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154	# test.sh's variables
# Alert rules, and the units of systemd.

cp "$top"/userspace/metrics/alerts{,_test}.yml "$work"
point "the alert rules are sound" tool promtool check rules alerts.yml
point "each alert comes when it should" tool promtool test rules alerts_test.yml

every_alert_is_tested() {
	diff <(sed -n 's/^ *- alert: //p' "$work/alerts.yml" | sort) \
		<(sed -n 's/^ *alertname: //p' "$work/alerts_test.yml" | sort -u)
}
point "each alert is tested" every_alert_is_tested

# with the reader where this root has it
mkdir "$work/units"
cp "$reader" "$work/hostdiag"
for unit in metrics.service metrics.timer record.service; do
	sed 's|/usr/sbin/hostdiag|/mnt/hostdiag|' \
		"$top/userspace/systemd/hostdiag-$unit" \
		>"$work/units/hostdiag-$unit"
done

verify() {
	local said
	local status=0
	said=$(tool systemd-analyze verify --man=no \
		/mnt/units/hostdiag-"$1" 2>&1) || status=$?
	echo "$said"
	[ "$status" = 0 ] && [ -z "$said" ]
}
point "systemd has nothing to say of the service" verify metrics.service
point "nor of the timer" verify metrics.timer
point "nor of the recorder" verify record.service
point "the service may do little else" tool systemd-analyze security \
	--no-pager --offline=yes --threshold=20 \
	/mnt/units/hostdiag-metrics.service

# calls NAME...: the calls that these groups of systemd's come to
calls() {
	local said groups
	said=$(tool systemd-analyze --no-pager syscall-filter "$@" |
		sed -n 's/^    \([^#]\)/\1/p')
	grep -v ^@ <<<"$said" || :
	mapfile -t groups < <(grep ^@ <<<"$said" | sort -u)
	[ ${#groups[@]} = 0 ] || calls "${groups[@]}"
}

# What the reader calls is what the service's filter lets through
may_call() {
	local allowed denied
	read -ra allowed < <(sed -n 's/^SystemCallFilter=\(@.*\)/\1/p' \
		"$work/units/hostdiag-metrics.service")
	read -ra denied < <(sed -n 's/^SystemCallFilter=~//p' \
		"$work/units/hostdiag-metrics.service")
	comm -23 <(calls "${allowed[@]}" | sort -u) \
		<(calls "${denied[@]}" | sort -u) >"$dir/allowed"
	strace -f -o "$dir/strace" "$reader" metrics --file "$steps/0.snap" \
		--state "$dir/state" --output "$dir/output"
	sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/p' "$dir/strace" | sort -u |
		comm -23 - "$dir/allowed" >"$dir/refused"
	cat "$dir/refused"
	[ -s "$dir/allowed" ] && [ ! -s "$dir/refused" ]
}
point "what it calls is what it may call" may_call

# Who reads the file at any moment finds one that is whole: nothing but the
# rename of another, which was closed before, ever does anything with it
replaced_as_a_whole() {
	awk -v file="\"$dir/output\"" -v part="\"$dir/output.new\"" '
	/^[0-9]+ +(execve|l?stat|newfstatat)\(/ { next }
	/ open(at)?\(/ && index($0, part) { fd = $NF }
	fd != "" && $0 ~ " writev?\\(" fd "," { written++ }
	written && index($0, "close(" fd ")") { is_whole = 1 }
	index($0, file) {
		print
		named++
		renamed += is_whole && index($0, "rename(" part ", " file ")") &&
			$NF == 0
	}
	END { exit !(named == 1 && renamed == 1) }' "$dir/strace"
}
point "what it writes to is replaced as a whole" replaced_as_a_whole
