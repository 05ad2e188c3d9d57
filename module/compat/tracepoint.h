/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints, which need not be exported, since they are found by their names. */
#ifndef HD_COMPAT_TRACEPOINT_H
#define HD_COMPAT_TRACEPOINT_H

int hd_tracepoint_register(const char *name, void *probe);
void hd_tracepoint_unregister(const char *name, void *probe);
void hd_tracepoint_synchronize(void);

#endif /* HD_COMPAT_TRACEPOINT_H */
