#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Only root and the group of gid= may read.

. "$(dirname "$0")/lib.sh"

files=$(hd_list files)
nobody=65534

mode() {
	# the columns of ls are those of POSIX
	# shellcheck disable=SC2012
	ls -ln "$1" | awk '{ print substr($1, 1, 10), $3, $4 }'
}

# other users may not be allowed in the directory of the workloads
chmod 755 "$tmp"
cp "$bin/poke" "$tmp/poke"

# reads UID GID FILE: read it as that user and group
reads() {
	"$bin/as" user "$1" "$2" "$tmp/poke" -r "$3"
}

hd_unload
hd_load
for file in $files; do
	expected="-r-------- 0 0"
	[ "$file" != control ] || expected="-rw------- 0 0"
	check "$file is root's alone" [ "$(mode "$hd/$file")" = "$expected" ]
	check "root reads $file" [ "$("$tmp/poke" -r "$hd/$file")" = OK ]
	check "others do not read $file" \
		[ "$(reads $nobody $nobody "$hd/$file")" = EACCES ]
done

hd_load gid=4242
for file in $files; do
	expected="-r--r----- 0 4242"
	[ "$file" != control ] || expected="-rw-r----- 0 4242"
	check "$file is the group's too" [ "$(mode "$hd/$file")" = "$expected" ]
	check "the group reads $file" \
		[ "$(reads $nobody 4242 "$hd/$file")" = OK ]
	check "others still do not read $file" \
		[ "$(reads $nobody $nobody "$hd/$file")" = EACCES ]
done
check "the group does not reset" \
	[ "$(printf reset | "$bin/as" user $nobody 4242 "$tmp/poke" $hd/control)" = \
	EACCES ]

finish
