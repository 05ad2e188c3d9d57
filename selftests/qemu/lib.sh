# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Functions of the scripts that run on the host; $top is the folder of the project.
#
# shellcheck disable=SC2034,SC2154	# what the scripts use, and set

cache=${HOSTDIAG_CACHE:-${HOME:?}/.cache/hostdiag}
qemu_dir=$top/selftests/qemu

die() {
	echo "hostdiag: $*" >&2
	exit 1
}

say() {
	echo "# $*" >&2
}

# kernel_names [TABLE]: of kernels, or of that table, in its order
kernel_names() {
	awk '!/^#/ && NF { print $1 }' "$qemu_dir/${1:-kernels}"
}

# use_kernel NAME: sets the variables of its line of the tables, and where its
# files are, and how many times slower than others it may be ($slow).  "own" is
# the kernel of $KERNEL_BUILD.
use_kernel() {
	kernel=$1
	out=$top/out/$kernel
	kernel_dir=$cache/$kernel
	slow=1
	root=$kernel_dir/root
	if [ "$kernel" = own ]; then
		kernel_dir=$out/kernel
		arch=amd64
	else
		read -r _ suite arch image headers < <(
			awk -v name="$kernel" '$1 == name' \
				"$qemu_dir"/kernels{,-long}) ||
			die "no kernel '$kernel': there is $({
				kernel_names
				kernel_names kernels-long
			} | xargs)"
		# what the kernel checks of itself takes its time
		! grep -q "^${kernel}[[:space:]]" "$qemu_dir/kernels-long" ||
			slow=4
	fi
	mkdir -p "$out"
	case $arch in
	amd64)
		qemu=(qemu-system-x86_64 -M q35)
		cross_compile=
		;;
	arm64)
		qemu=(qemu-system-aarch64 -M virt)
		cross_compile=aarch64-linux-gnu-
		cross_packages=gcc-aarch64-linux-gnu,libc6-dev-arm64-cross
		cross_packages+=,zlib1g-dev:arm64
		# of 32-bit callers
		cross_packages+=,gcc-arm-linux-gnueabihf
		;;
	esac
}

# The release that uname -r says in that kernel, once root.sh has run
kernel_release() {
	cat "$kernel_dir/release"
}

# in_root ROOT DIR COMMAND...: run it in a Debian root, in DIR, which is /mnt
# there.  A normal user is root in a user namespace of its own.
in_root() {
	local as_root=()
	[ "$(id -u)" = 0 ] || as_root=(--map-root-user)
	# the variables are the inner shell's
	# shellcheck disable=SC2016
	unshare "${as_root[@]}" --mount -- sh -euc '
		root=$1
		dir=$2
		shift 2
		mount --rbind /dev "$root/dev"
		mount --rbind /proc "$root/proc"
		mount --bind "$dir" "$root/mnt"
		exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
			LC_ALL=C DEBIAN_FRONTEND=noninteractive \
			chroot "$root" sh -c "cd /mnt && exec \"\$@\"" sh "$@"
	' sh "$@"
}

# copy_source DIR: what the module is built from, and nothing built from it
copy_source() {
	(cd "$top" && find Kbuild module uapi -type f ! -name generated.h \
		\( -name Kbuild -o -name '*.[ch]' -o -name '*.sh' -o \
		-path '*/conf/*' \) -exec cp --parents -t "$1" {} +)
}

# locks_source DIR: what the module of selftests/kernel/locks is built from, once
# hostdiag was built in $out/build
locks_source() {
	copy_source "$1"
	cp "$top"/selftests/kernel/locks/{Kbuild,*.[ch]} "$1/"
	cp "$out/build/module/compat/generated.h" "$1/module/compat/"
}

# Is there a module, built by build.sh for this kernel from this source?
module_is_current() {
	local source differences
	source=$(mktemp -d)
	copy_source "$source"
	# what is only there was built there
	differences=$(diff -rq "$source" "$out/build" 2>&1 |
		grep -v "^Only in $out/build") || :
	rm -rf "$source"
	[ -z "$differences" ] &&
		grep -qsa "vermagic=$(kernel_release) " "$out/hostdiag.ko"
}

# module_for FILE: build.sh's module, or one that is built for it
module_for() {
	local build
	if module_is_current && cp "$out/hostdiag.ko" "$1"; then
		return
	fi
	build=$(mktemp -d)
	copy_source "$build"
	in_root "$root" "$build" make -s -j"$(nproc)" M=/mnt modules \
		-C "/lib/modules/$(kernel_release)/build" >"$1.log" 2>&1 || {
		tail -n 20 "$1.log" >&2
		die "the module does not build for kernel $kernel"
	}
	cp "$build/hostdiag.ko" "$1"
	rm -rf "$build" "$1.log"
}

# test_guest DIR TEST [VARIABLE=VALUE...]: in DIR, a guest that runs that kernel
# test alone, with these variables
test_guest() {
	local guest=$1/guest
	rm -rf "$1"
	mkdir -p "$guest/hostdiag/selftests"
	module_for "$guest/hostdiag/hostdiag.ko"
	cp -r "$top"/selftests/{run.sh,kernel} "$guest/hostdiag/selftests/"
	install -D "$top/userspace/hostdiag" "$guest/usr/bin/hostdiag"
	cat >"$guest/hostdiag/job" <<-EOF
		#!/bin/sh
		export LC_ALL=C ${*:3}
		exec /hostdiag/selftests/run.sh $2
	EOF
	chmod +x "$guest/hostdiag/job"
}

# --- TAP

points=0
failures=0

# point NAME COMMAND...: a test point; what the command says is shown when it
# fails
point() {
	local name=$1 said
	shift
	points=$((points + 1))
	if said=$("$@" 2>&1); then
		echo "ok $points - $name"
	else
		failures=$((failures + 1))
		echo "not ok $points - $name"
		echo "#   ${said//$'\n'/$'\n'#   }"
	fi
}

# skip NAME REASON
skip() {
	points=$((points + 1))
	echo "ok $points - $1 # SKIP $2"
}

# guest_points DIR: what boot.sh left there: the points that the guest made,
# with this stream's numbers, and whether it came to a good end
guest_points() {
	local line verdict text
	while IFS= read -r line; do
		case $line in
		"ok "* | "not ok "*)
			points=$((points + 1))
			verdict=${line%%ok *}ok
			text=${line#"$verdict" }
			echo "$verdict $points ${text#* }"
			;;
		1..* | TAP*) ;;
		*) echo "$line" ;;
		esac
	done <"$1/results.tap"
	point "the guest came to a good end" "$qemu_dir/verdict.sh" "$1"
}

# no_more_skips DIR [EXPECTED]: the guest whose results are there had all that
# its tests need, but for what that file lists, if it exists
no_more_skips() {
	sed -n 's/^ok [0-9]* - \(.* # SKIP\)/\1/p' "$1/results.tap" |
		if [ -e "${2:-}" ]; then
			grep -vxFf "$2"
		else
			cat
		fi >"$1/skips" || :
	cat "$1/skips"
	[ ! -s "$1/skips" ]
}

finish() {
	echo "1..$points"
	[ "$failures" = 0 ]
	exit
}
