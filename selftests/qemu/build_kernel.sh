#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# build_kernel.sh CONFIG: in a kernel's root: build it, and leave it in /image
# as a package would.
set -eu

cd /usr/src
tar -xJf linux-source-*.tar.xz
rm linux-source-*.tar.xz
cd linux-source-*
echo "$1" >small.config
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
rm -f "/image/lib/modules/$release"/build "/image/lib/modules/$release"/source
cp arch/x86/boot/bzImage "/image/boot/vmlinuz-$release"
mkdir -p "/lib/modules/$release"
ln -s "$PWD" "/lib/modules/$release/build"
