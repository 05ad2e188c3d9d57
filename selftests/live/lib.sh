# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For the scripts beside it: the reader, and a host whose rates are known.
#
# shellcheck disable=SC2034,SC2154	# what the scripts use, and set

# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

export TZ=UTC
make -s -C "$top/userspace" >&2
reader=$top/userspace/hostdiag
work=$(mktemp -d)
at_exit=()
cleanup() {
	local command
	for command in "${at_exit[@]}"; do
		$command || :
	done
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit

cc -std=gnu99 -I"$top/module" -I"$top" -o feed "$top/selftests/live/feed.c" \
	"$top"/selftests/unit/{rows,snapshot_build}.c \
	"$top"/module/pure/{hist,names}.c
for step in 0 1 2 3 4 5 6; do
	./feed "$step" >"at.$step"
done
./feed 3 reset >at.3r
./feed 4 reset >at.4r

# put STEP: it is what is read next
put() {
	cp "at.$1" next
	mv next live
}

# poll COMMAND...: until it succeeds, 30 s at most
poll() {
	local tries=300
	until "$@"; do
		((tries-- > 0)) || return 1
		sleep 0.1
	done
}

# prints COMMAND...: its output is standard input, and it has no more to say
prints() {
	diff - <("$@" 2>&1)
}

# refuses STATUS PATTERN COMMAND...: no output, and one line that matches
refuses() {
	local want=$1 pattern=$2 status=0
	shift 2
	"$@" >out 2>err || status=$?
	cat out err
	[ "$status" = "$want" ] && [ ! -s out ] && [ "$(wc -l <err)" = 1 ] &&
		grep -q -e "$pattern" err
}
