#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# packages.sh deb|rpm: the packages hostdiag and hostdiag-dkms, as files in
# out/deb or out/rpm, built in a Debian root that is made once.
set -Eeuo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=../selftests/qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

builder=$cache/packages/root
version=$(sed -n 's/^#define HD_VERSION.*"\(.*\)"$/\1/p' "$top/module/version.h")
# of the newest file, so that the same sources make the same packages
newest=$(find "$top"/{Kbuild,module,uapi,userspace,dkms} -type f -printf '%T@\n' |
	sort -n | tail -n 1)

# fill_in FILE DATE: a template
fill_in() {
	sed -e "s/@VERSION@/$version/g" -e "s/@DATE@/$2/g" "$1"
}

# copy_tree DIR: the sources, with nothing that was built from them
copy_tree() {
	mkdir -p "$1"
	(cd "$top" && cp -a Kbuild LICENSE Makefile README.md dkms module \
		selftests uapi userspace "$1")
	make -s -C "$1" clean
}

build_deb() {
	local tree=$dir/hostdiag-$version
	copy_tree "$tree"
	cp -a "$tree/dkms/debian" "$tree/debian"
	fill_in "$tree/debian/changelog.in" \
		"$(LC_ALL=C date -u -d "@$newest" '+%a, %d %b %Y %H:%M:%S +0000')" \
		>"$tree/debian/changelog"
	rm "$tree/debian/changelog.in"
	# -d: it has gcc and make, but not all of build-essential
	in_root "$builder" "$dir" \
		sh -c "cd hostdiag-$version && dpkg-buildpackage -d -us -uc"
	rm -r "$tree"
}

build_rpm() {
	local tree=$dir/hostdiag-$version
	copy_tree "$tree"
	fill_in "$tree/dkms/rpm/hostdiag.spec.in" \
		"$(LC_ALL=C date -u -d "@$newest" '+%a %b %d %Y')" \
		>"$dir/hostdiag.spec"
	mkdir "$dir/work"
	tar -C "$dir" --owner=0 --group=0 -czf "$dir/work/hostdiag-$version.tar.gz" \
		"hostdiag-$version"
	rm -r "$tree"
	# what its BuildRequires name is not known to this root's rpm
	in_root "$builder" "$dir" rpmbuild -ba --nodeps \
		--define '_topdir /mnt/work' --define '_sourcedir /mnt/work' \
		hostdiag.spec
	mv "$dir"/work/{SRPMS,RPMS/*}/*.rpm "$dir"
	rm -r "$dir/work"
}

case ${1:-} in
deb | rpm) ;;
*)
	echo "usage: packages.sh deb|rpm" >&2
	exit 2
	;;
esac
dir=$top/out/$1
"$top/dkms/builder.sh"
rm -rf "$dir"
mkdir -p "$dir"
exec 3>&2
trap '{ tail -n 30 "$dir/log"; die "no packages: see $dir/log"; } >&3 2>&3' ERR
"build_$1" >"$dir/log" 2>&1
(cd "$dir" && ls -- *."$1")
