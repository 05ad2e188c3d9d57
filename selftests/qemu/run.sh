#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh KERNEL: the kernel tests in that kernel, in QEMU, with the module that
# build.sh built.  TAP: the guest's own, and whether it came to a good end.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

# The guest has all that the tests need.
no_skips() {
	! grep "# SKIP" "$out/results.tap"
}

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

guest_points "$out"
point "nothing was skipped" no_skips
finish
