#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# unpack.sh ARCH: in a kernel's root, with what root.sh fetched in /fetched and
# the kernel's part of the cache on /mnt: unpack the kernel into vmlinuz and
# release, foreign headers into the root, and lay out base.
set -eu

arch=$1
modules="null_blk loop ext4 overlay fuse nbd unix_diag"
programs="/usr/bin/strace /bin/kmod"
native=$(dpkg --print-architecture)

# into DIR DEB...: a root's links, as /lib, stay links
into() {
	dir=$1
	shift
	for deb; do
		dpkg-deb --fsys-tarfile "$deb" |
			tar -x --keep-directory-symlink -C "$dir"
	done
}

mkdir -p /image/usr/lib
ln -sfn usr/lib /image/lib
tree=
if [ "$arch" != "$native" ]; then
	into / /fetched/linux-headers-*.deb
	rm -f /fetched/linux-headers-*.deb
	tree=/image
fi
for deb in /fetched/*_"$arch".deb; do
	case ${deb##*/} in
	'*'*) ;; # built here
	linux-*) into /image "$deb" ;;
	*) [ -z "$tree" ] || into /image "$deb" ;;
	esac
done
rm -rf /fetched

release=$(basename /image/lib/modules/*)
echo "$release" >/mnt/release
find /image/ -type f -name 'vmlinuz*' -exec cp {} /mnt/vmlinuz \;
test -e /mnt/vmlinuz
test -e "/lib/modules/$release/build/Makefile"

# Some headers bring their kernel with them.
rm -rf "/lib/modules/$release/kernel"

# The few modules that are used, in the root as in the initramfs
depmod -b /image "$release"
cp "/image/lib/modules/$release"/modules.order \
	"/image/lib/modules/$release"/modules.builtin* "/lib/modules/$release/"
# shellcheck disable=SC2086	# a list
modprobe -d /image -S "$release" -aD $modules |
	sed -n 's/^insmod //p' | cut -d ' ' -f 1 | sort -u |
	while read -r file; do
		mkdir -p "$(dirname "${file#/image}")"
		cp "$file" "${file#/image}"
	done
find "/lib/modules/$release/" -name '*.ko.xz' -exec xz -d {} +
depmod "$release"

mkdir /mnt/base
cd /mnt/base
mkdir -p bin sbin dev proc sys tmp root run etc usr/bin usr/sbin lib/modules
cp -a "/lib/modules/$release" lib/modules/
rm -f lib/modules/*/build lib/modules/*/source

# needs FILE...: these and the libraries that they name
needs() {
	for file; do
		echo "$file"
		readelf -ld "$tree$file" | sed -n \
			-e 's/.*program interpreter: \(.*\)\]$/\1/p' \
			-e 's/.*(NEEDED).*\[\(.*\)\]$/\1/p' |
			while read -r name; do
				case $name in
				/*) echo "$name" ;;
				*) find "$tree/lib/" "$tree/usr/lib/" -name "$name" \
					-print -quit | sed "s|^$tree||" ;;
				esac
			done
	done | sort -u
}

files=
more=$programs
[ -z "$tree" ] || more="/bin/busybox $more"
until [ "$more" = "$files" ]; do
	files=$more
	# shellcheck disable=SC2086	# a list
	more=$(needs $files)
done
for file in $files; do
	mkdir -p ".${file%/*}"
	cp -L "$tree$file" ".$file"
done
rm -rf /image

for name in modprobe insmod rmmod lsmod modinfo; do
	ln -s /bin/kmod "sbin/$name"
done
echo root:x:0:0:root:/root:/bin/sh >etc/passwd
echo root:x:0: >etc/group
