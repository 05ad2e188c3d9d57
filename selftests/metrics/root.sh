#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# root.sh: make, once, in the cache, a Debian root with those that hostdiag's
# metrics are for: Prometheus, node_exporter, jq, systemd.
set -Eeuo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"
# shellcheck source=../qemu/once.sh
. "$top/selftests/qemu/once.sh"

use_kernel 6.1
"$qemu_dir/root.sh" "$kernel"
packages=prometheus,prometheus-node-exporter,jq,systemd,busybox-static

make_once "$cache/metrics" "no root for metrics" <"$kernel_dir/sources"
say "fetching Prometheus and others (once, a minute or two)"
debian_root --variant=apt --include="$packages" "${no_docs[@]}" \
	<"$kernel_dir/sources"
rm -f "$work"/root/var/cache/apt/archives/*.deb
keep
