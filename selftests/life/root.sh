#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# root.sh KERNEL: make, once, what gives that kernel's guest something to do, in
# the cache, once the kernel's own part is there:
#
#	6.1-life/base/	files to lay over the base: stress-ng, fio, nginx, wrk,
#			PostgreSQL, with their libraries
set -Eeuo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"
# shellcheck source=../qemu/once.sh
. "$top/selftests/qemu/once.sh"

use_kernel "$1"
packages=stress-ng,fio,nginx,wrk,postgresql-15

make_once "$cache/$kernel-life" "no programs for kernel $kernel" < <(
	echo "$suite $packages"
	cat "$top/selftests/life/unpack.sh"
)

say "fetching what loads kernel $kernel (once, some minutes)"
debian_root --variant=extract "${no_docs[@]}" \
	--include="$packages,base-files,libc-bin,bash,dash,coreutils,mawk" \
	<"$kernel_dir/sources"
mkdir -p "$work/root/mnt"
in_root "$work/root" "$work" sh -s <"$top/selftests/life/unpack.sh" \
	>>"$log" 2>&1
rm -rf "$work/root"
keep
