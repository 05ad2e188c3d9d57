#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel-scripts.sh: get checkpatch.pl and kernel-doc out of Debian's
# linux-source package, once, into the cache; print where they are.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel 6.1
source=linux-source-6.1
dir=$cache/$source
if ! [ -d "$dir" ]; then
	"$qemu_dir/root.sh" "$kernel" >&2
	say "fetching $source for checkpatch (once, 140 MB)"
	rm -rf "$dir.new"
	mkdir -p "$dir.new"
	# shellcheck disable=SC2016	# $1 is the inner shell's
	in_root "$root" "$dir.new" sh -euc '
		options="-qq -o APT::Sandbox::User=root"
		apt-get $options update
		apt-get $options download "$1"
		apt-get clean
		rm -rf /var/lib/apt/lists/*
	' sh "$source" >&2
	dpkg-deb --fsys-tarfile "$dir.new"/*.deb |
		tar -xO "./usr/src/$source.tar.xz" |
		tar -xJ --strip-components=2 -C "$dir.new" \
			"$source"/scripts/{checkpatch.pl,spelling.txt} \
			"$source"/scripts/{const_structs.checkpatch,kernel-doc}
	rm "$dir.new"/*.deb
	mv "$dir.new" "$dir"
fi
echo "$dir"
