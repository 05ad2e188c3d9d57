#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# dkms.sh install KERNEL | uninstall: the module on this host, through DKMS, so
# that it is built anew for each kernel to come.
# dkms.sh source DIR: what DKMS builds it from, for a package.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=../selftests/qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

version=$(sed -n 's/^#define HD_VERSION.*"\(.*\)"$/\1/p' "$top/module/version.h")
source=/usr/src/hostdiag-$version

put_source() {
	mkdir -p "$1"
	copy_source "$1"
	sed "s/@VERSION@/$version/" "$top/dkms/dkms.conf.in" >"$1/dkms.conf"
}

need_dkms() {
	[ "$(id -u)" = 0 ] || die "this needs root"
	command -v dkms >/dev/null ||
		die "dkms is missing (Debian: apt install dkms; Red Hat: the EPEL package dkms)"
}

# All versions that DKMS knows, with their sources
remove_all() {
	local known
	for known in /var/lib/dkms/hostdiag/*/; do
		[ -d "$known/source" ] || continue
		dkms remove "hostdiag/$(basename "$known")" --all
	done
	rm -rf /usr/src/hostdiag-* /var/lib/dkms/hostdiag
}

# A failed build leaves nothing but the reason
give_up() {
	local log=/var/lib/dkms/hostdiag/$version/build/make.log
	[ ! -e "$log" ] || tail -n 30 "$log" >&2
	remove_all >/dev/null 2>&1 || :
	die "the module was not installed for kernel $1"
}

install() {
	local kernel=$1
	need_dkms
	[ -e "/lib/modules/$kernel/build/Makefile" ] ||
		die "the headers of kernel $kernel are missing (Debian: apt install linux-headers-$kernel, and for updates linux-headers-amd64 or -arm64; Red Hat: kernel-devel-$kernel)"
	remove_all
	put_source "$source"
	if ! { dkms add "hostdiag/$version" &&
		dkms build "hostdiag/$version" -k "$kernel" &&
		dkms install "hostdiag/$version" -k "$kernel"; }; then
		give_up "$kernel"
	fi
}

uninstall() {
	need_dkms
	if [ -e /sys/module/hostdiag ]; then
		modprobe -r hostdiag || die "the module is in use"
	fi
	remove_all
}

case ${1:-} in
install | uninstall) "$@" ;;
source) put_source "$2" ;;
*)
	echo "usage: dkms.sh install KERNEL | uninstall | source DIR" >&2
	exit 2
	;;
esac
