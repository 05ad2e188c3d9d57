#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# make_snapshots.sh DIR KIND...: build snapshot_make there, and each KIND with it,
# in a file of that name
set -eu

here=$(cd "$(dirname "$0")" && pwd)
dir=$1
shift
"${CC:-cc}" -std=gnu99 -I"$here/../../module" -I"$here/../.." -o "$dir/snapshot_make" \
	"$here/snapshot_make.c" "$here/snapshot_build.c" "$here/rows.c" \
	"$here/../../module/pure/hist.c"
for kind; do
	"$dir/snapshot_make" "$kind" >"$dir/$kind"
done
