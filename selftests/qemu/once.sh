# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2154	# lib.sh's and the caller's variables
# For a script (set -E, after lib.sh) that makes something once, in the cache:
#
#	make_once DIR "no such thing" < what it depends on
#	debian_root --variant=apt --include=... < sources of apt
#	... what it is to have goes to $work
#	keep

# make_once DIR WITHOUT: the script ends here if DIR is there, and was made by it
# of what is on standard input.  Else $work becomes DIR, $log is for what programs
# say, and at the first error the script says WITHOUT, and dies.
make_once() {
	made=$1
	without=$2
	work=$made.new
	log=$made.log
	mkdir -p "$cache"
	exec 9>"$made.lock"
	flock 9
	stamp=$(cat - "$0" "${BASH_SOURCE[0]}" | sha256sum)
	[ "$(cat "$made/stamp" 2>/dev/null)" != "$stamp" ] || exit 0
	rm -rf "$work"
	mkdir -p "$work/root"
	: >"$log"
	trap 'tail -n 20 "$log" >&2; die "$without: see $log"' ERR
}

# what a root can do without, where nothing is installed later that is looked for
# shellcheck disable=SC2034	# an option for debian_root
no_docs=(--dpkgopt='path-exclude=/usr/share/doc/*'
	--dpkgopt='path-exclude=/usr/share/man/*')

# debian_root OPTION...: mmdebstrap's; $work/root becomes a Debian root of $suite,
# from the sources on standard input
debian_root() {
	mmdebstrap --dpkgopt='path-exclude=/usr/share/locale/*' "$@" \
		"$suite" - - 2>>"$log" |
		tar -x --no-same-owner --exclude='./dev/*' -C "$work/root"
}

# keep: $work is complete
keep() {
	rm -rf "$made"
	echo "$stamp" >"$work/stamp"
	mv "$work" "$made"
}
