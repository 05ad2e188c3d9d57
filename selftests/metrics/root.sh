#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# root.sh: make, once, in the cache, a Debian root with those that hostdiag's
# metrics are for: Prometheus, node_exporter, jq, systemd.
set -Eeuo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel 6.1
"$qemu_dir/root.sh" "$kernel"
packages=prometheus,prometheus-node-exporter,jq,systemd,busybox-static
to=$cache/metrics

exec 9>"$to.lock"
flock 9
stamp=$(cat "$kernel_dir/sources" "$0" | sha256sum)
if [ "$(cat "$to/stamp" 2>/dev/null)" = "$stamp" ]; then
	exit 0
fi

work=$to.new
log=$to.log
rm -rf "$work"
mkdir -p "$work/root"
trap 'tail -n 20 "$log" >&2; die "no root for metrics: see $log"' ERR
say "fetching Prometheus and others (once, a minute or two)"
mmdebstrap --variant=apt --include="$packages" \
	--dpkgopt='path-exclude=/usr/share/locale/*' \
	--dpkgopt='path-exclude=/usr/share/doc/*' \
	--dpkgopt='path-exclude=/usr/share/man/*' \
	"$suite" - - 2>"$log" <"$kernel_dir/sources" |
	tar -x --no-same-owner --exclude='./dev/*' -C "$work/root"
rm -f "$work"/root/var/cache/apt/archives/*.deb
rm -rf "$to"
echo "$stamp" >"$work/stamp"
mv "$work" "$to"
