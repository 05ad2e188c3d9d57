#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# root.sh KERNEL: make, once, what the shapes of hangs are played with, in the
# cache, once the kernel's own part is there:
#
#	6.1-cases/base/	files to lay over the base: device mapper, nbd, NFS,
#			SQLite, with their libraries, and kernel modules
set -Eeuo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"
# shellcheck source=../qemu/once.sh
. "$top/selftests/qemu/once.sh"

use_kernel "$1"
packages=dmsetup,lvm2,thin-provisioning-tools,e2fsprogs,nbd-server,nbd-client
packages+=,netbase,nfs-kernel-server,nfs-common,iproute2,sqlite3,util-linux,mount,strace
packages+=,linux-image-$(kernel_release)

make_once "$cache/$kernel-cases" "no programs for kernel $kernel" < <(
	echo "$suite $packages"
	cat "$top/selftests/cases/unpack.sh"
)

say "fetching what the cases are played with on kernel $kernel (once, a minute or two)"
debian_root --variant=extract "${no_docs[@]}" \
	--include="$packages,base-files,libc-bin,bash,dash,coreutils,mawk,sed,kmod" \
	<"$kernel_dir/sources"
mkdir -p "$work/root/mnt"
in_root "$work/root" "$work" sh -s "$(kernel_release)" \
	<"$top/selftests/cases/unpack.sh" >>"$log" 2>&1
rm -rf "$work/root"
keep
