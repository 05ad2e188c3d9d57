#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# packages.sh build|vm|own|bench|check: make sure that the packages which these need are
# installed: root on Debian gets them through apt, others a message with their names.
set -euo pipefail

missing=()

# want PACKAGE TEST...: the package is missing if the test fails
want() {
	local package=$1
	shift
	"$@" >/dev/null 2>&1 || missing+=("$package")
}

links_static() {
	echo 'int main(void) { return 0; }' |
		gcc -static -x c -o /dev/null -
}

links_zlib() {
	printf '%s\n' '#include <zlib.h>' 'int main(void) { return !zlibVersion(); }' |
		gcc -static -x c -o /dev/null - -lz
}

build() {
	want gcc command -v gcc
	want make command -v make
	want libc6-dev links_static
	want zlib1g-dev links_zlib
	want musl-tools command -v musl-gcc
}

links_fuzzer() {
	echo 'int LLVMFuzzerTestOneInput(const char *data, long size) { return 0; }' |
		clang -fsanitize=fuzzer,address -x c -o /dev/null -
}

boot() {
	build
	want qemu-system-x86 command -v qemu-system-x86_64
	want cpio command -v cpio
	want busybox-static sh -c 'test -e /bin/busybox && ! ldd /bin/busybox'
}

own() {
	boot
	want kmod test -e /sbin/depmod
}

vm() {
	boot
	want mmdebstrap command -v mmdebstrap
	want mount command -v mount
	want debian-archive-keyring \
		test -e /usr/share/keyrings/debian-archive-keyring.gpg
	# how a normal user gets a Debian root
	[ "$(id -u)" = 0 ] || want uidmap command -v newuidmap
}

bench() {
	vm
	want qemu-system-arm command -v qemu-system-aarch64
}

check() {
	bench
	want shellcheck command -v shellcheck
	want strace command -v strace
	want jq command -v jq
	want perl perl -MPOSIX -MTerm::ANSIColor -e 1
	want xz-utils command -v xz
	want mandoc command -v mandoc
	want groff-base command -v groff
	want tmux command -v tmux
	want libxml2-utils command -v xmllint
	want bsdutils command -v script
	want bash-completion test -e /usr/share/bash-completion/bash_completion
	want clang command -v clang
	want libclang-rt-14-dev links_fuzzer
	want coccinelle command -v spatch
	want linux-libc-dev-armhf-cross \
		test -e /usr/arm-linux-gnueabihf/include/asm/unistd.h
}

case ${1:-} in
build | vm | own | bench | check) "$1" ;;
*)
	echo "usage: packages.sh build|vm|own|bench|check" >&2
	exit 2
	;;
esac

[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] &&
	command -v apt-get >/dev/null; then
	echo "# installing through apt: ${missing[*]}" >&2
	export DEBIAN_FRONTEND=noninteractive
	{
		apt-get update
		apt-get install -y --no-install-recommends "${missing[@]}"
	} >&2
else
	echo "hostdiag: these packages (Debian's names) are missing: ${missing[*]}; install them and run this again" >&2
	exit 1
fi
