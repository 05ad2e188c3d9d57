#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# test_packages.sh deb|rpm: the packages of that kind in a Debian root with a
# stock kernel's headers: installed, upgraded with the module in use, rebuilt
# for another kernel that is installed, removed.  The kernels are booted with
# what is in that root then.  No Red Hat userland is to be had from Debian: the
# rpm is installed by Debian's rpm, which does not know what else is there.
# TAP.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=../selftests/qemu/lib.sh
. "$top/selftests/qemu/lib.sh"

kind=$1
"$top/dkms/builder.sh"
use_kernel 6.1
release=$(kernel_release)
other=$(cat "$cache/packages/release")
dir=$out/packages-$kind
installed=$dir/root
rm -rf "$dir"
mkdir -p "$dir"
trap 'rm -rf "$installed" "$dir"/{next,upgrade/guest,other/guest}' EXIT

version=$(sed -n 's/^#define HD_VERSION.*"\(.*\)"$/\1/p' "$top/module/version.h")
next=${version%.*}.$((${version##*.} + 1))
docs=hostdiag-dkms
# as Debian's rpm has it
[ "$kind" = deb ] || docs+=-$version

# --- of either kind

# whoever publishes them has an address; these have none
lint_deb() {
	in_root "$cache/packages/root" "$top/out/deb" \
		lintian --allow-root -I --pedantic \
		--suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog \
		--fail-on error,warning,info,pedantic \
		"hostdiag_${version}_amd64.changes"
}

prepare_deb() {
	in_root "$installed" "$cache/packages/openssl" sh -c 'dpkg -i ./*.deb'
}

# install_deb DIR: the packages that are there
install_deb() {
	in_root "$installed" "$1" \
		sh -c 'dpkg -i hostdiag_*_amd64.deb hostdiag-dkms_*_all.deb'
}

remove_deb() {
	in_root "$installed" / dpkg --purge hostdiag hostdiag-dkms
}

lint_rpm() {
	local said
	said=$(in_root "$cache/packages/root" "$top" sh -c \
		'rpmlint -c dkms/rpm/rpmlint.toml out/rpm/*.rpm out/rpm/*.spec')
	echo "$said"
	grep -q ' 3 packages .* 0 errors, 0 warnings' <<<"$said"
}

prepare_rpm() {
	prepare_deb
	in_root "$installed" "$cache/packages/rpm" sh -c 'dpkg -i ./*.deb'
	in_root "$installed" / rpm --initdb
	# which belong to Red Hat's package "filesystem"
	mkdir -p "$installed"/usr/share/{licenses,man/man4}
}

install_rpm() {
	in_root "$installed" "$1" sh -c \
		'rpm -U --nodeps hostdiag-[0-9]*.x86_64.rpm hostdiag-dkms-*.noarch.rpm'
}

remove_rpm() {
	in_root "$installed" / rpm -e hostdiag hostdiag-dkms
}

# --- what is seen of them

# All files, but for what depmod writes, the key that DKMS signs with, what the
# package managers keep for themselves, and kernels, whose packages say /lib
# where it is /usr/lib
files() {
	(cd "$installed" && find . ! -path './usr/lib/modules/*/modules.*' \
		! -path './var/lib/dkms/mok.*' \
		! -path './var/lib/dpkg/info/linux-*' \
		! -path './var/lib/dpkg/*-old' ! -path './var/log/*' |
		grep -vxFf <(sed 's|^|.|; s|^\./lib/|./usr/lib/|' \
			var/lib/dpkg/info/linux-*.list) | sort)
}

nothing_new() {
	files | diff "$dir/files" -
}

# The serial number of the key that DKMS has made, as modinfo prints it
key_of_dkms() {
	in_root "$installed" / openssl x509 -inform DER -in /var/lib/dkms/mok.pub \
		-noout -serial | sed 's/^serial=//; s/../&:/g; s/:$//'
}

# has VERSION RELEASE: DKMS has that version of it for that kernel, and no
# other, and has signed it
has() {
	local said key
	said=$(in_root "$installed" / dkms status hostdiag -k "$2")
	key=$(key_of_dkms)
	echo "$said, signed by '$key'"
	[[ $said == "hostdiag/$1, $2, "*": installed"* ]] &&
		[ "$(wc -l <<<"$said")" = 1 ] &&
		[ "$(modinfo_of "$2" version)" = "$1" ] &&
		[[ $(modinfo_of "$2" vermagic) == "$2 "* ]] &&
		[ -n "$key" ] && [ "$(modinfo_of "$2" sig_key)" = "$key" ]
}

modinfo_of() {
	in_root "$installed" / modinfo -k "$1" -F "$2" hostdiag
}

# take_modules RELEASE DIR: the modules of that kernel, as the root has them
take_modules() {
	mkdir -p "$(dirname "$2")"
	cp -r "$installed/lib/modules/$1" "$2"
	rm -f "$2"/{build,source}
}

# guest DIR: with what is in the root now
guest() {
	mkdir -p "$1/guest/hostdiag"
	install -D "$installed/usr/sbin/hostdiag" "$1/guest/usr/sbin/hostdiag"
	install "$top/dkms/guest.sh" "$1/guest/hostdiag/job"
}

# What loads and unloads modules on that host only notes that it was called
watch_loading() {
	local tool
	for tool in modprobe insmod rmmod; do
		ln -sf /usr/local/bin/note "$installed/usr/sbin/$tool"
	done
	# shellcheck disable=SC2016	# the variables are that script's
	printf '#!/bin/sh\necho "$0 $*" >>/var/log/loading\n' \
		>"$installed/usr/local/bin/note"
	chmod 755 "$installed/usr/local/bin/note"
}

nothing_loaded() {
	! cat "$installed/var/log/loading" 2>/dev/null
}

install_headers() {
	in_root "$installed" "$cache/packages/headers" sh -c 'dpkg -i linux-*.deb'
}

# installed_files FILE...: they are there
installed_files() {
	local file
	for file; do
		[ -e "$installed/$file" ] || {
			echo "no $file"
			return 1
		}
	done
}

# next_packages: the same sources, of the version to come
next_packages() {
	mkdir -p "$dir/next"
	(cd "$top" && cp -a Kbuild LICENSE Makefile README.md dkms module \
		selftests uapi userspace "$dir/next")
	sed -i "s/\"$version\"/\"$next\"/" "$dir/next/module/version.h"
	"$dir/next/dkms/packages.sh" "$kind"
}

# --- what happens

point "$version: the packages are built" "$top/dkms/packages.sh" "$kind"
point "the linter has nothing to say" "lint_$kind"
point "$next: the packages are built" next_packages

cp -a "$kernel_dir/root" "$installed"
# man pages are a part of it
rm "$installed"/etc/dpkg/dpkg.cfg.d/*
"prepare_$kind" >"$dir/prepare.log" 2>&1
watch_loading
files >"$dir/files"

point "$version is installed" "install_$kind" "$top/out/$kind"
point "it is built for the stock kernel" has "$version" "$release"
guest "$dir/upgrade"
take_modules "$release" "$dir/upgrade/guest/lib/modules/$release"
point "with its man pages and completion" installed_files \
	usr/share/man/man{4/hostdiag.4,8/hostdiag.8}.gz \
	usr/share/bash-completion/completions/hostdiag
point "and its units of systemd" installed_files \
	usr/lib/systemd/system/hostdiag-{metrics.service,metrics.timer,record.service}
point "and examples of settings" installed_files \
	"usr/share/doc/$docs/examples"/{modprobe,modules-load}.d/hostdiag.conf

point "$next is installed over it" "install_$kind" "$dir/next/out/$kind"
point "it is built for the stock kernel, and the old one is gone" \
	has "$next" "$release"
take_modules "$release" "$dir/upgrade/guest/hostdiag/next/modules"
cp "$installed/usr/sbin/hostdiag" "$dir/upgrade/guest/hostdiag/next/"
echo "$next" >"$dir/upgrade/guest/hostdiag/next/version"

"$qemu_dir/boot.sh" "$kernel" "$dir/upgrade" 120
guest_points "$dir/upgrade"

point "another kernel is installed" install_headers
point "the module is built for it" has "$next" "$other"
guest "$dir/other"
take_modules "$other" "$dir/other/guest/lib/modules/$other"
mkdir -p "$dir/cache/$kernel"
ln -s "$cache/packages/vmlinuz" "$kernel_dir/base.cpio.gz" "$dir/cache/$kernel/"
HOSTDIAG_CACHE=$dir/cache "$qemu_dir/boot.sh" "$kernel" "$dir/other" 120
guest_points "$dir/other"

point "it is removed" "remove_$kind"
point "nothing is left of it" nothing_new
point "nothing loaded or unloaded a module meanwhile" nothing_loaded
finish
