#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The reader in a root that has nothing in it but the reader and a saved
# snapshot: no library, no /proc, no terminal, no time zones, no users.  Each
# command that reads a file tells the same as it does here; the others say that
# there is no module.  Prints TAP.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
make -s -C "$top/userspace" >&2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/root"
"$here/make_snapshots.sh" "$dir/root" good
cp "$top/userspace/hostdiag" "$dir/root/"
cd "$dir"

tests=0
failed=0

result() { # OK NAME
	tests=$((tests + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests - $2"
	else
		echo "not ok $tests - $2"
		sed 's/^/# /' out err want
		failed=1
	fi
}

alone() {
	status=0
	if [ "$(id -u)" -eq 0 ]; then
		chroot root /hostdiag "$@"
	else
		unshare --map-root-user chroot root /hostdiag "$@"
	fi >out 2>err </dev/null || status=$?
}

tells() { # ARG...
	root/hostdiag "$@" >want 2>&1
	alone "$@"
	ok=0
	[ "$status" -eq 0 ] && [ ! -s err ] && [ -s out ] && cmp -s want out || ok=1
	result "$ok" "hostdiag $*"
}

no_module() { # ARG...
	alone "$@"
	: >want
	ok=0
	[ "$status" -eq 1 ] && grep -q 'not loaded' out err &&
		[ "$(cat out err | wc -l)" -eq 1 ] || ok=1
	result "$ok" "hostdiag $*: no module"
}

cp root/good good
commands=$(sed -n 's/^\t{ "\([a-z]*\)", "hostdiag .*/\1/p' \
	"$top/userspace/main.c")
for command in $commands; do
	case $command in
	why) no_module why 1 ;;
	doctor) no_module doctor ;;
	*) tells -f good "$command" ;;
	esac
done
no_module
tells --help
echo "1..$tests"
exit "$failed"
