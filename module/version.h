/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HD_VERSION_H
#define HD_VERSION_H

/* The one place: module, reader, packages and dkms.conf take it from here. */
#define HD_VERSION	"0.1.0"

#endif /* HD_VERSION_H */
