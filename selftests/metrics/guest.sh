#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# In the guest: work whose times are known by its own clock, among tasks that
# come and go, and what hostdiag says of it, again and again.  TAP; and what
# the host is to look at, in lines that begin with "#@NAME ".

# what is still running when the guest is done with it ends with it
# shellcheck disable=SC2064	# the directory that is here
cd /tmp || exit 1
points=0
failures=0
scrapes=0

check() {
	what=$1
	shift
	points=$((points + 1))
	if "$@"; then
		echo "ok $points - $what"
	else
		failures=$((failures + 1))
		echo "not ok $points - $what"
	fi
}

# emit NAME: standard input
emit() {
	sed "s/^/#@$1 /"
}

scrape() {
	hostdiag metrics --state state --output hostdiag.prom ||
		echo "# metrics failed"
	emit "$scrapes.prom" <hostdiag.prom
	scrapes=$((scrapes + 1))
}

# wait_for FILE LINES
wait_for() {
	tries=0
	until [ "$(wc -l <"$1")" -ge "$2" ] || [ $tries = 600 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	[ $tries -lt 600 ]
}

state_of() {
	sed -n 's/^State:[^A-Z]*\([A-Z]\).*/\1/p' "/proc/$1/status"
}

stopped() {
	tries=0
	until [ "$(state_of "$1")" = T ] || [ $tries = 600 ]; do
		tries=$((tries + 1))
		sleep 0.1
	done
	[ $tries -lt 600 ]
}

churn() {
	while [ ! -e stop ]; do
		(exec cat /nonexistent) 2>/dev/null
		sh -c 'true | cat' </dev/null
		/hostdiag/act comm:renamed getppid:50 comm:again close-bad:20
	done
}

check "the module is loaded" insmod /hostdiag/hostdiag.ko \
	slow_syscall_ms=10 slow_dsleep_ms=10 slow_open_ms=10 \
	budget_percent=0
touch clocks
# seven times between eight readings of the clock
timed="clock"
for _ in 1 2 3 4 5 6 7; do
	timed="$timed vfork:30 clock"
done
# shellcheck disable=SC2086	# words
/hostdiag/act comm:metered vfork:30 stop $timed say stop $timed say stop \
	$timed say stop >clocks &
metered=$!
# shellcheck disable=SC1003	# a backslash
/hostdiag/act comm:"$(printf 'a\377\303\251"\\\nb')" getppid:1000 \
	open:r:/etc open:r:/proc open:r:/dev/null stop &
/hostdiag/act comm:stuck vfork:600000 &
# the second of these waits for the lock of the first
touch lock
/hostdiag/act comm:holder open:r:lock flock stop &
check "a lock is held" stopped $!
/hostdiag/act comm:locked open:r:lock flock &
churn &
check "the workload is at its first stop" stopped $metered

scrape
scrape
for lines in 8 16 24; do
	kill -CONT $metered
	check "the workload has said its times" wait_for clocks $lines
	stopped $metered
	scrape
done
touch stop
scrape
scrape
check "nothing is left of files in the making" [ ! -e hostdiag.prom.new ]
check "the state is root's alone" [ "$(stat -c %a state)" = 600 ]
check "the metrics are everybody's" [ "$(stat -c %a hostdiag.prom)" = 644 ]
hostdiag metrics --state state --output /nonexistent/x 2>said
check "what cannot be written is said in a line" \
	[ "$? $(wc -l <said)" = "1 1" ]

# shellcheck disable=SC2094	# a name, and a file
emit clocks <clocks
hostdiag json | emit json
for file in /proc/hostdiag/*; do
	case ${file##*/} in
	summary | snapshot | control) ;;
	*) sed -n "2s/^#/${file##*/}/p" "$file" ;;
	esac
done | emit columns

# begun_anew: no events in what is printed
begun_anew() {
	hostdiag metrics --state state >after
	grep -q '_count{.* 0$' after && ! grep '_count.* [^0]' after
}
echo reset >/proc/hostdiag/control
check "after a reset counting begins at 0" begun_anew
echo "1..$points"
[ "$failures" = 0 ]
