/* SPDX-License-Identifier: GPL-2.0-only */
/* The other ends of sockets. */
#ifndef HD_WHY_NET_H
#define HD_WHY_NET_H

#include "host/sockets.h"
#include "why/why.h"

const struct hd_socket *hd_why_net_other(const struct hd_socket *of, u32 tid);
const struct hd_socket *hd_why_net_listener(const struct hd_socket *of,
					    u32 tid);
const struct hd_socket *hd_why_net_bound(const char *path, u32 tid);
bool hd_why_net_is_here(const struct hd_socket *sock);

/* why_unix.c */
u64 hd_why_unix_peer(u64 inode);

#endif /* HD_WHY_NET_H */
