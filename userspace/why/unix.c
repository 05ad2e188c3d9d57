// SPDX-License-Identifier: GPL-2.0-only
/*
 * The other end of a unix socket.  No file of /proc has it; the unix_diag module
 * answers for sockets in the network namespace of the reader.
 */
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <unistd.h>
#include "why/parts.h"

struct request {
	struct nlmsghdr head;
	struct unix_diag_req diag;
};

static u64 peer_in(const char *data, size_t size)
{
	const struct nlmsghdr *head = (const void *)data;
	const struct unix_diag_msg *diag = NLMSG_DATA(head);
	const struct rtattr *attr = (const void *)(diag + 1);
	u32 peer;
	int left;

	if (!NLMSG_OK(head, size) || head->nlmsg_type != SOCK_DIAG_BY_FAMILY ||
	    head->nlmsg_len < NLMSG_LENGTH(sizeof(*diag)))
		return 0;
	left = head->nlmsg_len - NLMSG_LENGTH(sizeof(*diag));
	for (; RTA_OK(attr, left); attr = RTA_NEXT(attr, left)) {
		if (attr->rta_type != UNIX_DIAG_PEER ||
		    RTA_PAYLOAD(attr) < sizeof(peer))
			continue;
		memcpy(&peer, RTA_DATA(attr), sizeof(peer));
		return peer;
	}
	return 0;
}

/**
 * hd_why_unix_peer() - ask unix_diag for the other end of a unix socket
 * @inode: inode number of one end
 *
 * Return: the inode number of the other end; 0 if the socket is not connected, or
 * the kernel gives no answer.
 */
u64 hd_why_unix_peer(u64 inode)
{
	struct request request = {
		.head = {
			.nlmsg_len = sizeof(request),
			.nlmsg_type = SOCK_DIAG_BY_FAMILY,
			.nlmsg_flags = NLM_F_REQUEST,
		},
		.diag = {
			.sdiag_family = AF_UNIX,
			.udiag_states = ~0u,
			.udiag_ino = inode,
			.udiag_show = UDIAG_SHOW_PEER,
			.udiag_cookie = { ~0u, ~0u },
		},
	};
	char answer[4096] __attribute__((aligned(NLMSG_ALIGNTO)));
	int sock = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC,
			  NETLINK_SOCK_DIAG);
	ssize_t got = -1;

	if (sock < 0)
		return 0;
	if (send(sock, &request, sizeof(request), 0) == sizeof(request))
		got = recv(sock, answer, sizeof(answer), 0);
	close(sock);
	return got > 0 ? peer_in(answer, got) : 0;
}
