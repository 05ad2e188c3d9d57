#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# floors.sh: includes run down only, from floor to floor, as the README draws
# it; inside a floor they make no circle, a collector includes no other, and no
# C file lies outside a floor.  Of the reader, the same of its wings.  That each
# of these faults is found is shown in a copy that has it.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# from the lowest; a + joins what lies side by side
module_floors="uapi pure compat core store collect+show main"
reader_floors="uapi pure util snap host table why+top+heat+metrics cmd main"

# sources DIR TREE: its C files, without what is generated; the compile probes
# are no part of the module
sources() {
	(cd "$1" && find "$2" -name '*.[ch]' ! -name generated.h \
		! -name '*.mod.c' ! -path '*/conf/*' | sort)
}

# includes DIR TREE: each "FILE INCLUDED" by a name in quotes
includes() {
	(cd "$1" && sources . "${2#./}" | xargs grep -HoE '^#include "[^"]+"' |
		sed -E 's/^([^:]+):#include "([^"]+)"/\1 \2/')
}

# One awk: floor_of() gives the floor of a path, "" where it is in none
# shellcheck disable=SC2016	# it is awk's
floor_awk='
BEGIN {
	n = split(floors, level, " ")
	for (i = 1; i <= n; i++) {
		m = split(level[i], beside, "+")
		for (j = 1; j <= m; j++)
			rank[beside[j]] = i
	}
}
function floor_of(path,	part, n) {
	n = split(path, part, "/")
	if (n > 1)
		return part[1] in rank ? part[1] : ""
	sub(/[.][ch]$/, "", part[1])
	return part[1] in rank ? part[1] : part[1] == "version" ? "uapi" : ""
}'

# outside DIR TREE FLOORS: files that are in no floor
outside() {
	! sources "$1" "$2" | sed "s,^$2/,," | awk -v floors="$3" "$floor_awk"'
	floor_of($0) == "" { print $0 " is in no floor" }' | grep .
}

# upward DIR TREE FLOORS: includes that run up or sideways
upward() {
	! includes "$1" "$2" | sed "s,^$2/,," | awk -v floors="$3" "$floor_awk"'
	{
		from = floor_of($1)
		to = floor_of($2)
		# a name that a file of the same room has beside it
		if (to == "" && $2 !~ /[/]/)
			to = from
		if (to == "")
			print $1 " includes " $2 ", which is in no floor"
		else if (to != from && rank[to] >= rank[from])
			print $1 " includes " $2 ": not below it"
	}' | grep .
}

# rooms DIR TREE: what includes what, a room being a .c and its .h
rooms() {
	includes "$1" "$2" | sed "s,^$2/,," | sed -E 's/\.[ch]( |$)/\1/g' |
		awk '$1 != $2'
}

# circles DIR TREE: of rooms that include each other
circles() {
	local said
	said=$(rooms "$1" "$2" | tsort 2>&1 >/dev/null) && return
	echo "$said"
	return 1
}

# collectors DIR: includes of one by another
collectors() {
	! includes "$1" module/collect | grep ' collect/' |
		grep -v ' collect/collect\.h$'
}

# plant NAME FILE LINE: a copy in which FILE has LINE, too
plant() {
	local copy=$work/$1
	mkdir "$copy"
	cp -r "$top/module" "$top/userspace" "$copy"
	mkdir -p "$copy/$(dirname "$2")"
	echo "$3" >>"$copy/$2"
	echo "$copy"
}

# finds CHECK... : it fails, and says something
finds() {
	local said
	if said=$("$@"); then
		echo "it is not found"
		return 1
	fi
	[ -n "$said" ]
}

point "each file of the module is in a floor" outside "$top" module "$module_floors"
point "the module's includes run down" upward "$top" module "$module_floors"
point "no circle of includes in the module" circles "$top" module
point "no collector includes another" collectors "$top"
point "each file of the reader is in a wing" outside "$top" userspace "$reader_floors"
point "the reader's includes run down" upward "$top" userspace "$reader_floors"
point "no circle of includes in the reader" circles "$top" userspace

copy=$(plant up module/store/task.c '#include "show/reader.h"')
point "an include that runs up is found" \
	finds upward "$copy" module "$module_floors"
copy=$(plant sideways module/show/show.c '#include "collect/collect.h"')
point "an include that runs sideways is found" \
	finds upward "$copy" module "$module_floors"
copy=$(plant circle module/core/clock.h '#include "core/guard.h"')
echo '#include "core/clock.h"' >>"$copy/module/core/guard.h"
point "a circle is found" finds circles "$copy" module
copy=$(plant collector module/collect/files.c '#include "collect/syscall.h"')
point "a collector that includes another is found" finds collectors "$copy"
copy=$(plant outside module/attic/trunk.c '')
point "a file outside a floor is found" \
	finds outside "$copy" module "$module_floors"
copy=$(plant wing userspace/why/wait.c '#include "top/model.h"')
point "an include from wing to wing is found" \
	finds upward "$copy" userspace "$reader_floors"
finish
