#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh KERNEL: the kernel tests in that kernel, in QEMU, with the module that
# build.sh built.  TAP: the guest's own, and whether it came to a good end.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
guest=$out/guest
rm -rf "$guest"
mkdir -p "$guest/hostdiag/selftests/kernel"
cp "$out/hostdiag.ko" "$guest/hostdiag/"
install -D "$top/userspace/hostdiag" "$guest/usr/bin/hostdiag"
cp "$top/selftests/run.sh" "$guest/hostdiag/selftests/"
cp -r "$top"/selftests/kernel/{*.sh,bin} "$guest/hostdiag/selftests/kernel/"
cat >"$guest/hostdiag/job" <<-'EOF'
	#!/bin/sh
	exec /hostdiag/selftests/run.sh
EOF
chmod +x "$guest/hostdiag/job"

"$qemu_dir/boot.sh" "$kernel" "$out" 900

# the guest's points keep their words and get the numbers of this stream
while IFS= read -r line; do
	case $line in
	"ok "* | "not ok "*)
		points=$((points + 1))
		verdict=${line%%ok *}ok
		text=${line#"$verdict" }
		echo "$verdict $points ${text#* }"
		;;
	1..* | TAP*) ;;
	*) echo "$line" ;;
	esac
done <"$out/results.tap"
point "$(kernel_release) and its tests come to a good end" \
	"$qemu_dir/verdict.sh" "$out"
finish
