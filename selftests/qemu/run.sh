#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# run.sh KERNEL [TEST...]: the kernel tests in that kernel, or those that are
# named, in QEMU, with the module that build.sh built; in a kernel that checks
# itself, also those that need one.  TAP: the guest's own, and whether it came to
# a good end.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
shift
guest=$out/guest
reader=$top/userspace/hostdiag
programs=$top/selftests/kernel/bin
expected=$top/selftests/expect/$kernel.skips

# The reader and the workloads, for another architecture
cross_build() {
	local part dir=$out/programs
	rm -rf "$dir"
	mkdir -p "$dir"
	(cd "$top" && cp -r --parents module uapi userspace/{Makefile,*.[ch],*/*.[ch]} \
		selftests/{Makefile,{kernel,cases}/*.[ch]} "$dir")
	for part in userspace selftests; do
		in_root "$root" "$dir" make -s -C "$part" \
			CC="$cross_compile"gcc
	done
}

rm -rf "$guest"
mkdir -p "$guest/hostdiag/selftests/kernel"
if [ -n "$cross_compile" ]; then
	cross_build
	reader=$out/programs/userspace/hostdiag
	programs=$out/programs/selftests/kernel/bin
fi
cp "$out"/hostdiag{,_locks}.ko "$guest/hostdiag/"
install -D "$reader" "$guest/usr/bin/hostdiag"
cp "$top/selftests/run.sh" "$guest/hostdiag/selftests/"
cp -r "$top"/selftests/kernel/*.sh "$programs" \
	"$guest/hostdiag/selftests/kernel/"
# runs_here TEST: one of the kernel's own code alone, which is the same on every
# kernel, runs on two of the usual ones; make check-long runs it on all
runs_here() {
	case $kernel in
	6.1 | newest | own) return ;;
	esac
	[ -n "${HOSTDIAG_LONG:-}" ] || ! grep -qx '# kernels: two' "$1"
}

tests=("$@")
if [ $# = 0 ]; then
	for test in "$top"/selftests/kernel/[0-9][0-9]-*.sh; do
		! runs_here "$test" || tests+=("$test")
	done
	[ "$slow" = 1 ] || tests+=("$top"/selftests/kernel/debug-*.sh)
fi
cat >"$guest/hostdiag/job" <<-EOF
	#!/bin/sh
	export HOSTDIAG_SLOW=$slow
	exec /hostdiag/selftests/run.sh ${tests[*]##*/}
EOF
chmod +x "$guest/hostdiag/job"

echo "# kernel: $(kernel_release)"
"$qemu_dir/boot.sh" "$kernel" "$out" $((1800 * slow))

guest_points "$out"
# own: nobody knows what its guest has
[ "$kernel" = own ] ||
	point "nothing was skipped that could be tested" \
		no_more_skips "$out" "$expected"
finish
