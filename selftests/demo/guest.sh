#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# In the guest: programs that go wrong, each in its own way, and what an
# engineer types to find out.  TAP: what the screen shows is in the comments,
# and each test point is an answer that must be there.
# shellcheck disable=SC2016	# what is typed is for the shell that runs it

points=0
failures=0
shown=/tmp/shown
summary=/tmp/summary

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

point() {
	points=$((points + 1))
	if [ "$2" = 0 ]; then
		echo "ok $points - $1"
	else
		failures=$((failures + 1))
		echo "not ok $points - $1"
	fi
}

# answer WHAT CONDITION: what was shown has a line of which that holds, in awk
answer() {
	awk "$2 { found = 1 } END { exit !found }" $shown
	point "$1" $?
}

# summary_names WHO [PATTERN]: show its lines, of which one must have both
summary_names() {
	say "" "In the summary:"
	grep "$1" $summary | grep "${2:-}" >$shown
	sed 's/^/# /' $shown
	[ -s $shown ]
	point "the summary names $1" $?
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
mkdir -p /srv/shop /mnt/array
echo "3 apples" >/srv/shop/order
ip link set lo up

# a disk that takes 100 ms to answer
modprobe null_blk nr_devices=1 gb=1 queue_mode=2 irqmode=2 \
	completion_nsec=100000000
# and one, of an array, that will cease to answer
modprobe -a loop ext4
truncate -s 16M /tmp/array
losetup /dev/loop6 /tmp/array
mke2fs /dev/loop6 >/dev/null
mount -t ext4 /dev/loop6 /mnt/array
truncate -s 4M /mnt/array/disk
losetup /dev/loop7 /mnt/array/disk
# what waits for it would keep the guest from powering off
trap 'fsfreeze --unfreeze /mnt/array 2>/dev/null' EXIT

enter 'insmod /hostdiag/hostdiag.ko; ls -C /proc/hostdiag'
answer "the module is loaded" '/summary/'
# an emulator, above all one on a busy machine, makes hooks look dear
echo 0 >/sys/module/hostdiag/parameters/budget_percent
sleep 1
say "" "A quiet host has a quiet summary:"
enter 'cat /proc/hostdiag/summary'
answer "a quiet host has a quiet summary" '/^nothing stands out$/'

say "" "Now it works for some seconds: a shop, its web server and database, its" \
	"reports and uploads, a backup, a ledger, workers."
start webd
start shopd
start renderd
start reportd
start uploadd
start launcher
start superd
start backupd /dev/nullb0
start ledgerd /dev/loop7
sleep 3
fsfreeze --freeze /mnt/array
sleep 4

story "The host is slow. Where to look first?"
enter 'cat /proc/hostdiag/summary'
cp $shown $summary

story "A customer reloads a page, and it never comes. The log says nothing."
summary_names webd 'flock on /tmp/sess_abc'
say "" "Each waits for the lock of a session. Who has it, and why for so long?"
enter "hostdiag why $(sed -n 's/.*webd in flock .*(tid \([0-9]*\)).*/\1/p' $summary)"
answer "why tells what they wait for" '/flock/ && /sess_abc/'
answer "why tells what the holder of the lock waits for" '/127.0.0.1:3306/'
say "" "Its database has died, and the connection to it has not."

story "The load is high, and the CPUs are idle. Who waits in D, and for what?"
summary_names ledgerd 'in D in pwrite64 on /dev/loop7'
enter 'hostdiag stuck -c ledgerd'
answer "three wait for the disk of the ledger" \
	'$3 == "ledgerd" && $NF == "/dev/loop7" && ++n == 3'
say "" "Its disk does not answer, and who should write to it waits, too: for what?"
enter "hostdiag why $(sed -n 's/.*kworker.*\[\([0-9]*\)\] in D .*/\1/p' $summary | head -n 1)"
answer "the file system below that disk is frozen" '/frozen/'
say "" "So somebody has to thaw it. They were not the only ones to wait in D:"
summary_names backupd iowait
summary_names launcher 'max .* iowait 0'
enter 'hostdiag dsleep -n 2 | cut -c 1-90'
answer "backupd waits for a disk" '/^ *[0-9]+ +[0-9]+ backupd .* a disk/'
answer "launcher waits for a vfork child" \
	'/^ *[0-9]+ +[0-9]+ launcher .* a vfork child/'
say "" "Is the disk of the backup always slow, or was it once?"
enter 'hostdiag hist -k dsleep -t $(pidof backupd)'
answer "backupd's D sleeps take 100 ms" '$1 == "67.1ms" && $3 == "134ms" && $5 > 10'
say "" "It is slow nearly always: some 100 ms a read."

story "Customers are turned away by shopd, and its log says nothing."
summary_names shopd 'accept4 EMFILE'
enter 'hostdiag errors -c shopd'
answer "shopd's accept4 fails with EMFILE, and why" \
	'$4 == "accept4" && $5 == "EMFILE" && $6 > 100 && /open files 128 of 128/'
enter "grep -c 'shopd .*/srv/shop/order' /proc/hostdiag/open"
answer "shopd leaks the file of each order" '$1 > 100'
say "" "It never closes the file of an order."

story "Since the new themes the shop's pages are slow."
summary_names renderd 'openat ENOENT'
enter "hostdiag syscalls -c renderd | head -n 5"
answer "renderd's opens fail" '$NF == "openat" && $5 > 500'
say "" "It looks for each file in three folders that lack it."

story "Will something else run out of files?"
summary_names uploadd 'files open, .* more'
enter 'hostdiag open -b comm -n 3'
enter "grep uploadd /proc/hostdiag/open | tail -n 3"
answer "uploadd opens one file again and again" \
	'$4 == "uploadd" && $NF == "/srv/shop/upload"'

story "A disk can't be unmounted, now and then. Who holds a file open for long?"
summary_names reportd 'held /srv/shop/report'
enter "awk '\$2 == \"open\" {print \$5, \$NF, \$6/1e9, \"s\"}' /proc/hostdiag/slow"
answer "reportd holds its report for more than a second" \
	'$1 == "reportd" && $2 == "/srv/shop/report" && $3 > 1'

story "The CPUs are busy, and top shows nothing that uses them."
summary_names 'fork storm' 'mostly worker'
enter 'hostdiag deaths -c worker | tail -n 3'
answer "a worker ends within a moment, with status 3" \
	'$3 == "worker" && $6 ~ /[um]s$/ && $7 == 3'
enter "cat /proc/$(sed -n 's/.*(parent \([0-9]*\)).*/\1/p' $summary)/comm"
answer "its parent starts it again" '$1 == "superd"'

story "The array answers again. What was it that happened?"
fsfreeze --unfreeze /mnt/array
sleep 1
enter "grep -A 4 '^D sleep' /proc/hostdiag/summary"
answer "the summary names ledgerd's D sleep" '/ledgerd/'
enter "awk '\$3 == \"ledgerd\" {print \$3, \$5/1e9 \" s\", \$9, \$8}' /proc/hostdiag/dsleep | cut -c 1-90"
answer "dsleep tells where, and for which disk" \
	'$2 > 3 && $4 ~ /7:7|loop7/ && $5 ~ /blkdev/'

story "Are these numbers sound?"
enter 'hostdiag doctor; echo "status $?"'
answer "nothing is lost" '$1 == "ok" && $2 == "lost"'
answer "the doctor finds no fault" '$1 == "status" && $2 == 0'

echo "1..$points"
[ "$failures" = 0 ]
