#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# measure.sh KERNEL WHAT RUN: boot what run.sh has prepared, and leave the
# guest's figures in out/KERNEL/bench/WHAT.RUN/figures.  WHAT is
#
#	own	hostdiag by group and whole, and empty probes
#	clock	hostdiag where the TSC is not the kernel's clocksource
#	crowd	hostdiag with 10 000 live tasks
#
# or one of the peers.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

use_kernel "$1"
what=$2
dir=$out/bench/$what.$3
peers=$cache/$kernel-peers
clocksource=tsc
figures=$dir/figures

mkdir -p "$dir"
cp -r "$out/bench/guest" "$dir/"
case $what in
own | crowd) ;;
clock) clocksource=hpet ;;
*)
	if [ ! -e "$peers/$what" ]; then
		echo "missing $what not built: $(cat "$peers/$what.missing")" \
			>"$figures"
		exit
	fi
	cp -r "$peers/$what/." "$dir/guest/"
	cp "$top/selftests/bench/peers/$what.sh" "$dir/guest/hostdiag/bench/peer"
	;;
esac
printf '#!/bin/sh\nexec /hostdiag/bench/guest.sh %s\n' "$what" \
	>"$dir/guest/hostdiag/job"
chmod +x "$dir/guest/hostdiag/job"

say "measuring $what on $(kernel_release), run $3"
"$qemu_dir/boot.sh" "$kernel" "$dir" 600 count "$clocksource"
cp "$dir/results.tap" "$figures"
ended=$(tail -n 1 "$figures")
[ "$ended" = "# guest: the job ended with status 0" ] ||
	echo "missing $what failed: $(cat "$dir/ended"), ${ended#\# guest: }" \
		>>"$figures"
rm -rf "$dir/guest"
