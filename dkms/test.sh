#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# test.sh: make install in a Debian root, modprobe in that kernel, make
# uninstall.  TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=../selftests/qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel 6.1
"$qemu_dir/root.sh" "$kernel"
release=$(kernel_release)
dir=$out/dkms
installed=$dir/root
rm -rf "$dir"
mkdir -p "$dir/guest/lib/modules" "$dir/guest/hostdiag"
trap 'rm -rf "$installed" "$dir/guest"' EXIT
cp -a "$root" "$installed"

# root_make ARGUMENT...: with this tree, as if on that host
root_make() {
	in_root "$installed" "$top" make --no-print-directory "$@"
}

# All files, but for what depmod writes and the key that DKMS signs with
files() {
	(cd "$installed" && find . ! -path './lib/modules/*/modules.*' \
		! -path './usr/lib/modules/*/modules.*' \
		! -path './var/lib/dkms/mok.*' | sort)
}

refused() {
	local said
	if said=$(root_make install KERNEL=0.0-none 2>&1); then
		echo "it was installed: $said"
		return 1
	fi
	grep -q "headers of kernel 0.0-none are missing" <<<"$said" || {
		echo "$said"
		return 1
	}
}

nothing_new() {
	files | diff "$dir/files" -
}

files >"$dir/files"
point "make install without headers says so" refused
point "and leaves nothing" nothing_new
point "make install" root_make install KERNEL="$release"
point "make install once more" root_make install KERNEL="$release"
point "DKMS has it installed" grep -q "hostdiag/.*$release.*installed" \
	<(in_root "$installed" "$dir" dkms status)

# What the guest sees of that host: its modules, as depmod has left them
cp -r "$installed/lib/modules/$release" "$dir/guest/lib/modules/"
rm -f "$dir/guest/lib/modules/$release"/{build,source}
install -D "$installed/usr/local/sbin/hostdiag" \
	"$dir/guest/usr/local/sbin/hostdiag"
install "$top/dkms/guest.sh" "$dir/guest/hostdiag/job"
"$qemu_dir/boot.sh" "$kernel" "$dir" 120
guest_points "$dir"

point "make uninstall" root_make uninstall
point "nothing is left of it" nothing_new
finish
