# SPDX-License-Identifier: GPL-2.0-only
# For people; "make help" says what there is.  The module's own build is in
# Kbuild, which make -C KERNEL_BUILD_DIR M=$PWD modules uses by itself.

KERNEL ?= $(shell uname -r)
KDIR ?= /lib/modules/$(KERNEL)/build
KERNELS ?= $(shell awk '!/^\#/ && NF { print $$1 }' selftests/qemu/kernels)
LONG_KERNELS := $(shell awk '!/^\#/ && NF { print $$1 }' selftests/qemu/kernels-long)
PEERS ?= $(basename $(notdir $(wildcard selftests/bench/peers/*.sh)))

all: reader module

help:
	@echo 'make                      the reader, and the module for the running kernel'
	@echo 'make KERNEL=RELEASE       the module for another kernel that has its headers here'
	@echo 'make KDIR=DIR             the module for the kernel that was built in DIR'
	@echo 'make reader               the reader alone: userspace/hostdiag, static'
	@echo 'make demo                 boot a stock kernel in QEMU, and see what it is good for'
	@echo 'make check                all the tests, on all the kernels of selftests/qemu/kernels'
	@echo 'make check KERNELS=6.1    the same, on the kernels that are named'
	@echo 'make check KERNEL_BUILD=DIR   on the x86-64 kernel that was built in DIR'
	@echo 'make check-long           what takes hours: debug kernels, faults, load'
	@echo 'make bench                what hostdiag costs, in guest instructions, beside its peers'
	@echo 'make bench PEERS=         the same, without them; PEERS="strace perf": with these'
	@echo 'make bench-scale          what it costs beside more tasks, and on more CPUs'
	@echo 'make install              on this host, through DKMS, with the reader; as root'
	@echo 'make uninstall            undo that'
	@echo 'make deb                  Debian packages of both, in out/deb; make rpm: rpms, in out/rpm'
	@echo 'make clean                remove all that was built here'

module:
	@[ -e "$(KDIR)/Makefile" ] || { \
		echo "hostdiag: no kernel headers in $(KDIR): install them (Debian: linux-headers-$(KERNEL), and for updates linux-headers-amd64 or -arm64; Red Hat: kernel-devel-$(KERNEL)), or name another kernel: make help" >&2; \
		exit 1; }
	$(MAKE) -C "$(KDIR)" M="$(CURDIR)" modules

reader:
	@$(MAKE) --no-print-directory -C userspace

demo:
	@selftests/qemu/packages.sh vm
	@selftests/demo/run.sh

# the kernel in KERNEL_BUILD, where that is given
check: export KERNEL_BUILD := $(abspath $(KERNEL_BUILD))
check:
	@selftests/check.sh $(if $(KERNEL_BUILD),own,$(KERNELS))

# on its own kernels, if none are named
check-long:
	@selftests/check.sh -l \
		$(if $(filter file,$(origin KERNELS)),$(LONG_KERNELS),$(KERNELS))

# on 6.1, if no kernels are named
bench:
	@selftests/qemu/packages.sh bench
	@selftests/bench/bench.sh "$(PEERS)" \
		$(if $(filter file,$(origin KERNELS)),6.1,$(KERNELS))

bench-scale:
	@selftests/qemu/packages.sh vm
	@selftests/bench/scale.sh 6.1

install: reader
	@dkms/dkms.sh install "$(KERNEL)"
	@$(MAKE) --no-print-directory -C userspace install

uninstall:
	@dkms/dkms.sh uninstall
	@$(MAKE) --no-print-directory -C userspace uninstall

deb rpm:
	@selftests/qemu/packages.sh vm
	@dkms/packages.sh $@

# kbuild's products too, without asking for a kernel
clean:
	@$(MAKE) --no-print-directory -C userspace clean
	@$(MAKE) --no-print-directory -C selftests clean
	rm -rf out .tmp_versions
	rm -f module/compat/generated.h module/compat/conf.log
	find . -path ./.git -prune -o -type f \( -name '*.o' -o -name '*.ko' \
		-o -name '*.mod' -o -name '*.mod.c' -o -name '.*.cmd' -o \
		-name modules.order -o -name Module.symvers \) -exec rm {} +

.PHONY: all help module reader demo check check-long bench bench-scale install uninstall \
	deb rpm clean
