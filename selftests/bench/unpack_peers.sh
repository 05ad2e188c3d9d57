#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# unpack_peers.sh RELEASE: in the peers' root, with their definitions in
# /peers: build what each needs, and lay out its part of the guest on /mnt.
#
# A definition has
#	title		what the table calls it
#	programs	that it runs, which go to the guest with their libraries
#	files		that these read; or nothing
#	modules		where build leaves the kernel modules; or nothing
#	build RELEASE	builds them
#	measure COMMAND...	in the guest: run it with the peer attached
set -eu

release=$1

# lay_out NAME: files of its programs and modules
lay_out() {
	mkdir -p "/mnt/$1/lib/modules/$release/extra"
	# shellcheck disable=SC2086	# lists
	for file in $programs $files $([ -z "$programs" ] || ldd $programs |
		awk '$NF ~ /^\(0x/ && $(NF - 1) ~ "^/" { print $(NF - 1) }' |
		sort -u); do
		mkdir -p "/mnt/$1${file%/*}"
		cp -L "$file" "/mnt/$1$file"
	done
	[ -z "$modules" ] || find "$modules" -name '*.ko' -exec strip -g {} \; \
		-exec cp -t "/mnt/$1/lib/modules/$release/extra" {} +
}

for peer in /peers/*.sh; do
	name=$(basename "$peer" .sh)
	files=
	modules=
	# shellcheck disable=SC1090	# one of several
	. "$peer"
	# a shell of its own, which ends at the first error
	# shellcheck disable=SC2016	# its own
	if [ -z "$modules" ] || sh -euc '. "$0"; build "$1"' "$peer" "$release" \
		>"/mnt/$name.log" 2>&1; then
		lay_out "$name"
	else
		grep -m 1 'error:' "/mnt/$name.log" | sed 's/.*error: //' \
			>"/mnt/$name.missing" || tail -n 1 "/mnt/$name.log" \
			>"/mnt/$name.missing"
	fi
done
