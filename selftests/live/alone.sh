#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# alone.sh: the reader in a root that has nothing in it but the reader and saved
# snapshots: no library, no /proc, no terminal, no time zones, no users.  Each
# command that reads a file tells the same as it does here; those that look at
# the host say that there is no module.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/live/lib.sh"

mkdir root
"$top/selftests/unit/make_snapshots.sh" root good
rm root/snapshot_make
cp "$reader" at.[0-4] root/
chmod 755 root root/*
in_it=(chroot root)
[ "$(id -u)" = 0 ] || in_it=(unshare --map-root-user chroot root)

# alone ARG...: the reader there, as "out" and "err"
alone() {
	"${in_it[@]}" /hostdiag "$@" >out 2>err </dev/null
}

# tells ARG...
tells() {
	(cd root && ./hostdiag "$@" >../want) && alone "$@" &&
		[ -s want ] && [ ! -s err ] && diff want out
}

no_module() {
	! alone "$@" && grep 'not loaded' out err && [ "$(cat out err | wc -l)" = 1 ]
}

# records: it keeps a snapshot, compressed, until it is told to end
records() {
	mkdir root/kept
	"${in_it[@]}" /hostdiag -f at.0 record -i 0.1 kept >out 2>err &
	local recorder=$!
	poll compgen -G 'root/kept/*.snap' >/dev/null || return 1
	kill "$recorder"
	wait "$recorder" || [ $? = 143 ]
	# all but the checksum at the end, which at.0 has not got
	[ ! -s err ] && gzip -dc root/kept/*.snap | head -c -8 |
		cmp - <(head -c -8 at.0)
}

commands=$(sed -n 's/^\t\.name = "\([a-z]*\)",$/\1/p' \
	"$top"/userspace/cmd/*.c)
for command in $commands; do
	name="hostdiag $command"
	case $command in
	why | strace) point "$name: no module" no_module "$command" 1 ;;
	blocked | doctor | ledger | top) point "$name: no module" no_module "$command" ;;
	diff) point "$name" tells diff at.0 at.4 ;;
	record) point "$name" records ;;
	heatmap)
		mkdir root/night
		cp at.0 root/night/20231114T221320.000Z.snap
		cp at.4 root/night/20231114T221400.000Z.snap
		point "$name" tells heatmap night
		;;
	*) point "$name" tells -f good "$command" ;;
	esac
done
point "hostdiag: no module" no_module
point "hostdiag --help" tells --help
finish
