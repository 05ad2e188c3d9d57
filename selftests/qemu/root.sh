#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# root.sh KERNEL: make, once, what that kernel's tests start from, in the cache:
#
#	root/		a Debian root of its suite: compiler, headers, DKMS, sparse
#	vmlinuz		the kernel, never installed but unpacked
#	base.cpio.gz	the part of the initramfs that stays the same: busybox,
#			a few programs with their libraries, kernel modules
#	release		what uname -r says
#
# and say how long it took, in a TAP comment.
set -Eeuo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=lib.sh
. "$top/selftests/qemu/lib.sh"
# shellcheck source=once.sh
. "$top/selftests/qemu/once.sh"

use_kernel "$1"
packages=gcc,make,libc6-dev,dkms,sparse,kmod,xz-utils,strace
fetched=$image
configs=()
kbuild=
prefer=()
# or apt takes what the release has
case $suite in
*-backports) prefer=(--aptopt="APT::Default-Release \"$suite\"") ;;
esac
case $arch:$image in
amd64:linux-source*)
	packages+=,$image,bc,bison,flex,libelf-dev
	fetched=
	IFS=, read -ra configs <<<"$headers"
	configs=("${configs[@]/#/"$qemu_dir/config."}")
	;;
amd64:*) packages+=,$headers ;;
*)
	# The compiler that the headers want would have to run here; the cross
	# compiler does instead.
	packages+=,$cross_packages
	kbuild="/var/cache/apt/archives/linux-kbuild-*_amd64.deb"
	fetched="$image:$arch $headers:$arch kmod:$arch strace:$arch busybox-static:$arch"
	;;
esac

make_once "$kernel_dir" "no root for kernel $kernel" < <(
	echo "$suite $arch $image $packages"
	cat "$qemu_dir/unpack.sh"
	[ ${#configs[@]} = 0 ] ||
		cat "$qemu_dir/build_kernel.sh" "${configs[@]}"
)

# sources: of the suite, from where apt on this machine has Debian
sources() {
	local release=${suite%-backports}
	# shellcheck disable=SC2016	# the variables are apt's
	apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' \
		'Created-By: Packages' | sort -u >"$work/mirrors"
	awk -v release="$release" -v suite="$suite" '
	# a list of mirrors, as cloud images have: its first
	sub(/^mirror\+file:(\/\/)?/, "", $3) {
		sub(/\/$/, "", $3)
		list = $3
		$3 = ""
		if ((getline line <list) > 0)
			$3 = substr(line, 1, match(line "\t", /[ \t]/) - 1)
		close(list)
	}
	$1 == "Debian" && $2 == "Debian" && !mirror {
		mirror = $3
		print "deb " mirror " " release " main"
		if (suite != release)
			print "deb " mirror " " suite " main"
	}
	$1 == "Debian" && $2 == "Debian-Security" && !security {
		security = $3
		print "deb " security " " release "-security main"
	}
	END {
		if (!mirror || !security)
			print "apt knows no mirror of Debian and its security updates; try apt-get update" >"/dev/stderr"
		exit !mirror || !security
	}' "$work/mirrors"
}

say "fetching kernel $kernel and a Debian $suite to build for it (once, a minute or two)"
# What apt fetches is unpacked, and nothing of it is configured: no initramfs
# or boot loader is wanted, and no program of another architecture can run.  An
# old suite's Release file has expired.
sources >"$work/sources" 2>>"$log"
# shellcheck disable=SC2016	# $1 is the hooks' own
debian_root --variant=apt --include="$packages" "${no_docs[@]}" \
	--architectures="$(printf '%s\n' amd64 "$arch" | sort -u | paste -sd,)" \
	--aptopt='Acquire::Check-Valid-Until "false"' \
	"${prefer[@]}" \
	--customize-hook="[ -z '$fetched' ] || chroot \"\$1\" apt-get install -y --download-only --no-install-recommends $fetched" \
	--customize-hook="[ -z '$kbuild' ] || chroot \"\$1\" sh -c 'apt-get install -y --no-install-recommends $kbuild'" \
	--customize-hook='mkdir "$1/fetched"' \
	--customize-hook='mv "$1"/var/cache/apt/archives/*.deb "$1/fetched" || [ -z "'"$fetched"'" ]' \
	<"$work/sources"

if [ ${#configs[@]} -gt 0 ]; then
	say "building kernel $kernel (once, a few minutes)"
	in_root "$work/root" "$work" sh -s "$(cat "${configs[@]}")" \
		<"$qemu_dir/build_kernel.sh" >>"$log" 2>&1
fi
say "packing the initramfs of kernel $kernel"
in_root "$work/root" "$work" sh -s "$arch" <"$qemu_dir/unpack.sh" \
	>>"$log" 2>&1
# One shell for all, since an old busybox lacks what the tests use
[ -e "$work/base/bin/busybox" ] || cp /bin/busybox "$work/base/bin/"
(cd "$work/base" && find . | cpio -o -H newc -R 0:0 --quiet | gzip -1) \
	>"$work/base.cpio.gz"
rm -rf "$work/base"
keep
echo "# root of $kernel: made in $SECONDS s"
