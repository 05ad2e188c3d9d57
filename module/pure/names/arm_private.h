/* SPDX-License-Identifier: GPL-2.0-only */
/* Syscalls of 32-bit Arm that are private to it: number, name, class. */
HD_SYSCALL(983041, breakpoint, OTHER)
HD_SYSCALL(983042, cacheflush, OTHER)
HD_SYSCALL(983043, usr26, OTHER)
HD_SYSCALL(983044, usr32, OTHER)
HD_SYSCALL(983045, set_tls, OTHER)
HD_SYSCALL(983046, get_tls, OTHER)
