#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# build_kernel.sh SOURCE-PACKAGE CONFIG: in a kernel's root: build it, and
# leave it in /image as a package would.
set -eu

cd /usr/src
tar -xJf "$1.tar.xz"
rm "$1.tar.xz"
cd "$1"
echo "$2" >small.config
make -s KCONFIG_ALLCONFIG=small.config allnoconfig
# an option that this kernel does not have, or whose conditions are not met
if grep '^CONFIG_.*=[ym]' small.config | grep -vxFf .config; then
	echo "these options did not come to be"
	exit 1
fi
make -s -j"$(nproc)" bzImage modules
release=$(make -s kernelrelease)
mkdir -p /image/usr/lib /image/boot
ln -s usr/lib /image/lib
make -s modules_install INSTALL_MOD_PATH=/image
rm "/image/lib/modules/$release"/build "/image/lib/modules/$release"/source
cp arch/x86/boot/bzImage "/image/boot/vmlinuz-$release"
mkdir -p "/lib/modules/$release"
ln -s "/usr/src/$1" "/lib/modules/$release/build"
