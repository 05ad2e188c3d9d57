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

use_kernel "$1"
bench=$top/selftests/bench
peers=$cache/$kernel-peers
packages=gcc,make,libc6-dev,kmod,$headers
packages+=,strace,linux-perf,bpftrace,libbpf-tools,lttng-tools,systemtap
lttng="lttng-modules-dkms"	# its source alone

exec 9>"$peers.lock"
flock 9
# what measure does is not in it
stamp=$({
	cat "$kernel_dir/release" "$0" "$bench/unpack_peers.sh"
	sed -s '/^measure/,$d' "$bench"/peers/*.sh
} | sha256sum)
if [ "$(cat "$peers/stamp" 2>/dev/null)" = "$stamp" ]; then
	exit 0
fi

work=$peers.new
rm -rf "$work"
mkdir -p "$work/root"
log=$peers.log
trap 'tail -n 20 "$log" >&2; die "no peers for kernel $kernel: see $log"' ERR

say "fetching the peers, and building what they need (once, some minutes)"
# shellcheck disable=SC2016	# $1 is the hooks' own
mmdebstrap --variant=apt --include="$packages" \
	--dpkgopt='path-exclude=/usr/share/locale/*' \
	--dpkgopt='path-exclude=/usr/share/doc/*' \
	--dpkgopt='path-exclude=/usr/share/man/*' \
	--customize-hook="chroot \"\$1\" apt-get install -y --download-only --no-install-recommends $lttng" \
	--customize-hook="dpkg-deb -x \"\$1\"/var/cache/apt/archives/${lttng}_*.deb \"\$1\"" \
	--customize-hook='mv "$1"/usr/src/lttng-modules-* "$1/usr/src/lttng-modules"' \
	--customize-hook='rm -f "$1"/var/cache/apt/archives/*.deb' \
	"$suite" - - 2>"$log" <"$kernel_dir/sources" |
	tar -x --no-same-owner --exclude='./dev/*' -C "$work/root"
cp -r "$bench/peers" "$work/root/peers"
in_root "$work/root" "$work" sh -s "$(kernel_release)" \
	<"$bench/unpack_peers.sh" >>"$log" 2>&1
rm -rf "$work/root" "$peers"
echo "$stamp" >"$work/stamp"
mv "$work" "$peers"
