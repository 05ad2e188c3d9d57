/* SPDX-License-Identifier: GPL-2.0-only */
/* Sockets, as the tables in /proc/TID/net have them. */
#ifndef HD_WHY_NET_H
#define HD_WHY_NET_H

#include "why.h"

#define HD_WHY_ADDRESS	64	/* "[2001:db8::1]:3306" */

/* states of a TCP socket, as in the tables */
#define HD_TCP_ESTABLISHED	1
#define HD_TCP_SYN_SENT		2
#define HD_TCP_LISTEN		10

/**
 * struct hd_why_end - an end of a connection
 * @ip: in network order; an IPv4 address as IPv6 has it
 * @port: 0: not connected
 */
struct hd_why_end {
	u8 ip[16];
	u16 port;
};

/**
 * struct hd_why_socket - a socket
 * @proto: "TCP", "UDP", "unix"
 * @local: its own end
 * @remote: the other end
 * @state: of TCP
 * @unsent: bytes that were sent, and that the other end has not taken yet
 * @unread: bytes that came, and that nobody has read yet
 * @retries: times that the last of it was sent again
 * @inode: 0: no descriptor refers to it, or not yet
 * @path: of a unix socket; "": it has none
 */
struct hd_why_socket {
	const char *proto;
	struct hd_why_end local;
	struct hd_why_end remote;
	u32 state;
	u32 unsent;
	u32 unread;
	u32 retries;
	u64 inode;
	char path[128];
};

bool hd_why_net_find(const struct hd_why *why, u32 tid, u64 inode,
		     struct hd_why_socket *found);
bool hd_why_net_other(const struct hd_why *why, u32 tid,
		      const struct hd_why_socket *of,
		      struct hd_why_socket *found);
bool hd_why_net_listener(const struct hd_why *why, u32 tid,
			 const struct hd_why_socket *of,
			 struct hd_why_socket *found);
const char *hd_why_net_state(u32 state);
const char *hd_why_net_address(const struct hd_why_end *end,
			       char buf[HD_WHY_ADDRESS]);
bool hd_why_net_is_here(const struct hd_why_socket *sock);

/* why_unix.c */
u64 hd_why_unix_peer(u64 inode);

#endif /* HD_WHY_NET_H */
