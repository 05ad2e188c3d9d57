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

use_kernel "$1"
life=$cache/$kernel-life
packages=stress-ng,fio,nginx,wrk,postgresql-15

exec 9>"$life.lock"
flock 9
stamp=$(echo "$suite $packages" | cat - "$0" "$top/selftests/life/unpack.sh" |
	sha256sum)
if [ "$(cat "$life/stamp" 2>/dev/null)" = "$stamp" ]; then
	exit 0
fi

work=$life.new
rm -rf "$work"
mkdir -p "$work/root/mnt"
log=$life.log
trap 'tail -n 20 "$log" >&2; die "no programs for kernel $kernel: see $log"' ERR

say "fetching what loads kernel $kernel (once, some minutes)"
mmdebstrap --variant=extract --include="$packages,base-files,libc-bin,bash,dash,coreutils,mawk" \
	--dpkgopt='path-exclude=/usr/share/locale/*' \
	--dpkgopt='path-exclude=/usr/share/doc/*' \
	--dpkgopt='path-exclude=/usr/share/man/*' \
	"$suite" - - 2>"$log" <"$kernel_dir/sources" |
	tar -x --no-same-owner --exclude='./dev/*' -C "$work/root"
in_root "$work/root" "$work" sh -s <"$top/selftests/life/unpack.sh" \
	>>"$log" 2>&1
rm -rf "$work/root" "$life"
echo "$stamp" >"$work/stamp"
mv "$work" "$life"
