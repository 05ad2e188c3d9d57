#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# peers.sh KERNEL: make, once, what the peers need in that kernel's guest, in
# the cache, once root.sh has made the kernel's own part:
#
#	6.1-peers/NAME/		files to lay over the base
#	6.1-peers/NAME.missing	there are none, and why
set -Eeuo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"
# shellcheck source=../qemu/once.sh
. "$top/selftests/qemu/once.sh"

use_kernel "$1"
bench=$top/selftests/bench
packages=gcc,make,libc6-dev,kmod,$headers
packages+=,strace,linux-perf,bpftrace,libbpf-tools,lttng-tools,systemtap
lttng="lttng-modules-dkms"	# its source alone

make_once "$cache/$kernel-peers" "no peers for kernel $kernel" < <(
	cat "$kernel_dir/release" "$bench/unpack_peers.sh"
	# what they are measured by does not change them
	sed -s '/^measure/,$d' "$bench"/peers/*.sh
)

say "fetching the peers, and building what they need (once, some minutes)"
# shellcheck disable=SC2016	# $1 is the hooks' own
debian_root --variant=apt --include="$packages" "${no_docs[@]}" \
	--customize-hook="chroot \"\$1\" apt-get install -y --download-only --no-install-recommends $lttng" \
	--customize-hook="dpkg-deb -x \"\$1\"/var/cache/apt/archives/${lttng}_*.deb \"\$1\"" \
	--customize-hook='mv "$1"/usr/src/lttng-modules-* "$1/usr/src/lttng-modules"' \
	--customize-hook='rm -f "$1"/var/cache/apt/archives/*.deb' \
	<"$kernel_dir/sources"
cp -r "$bench/peers" "$work/root/peers"
in_root "$work/root" "$work" sh -s "$(kernel_release)" \
	<"$bench/unpack_peers.sh" >>"$log" 2>&1
rm -rf "$work/root"
keep
