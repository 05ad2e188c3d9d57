#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# In the guest: programs that go wrong, each in its own way, and what an
# engineer types to find out.  TAP: what the screen shows is in the comments,
# and each test point is an answer that must be there.
# shellcheck disable=SC2016	# what is typed is for the shell that runs it

points=0
failures=0
shown=/tmp/shown

# say LINE...
say() {
	printf '# %s\n' "$@"
}

# story TITLE LINE...: what the engineer is told, and asks
story() {
	title=$1
	shift
	say "" "" "--- $title" "$@"
}

# enter COMMAND: at the prompt, and see what it prints
enter() {
	say "" "# $1"
	sh -c "$1" >$shown 2>&1
	sed 's/^/# /' $shown
}

# answer WHAT CONDITION: what was shown has a line of which that holds, in awk
answer() {
	points=$((points + 1))
	if awk "$2 { found = 1 } END { exit !found }" $shown; then
		echo "ok $points - $1"
	else
		failures=$((failures + 1))
		echo "not ok $points - $1"
	fi
}

start() {
	"$@" >/dev/null 2>&1 &
}

for theme in summer sale mobile base; do
	mkdir -p /srv/themes/$theme
done
for part in head menu item foot; do
	echo "<p>$part</p>" >/srv/themes/base/$part.html
done
mkdir -p /srv/shop
echo "3 apples" >/srv/shop/order

# a disk that takes 100 ms to answer
modprobe null_blk nr_devices=1 gb=1 queue_mode=2 irqmode=2 \
	completion_nsec=100000000

enter 'insmod /hostdiag/hostdiag.ko; ls -C /proc/hostdiag'
answer "the module is loaded" '/summary/'

say "" "The host works for some seconds: a shop, its reports, a backup, workers, cron."
start shopd
start renderd
start reportd
start launcher
start backupd /dev/nullb0
start checksums.sh
cron=$!
sleep 6
wait $cron

story "The host is slow. Where to look first?"
enter 'cat /proc/hostdiag/summary'
for culprit in backupd launcher shopd renderd reportd md5sum; do
	answer "the summary names $culprit" "\$3 == \"$culprit\""
done

story "Customers wait for shopd, and its log says nothing. What does it do?" \
	"As strace -c would tell it, without strace:"
enter 'hostdiag syscalls -c shopd | head -n 8'
answer "shopd's accept4 fails" '$NF == "accept4" && $5 > 100'
say "" "Nearly all its accept4 fail. Who has many files open, and closes none?"
enter "awk 'NR > 2 && \$18 > 100 {print \$3, \$16, \"opened,\", \$17, \"closed\"}' /proc/hostdiag/tasks"
answer "shopd leaks files" '$1 == "shopd" && $2 > 100 && $4 < 10'
say "" "It leaks a file an order, until it may open no more: that is EMFILE."

story "The load is high, and it is not the CPUs. Who waits in D, and for what?" \
	"Of the worst: how many sleeps, D in all, the longest, and what of it was I/O:"
enter "hostdiag tasks -s d_ns -n 5 | awk '{printf \"%-12s %8s %7s %7s %7s\\n\", \$3, \$10, \$11, \$14, \$15}'"
answer "backupd waits in D for I/O" \
	'$1 == "backupd" && $3 ~ /^[0-9.]+s$/ && $5 ~ /^[0-9.]+s$/'
answer "launcher waits in D, and not for I/O" \
	'$1 == "launcher" && $3 ~ /^[0-9.]+s$/ && $5 == "0"'
say "" "Only backupd waits for a disk. (launcher: for a vfork child that dawdles.)" \
	"Is that disk always slow, or was it once?"
enter 'hostdiag hist -k dsleep -t $(pidof backupd)'
answer "backupd's D sleeps take 100 ms" '$1 == 67108864 && $5 > 10'
say "" "It is slow nearly always: some 100 ms a read."

story "Since the new themes the shop's pages are slow. Which calls fail most?"
enter "awk 'NR > 2 && \$6 > 500 {print \$6, \"of\", \$5, \$4, \"of\", \$3, \"fail\"}' /proc/hostdiag/syscalls"
answer "renderd's opens fail" '$1 > 500 && $4 ~ /^open/ && $6 == "renderd"'
say "" "shopd is known. renderd looks for each file in three folders that lack it."

story "A disk can't be unmounted, now and then. Who holds a file open for long?"
enter "awk 'NR > 2 && \$22 > 2e9 {print \$3, \$1, \"held one for\", \$22/1e9, \"s\"}' /proc/hostdiag/tasks"
answer "reportd holds a file for 2 s" '$1 == "reportd" && $6 >= 2'

story "The CPUs were busy a moment ago, and top shows nothing. What has ended?" \
	"Tasks, by name, and the calls they made:"
enter "awk 'NR > 2 {print \$2, \$1, \$3}' /proc/hostdiag/exited | sort -rn | head -n 3"
answer "a burst of md5sum has ended" 'NR == 1 && $1 >= 200 && $2 == "md5sum"'
say "" "(checksums.sh, which cron started, runs md5sum for each order.)"

story "Are these numbers sound?"
enter 'hostdiag doctor; echo "status $?"'
answer "nothing is lost" '$1 == "ok" && $2 == "lost"'
answer "the doctor finds no fault" '$1 == "status" && $2 == 0'

echo "1..$points"
[ "$failures" = 0 ]
