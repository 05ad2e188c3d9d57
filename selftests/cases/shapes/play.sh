# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh disable=SC2034,SC2154	# what the shapes use and set
# For the shapes of hangs beside it, on top of the kernel tests' lib.sh.  A shape
# sets a hang up, sees by other means than hostdiag that it is there, and asks:
#
#	role keeper peers serve 7000
#	keeper=$pid
#	victim role asker peers ask 7000
#	there "the keeper is stopped" ...
#	culprit keeper $keeper stopped
#	ask_why asker $asker
#	ask blocked
#	ask summary
#	finish
#
# Each question has to be answered in time, with no innocent named and no deadlock
# invented; and the culprit has to be named, by name and number: by why on its
# last line.  What hostdiag cannot tell yet is in the list "known": there the last
# point is a skip with what is missing, and a failure once it can be told.

# shellcheck source=../../kernel/lib.sh
. "$(dirname "$0")/lib.sh"

shape=${0##*/}
shape=${shape%.sh}
undo=
culprits=
deadline=5
# what is said of none of them, but where a shape says so
wrong='deadlock|kthreadd|by design'

# undo COMMAND: what lets the victims go, before they are killed; the last one
# given is run first
undo() {
	undo="$1 || :; $undo"
}

# what the victims had open can be taken away only once they are gone
play_cleanup() {
	set +e
	eval "$undo" >/dev/null 2>&1
	hd_cleanup
	eval "$undo" >/dev/null 2>&1
}
trap play_cleanup EXIT

# run COMMAND...: in the background; sets $pid
run() {
	"$@" </dev/null >/dev/null 2>&1 3>&- &
	pid=$!
	hd_pids="$hd_pids $pid"
}

# role NAME PROGRAM ARGUMENT...: one of our programs, under a name of its own
role() {
	ln -sf "$bin/$2" "$tmp/$1"
	hd_role=$tmp/$1
	shift 2
	run "$hd_role" "$@"
}

# server NAME PROGRAM ARGUMENT...: as role, and it has said that it is ready
server() {
	ln -sf "$bin/$2" "$tmp/$1"
	hd_role=$tmp/$1
	shift 2
	: >"$tmp/ready"
	"$hd_role" "$@" </dev/null >"$tmp/ready" 2>&1 3>&- &
	pid=$!
	hd_pids="$hd_pids $pid"
	there "${hd_role##*/} is ready" grep -q ready "$tmp/ready"
}

# there WHAT COMMAND...: it comes to be, or the shape is not what it should be
there() {
	hd_what=$1
	shift
	poll 30 "$@" && return
	not_ok "it was set up: $hd_what"
	exit 1
}

# in_state LETTERS PID...: all of them are in one of these states
in_state() {
	hd_letters=$1
	shift
	for hd_one; do
		hd_state=$(task_state "$hd_one")
		case $hd_state in
		["$hd_letters"]) ;;
		*) return 1 ;;
		esac
	done
}

# named COMM: the number of a process of that name
named() {
	for hd_one in /proc/[0-9]*; do
		[ "$(cat "$hd_one/comm" 2>/dev/null)" != "$1" ] || echo "${hd_one##*/}"
	done
}

# at PID FUNCTION: the kernel's own stack of it has it
at() {
	grep -q "$2" "/proc/$1/stack"
}

# stop PID...: and they have stopped
stop() {
	kill -STOP "$@"
	for hd_one; do
		undo "kill -CONT $hd_one"
	done
	there "it has stopped" in_state T "$@"
}

# culprit PATTERN...: the line that names it has them all, each as a word
culprit() {
	culprits=$*
}

# names_culprit FILE: one line of it has all of $culprits
names_culprit() {
	cp "$1" "$tmp/lines"
	for hd_pattern in $culprits; do
		grep -E "(^|[^[:alnum:]_])($hd_pattern)([^[:alnum:]_]|\$)" \
			"$tmp/lines" >"$tmp/left"
		mv "$tmp/left" "$tmp/lines"
	done
	[ -s "$tmp/lines" ]
}

# that one held a file is no blame
no_blame=' held '

names_wrong() {
	grep -vE "$no_blame" "$tmp/said" |
		grep -E "$wrong|(^|[^[:alnum:]_])(idler|parked|listener)([^[:alnum:]_]|\$)"
}

ended() {
	! [ -e "/proc/$1" ] || [ "$(task_state "$1")" = Z ]
}

show_said() {
	sed 's/^/#   /' "$tmp/said" | head -n 40
}

# question WHAT COMMAND...: in $tmp/said is what hostdiag says to it
question() {
	hd_asked="$1"
	shift
	echo "# hostdiag $*"
	hostdiag "$@" </dev/null >"$tmp/said" 2>&1 3>&- &
	hd_asker=$!
	if poll $deadline ended $hd_asker; then
		ok "$hd_asked answers in $deadline s"
	else
		not_ok "$hd_asked answers in $deadline s"
		hd_pids="$hd_pids $hd_asker"
	fi
	[ -s "$tmp/said" ] || echo "(nothing)" >"$tmp/said"
	show_said
	if names_wrong >"$tmp/wrong"; then
		not_ok "$hd_asked blames nobody wrongly"
		sed 's/^/#   wrong: /' "$tmp/wrong"
	else
		ok "$hd_asked blames nobody wrongly"
	fi
}

