#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# A script starts programs without end, which are gone before anybody looks.
# (gastownhall/gascity#3252)
# timeout: 180

. "$(dirname "$0")/play.sh"

cat >"$tmp/check-mem" <<'EOF'
#!/bin/sh
while :; do
	for p in /proc/[0-9]*; do
		v=$(cat $p/comm 2>/dev/null | grep . | tr -s ' ' | cut -d ' ' -f 2)
	done
done
EOF
chmod 755 "$tmp/check-mem"
run "$tmp/check-mem"
storm=$pid
forks() {
	sed -n 's/^processes //p' /proc/stat
}
has_storm() {
	before=$(forks)
	sleep 1
	[ $(($(forks) - before)) -gt 20 ]
}
there "twenty processes a second" has_storm
sleep 5

culprit check-mem "$storm"
ask summary
finish
