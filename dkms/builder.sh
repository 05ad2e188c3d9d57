#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# builder.sh: make, once, in the cache's "packages", what packages are built and
# tested with, after root.sh of kernel 6.1:
#
#	root/		a Debian root with the tools of both kinds of packages
#	openssl/	for a root of kernel 6.1, as .deb files: what DKMS makes keys
#			with
#	rpm/		the same of rpm
#	headers/	the headers of another kernel, as .deb files
#	vmlinuz		that kernel
#	release		what uname -r says there
set -Eeuo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=../selftests/qemu/lib.sh
. "$top/selftests/qemu/lib.sh"
# shellcheck source=../selftests/qemu/once.sh
. "$top/selftests/qemu/once.sh"

use_kernel 6.1
"$qemu_dir/root.sh" "$kernel"
tools="debhelper dh-dkms lintian rpm rpmlint"
other=cloud-amd64

make_once "$cache/packages" "no root to build packages in" <"$kernel_dir/stamp"
say "fetching a Debian $suite to build packages in (once, two minutes)"

# fetch DIR PACKAGE...: a hook: keep these, and what they need, in /DIR
fetch() {
	local into=$1
	shift
	echo "chroot \"\$1\" sh -ec 'apt-get clean
		apt-get install -y --download-only --no-install-recommends $*
		mkdir /$into
		mv /var/cache/apt/archives/*.deb /$into'"
}

debian_root --variant=apt --include=gcc,make,libc6-dev,zlib1g-dev,dkms,kmod \
	--customize-hook="$(fetch openssl openssl)" \
	--customize-hook="$(fetch rpm rpm)" \
	--customize-hook="$(fetch headers linux-headers-$other)" \
	--customize-hook="$(fetch image linux-image-$other)" \
	--customize-hook="chroot \"\$1\" apt-get install -y --no-install-recommends $tools" \
	<"$kernel_dir/sources"

mv "$work"/root/{openssl,rpm,headers} "$work"
in_root "$work/root" "$work" sh -euc '
	dpkg-deb -x /image/linux-image-*[0-9]*-'$other'_*.deb /image
	mv /image/boot/vmlinuz-* vmlinuz
	basename /image/lib/modules/* >release
	rm -r /image' >>"$log" 2>&1
keep