# verdict LINES-FILE: a point for the culprit, by what is known
verdict() {
	hd_missing=$(sed -n "s/^$shape	$hd_asked	//p" "$(dirname "$0")/known")
	hd_what="$hd_asked names the culprit"
	echo "#   truth: $culprits"
	if names_culprit "$1"; then
		if [ -z "$hd_missing" ]; then
			ok "$hd_what"
		else
			ok "$hd_what (known says that it does not: take it out)"
		fi
	elif [ -n "$hd_missing" ]; then
		skip "$hd_what" "$hd_missing"
	else
		not_ok "$hd_what"
	fi
}

# ask_why NAME PID: the story of that victim ends at the culprit
ask_why() {
	question "why $1" why "$2"
	sed '/^$/d' "$tmp/said" | tail -n 1 >"$tmp/last"
	verdict "$tmp/last"
}

# ask COMMAND: its first screen, of 24 lines, names the culprit
ask() {
	question "$1" "$1"
	head -n 24 "$tmp/said" >"$tmp/last"
	verdict "$tmp/last"
}

# ask_all: of the host as a whole
ask_all() {
	ask blocked
	ask summary
}

# with_fuse: a filesystem on /mnt/remote of the daemon "fused" ($fused), which asks
# "echod" ($echod) each time
with_fuse() {
	modprobe fuse
	mkdir -p /mnt/remote
	server echod peers serve 2222
	echod=$pid
	server fused fused /mnt/remote 2222
	fused=$pid
	undo "umount -l /mnt/remote"
}

# with_ext4 DIR FILE DEVICE: ext4 on a loop device
with_ext4() {
	modprobe -a loop ext4
	mkdir -p "$1"
	truncate -s 32M "$2"
	losetup "$3" "$2"
	mkfs.ext4 -q "$3"
	mount -t ext4 "$3" "$1"
	undo "umount -l $1; losetup -d $3; rm -f $2"
}

# with_dm NAME DEVICE: /dev/mapper/NAME on a loop device of 32 MB
with_dm() {
	export DM_DISABLE_UDEV=1
	modprobe -a dm-mod loop ext4
	truncate -s 32M "$tmp/$1"
	losetup "$2" "$tmp/$1"
	dmsetup create "$1" --table "0 65536 linear $2 0"
	undo "dmsetup resume $1; dmsetup remove --force $1; losetup -d $2"
}

# with_cgroup NAME CONTROLLERS: a cgroup of that name
with_cgroup() {
	for hd_controller in $2; do
		echo "+$hd_controller" >/sys/fs/cgroup/cgroup.subtree_control
	done
	cgroup=/sys/fs/cgroup/$1
	mkdir -p "$cgroup"
}

# with_nfs: /mnt/nfs from a server in a network of its own, 10.9.0.2; its files are
# in /srv/exp here
with_nfs() {
	modprobe -a nfsd nfs nfsv4 veth
	mkdir -p /run/netns /srv/exp /mnt/nfs /var/lib/nfs/v4recovery \
		/var/lib/nfs/rpc_pipefs
	touch /etc/exports /var/lib/nfs/etab /var/lib/nfs/rmtab
	mount -t tmpfs none /srv/exp
	/sbin/ip netns add srv
	# shellcheck disable=SC2016	# for at_exit, once its clients are gone
	at_exit '/sbin/ip netns exec srv rpc.nfsd 0; kill -KILL $(named rpc.mountd)
		umount -l /srv/exp; /sbin/ip link del v0; /sbin/ip netns del srv'
	/sbin/ip link add v0 type veth peer name v1 netns srv
	/sbin/ip addr add 10.9.0.1/24 dev v0
	/sbin/ip link set v0 up
	/sbin/ip -n srv addr add 10.9.0.2/24 dev v1
	/sbin/ip -n srv link set v1 up
	/sbin/ip -n srv link set lo up
	/sbin/ip netns exec srv sh -ec '
		mount -t nfsd nfsd /proc/fs/nfsd
		echo 10 >/proc/fs/nfsd/nfsv4leasetime
		echo 10 >/proc/fs/nfsd/nfsv4gracetime
		exportfs -o rw,fsid=0,no_root_squash,insecure,no_subtree_check \
			"*:/srv/exp"
		rpc.mountd -N 3 -N 2
		rpc.nfsd -N 3 -p 2049 2' 2>&1 | sed 's/^/# /' || :
	timeout 20 mount.nfs 10.9.0.2:/ /mnt/nfs -o vers=4.1,hard,timeo=600,actimeo=1
	undo "umount -l /mnt/nfs"
}

# nfs_gone: its server does not answer any more
nfs_gone() {
	/sbin/ip -n srv link set v1 down
	undo "/sbin/ip -n srv link set v1 up; sleep 1"
}

# The shell that the guest has prefers its own ip, mount and nbd-client.

# bystanders: those who wait for nobody, and for whom nobody waits
bystanders() {
	: >"$tmp/idle.lock"
	role idler act "open:b:$tmp/idle.lock" flock sleep:10000000
	server listener peers serve 9999
	role parked act sleep:10000000
	sleep 0.2
	kill -STOP "$pid"
}

mount | grep -q cgroup2 || mount -t cgroup2 none /sys/fs/cgroup
ip link set lo up
hd_load
bystanders
