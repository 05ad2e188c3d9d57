/* SPDX-License-Identifier: GPL-2.0-only */
/* The sockets of a network namespace, read from /proc/PID/net at the first lookup. */
#ifndef HD_SOCKETS_H
#define HD_SOCKETS_H

#include <netinet/in.h>
#include <sys/types.h>
#include "pure/pure.h"

/**
 * struct hd_socket_end - an end of a connection
 * @addr: an IPv4 address is in the first four bytes
 * @port: 0 together with an address of zeroes: there is no such end
 */
struct hd_socket_end {
	u8 addr[16];
	u16 port;
};

/**
 * struct hd_socket - a socket
 * @inode: its inode number
 * @proto: "tcp", "tcp6", "udp", "udp6", "raw", "raw6", "unix", "netlink",
 *	"packet"
 * @family: AF_INET, AF_INET6, or another for those without addresses
 * @local: its own end, of AF_INET and AF_INET6
 * @remote: the other end
 * @state: "ESTABLISHED"; of TCP and Unix sockets, else ""
 * @rx_queue: bytes not yet read; connections not yet accepted of a listener
 * @tx_queue: bytes not yet acknowledged
 * @retries: number of retransmissions of the last packet
 * @path: of a Unix socket that is bound; else NULL
 */
struct hd_socket {
	u64 inode;
	const char *proto;
	int family;
	struct hd_socket_end local;
	struct hd_socket_end remote;
	const char *state;
	u32 rx_queue;
	u32 tx_queue;
	u32 retries;
	char *path;
};

/* directory that contains proc; "" by default */
extern const char *hd_socket_root;

u64 hd_socket_inode(const char *path);
const struct hd_socket *hd_socket_find(u64 inode, pid_t pid);
const struct hd_socket *hd_socket_all(pid_t pid, size_t *count);
void hd_socket_forget(void);
bool hd_socket_is_mapped(const struct hd_socket *sock,
			 const struct hd_socket_end *end);
const char *hd_socket_end(const struct hd_socket *sock,
			  const struct hd_socket_end *end, char *buf,
			  size_t size);
bool hd_socket_describe(u64 inode, pid_t pid, char *buf, size_t size);

#endif /* HD_SOCKETS_H */
