/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading snapshots, live or from a file. */
#ifndef HD_LOAD_H
#define HD_LOAD_H

#include "snap/snapshot.h"

#define HD_LIVE		"/proc/hostdiag/snapshot"
#define HD_SYS_MODULE	"/sys/module/hostdiag"

char *hd_load_refused(const char *file);
char *hd_load(struct hd_snapshot *snap, const char *file);
void hd_load_free(struct hd_snapshot *snap);
void hd_load_or_die(struct hd_snapshot *snap, const char *file);
void hd_load_part_or_die(struct hd_snapshot *snap, const char *file);
void hd_load_say(const struct hd_snapshot *snap, const char *file, bool events);
struct hd_view hd_load_view(const struct hd_snapshot *snap);

#endif /* HD_LOAD_H */
