/* SPDX-License-Identifier: GPL-2.0-only */
/* Waits on sockets, pipes and FIFOs: for whoever has the other end. */
#ifndef HD_WHY_SOCKET_H
#define HD_WHY_SOCKET_H

#include "why/why.h"

enum hd_why_way {
	HD_WHY_IN,		/* for something to come */
	HD_WHY_OUT,		/* for room to send */
	HD_WHY_ACCEPT,		/* for a connection */
	HD_WHY_CONNECT,		/* for a connection to be accepted */
};

void hd_why_socket(struct hd_why *why, const struct hd_why_task *task,
		   u64 inode, enum hd_why_way way, struct hd_why_wait *wait);
void hd_why_pipe(struct hd_why *why, const struct hd_why_task *task,
		 const char *link, enum hd_why_way way,
		 struct hd_why_wait *wait);
const char *hd_why_describe(const struct hd_why_task *task, const char *link,
			    char *buf, size_t size);

#endif /* HD_WHY_SOCKET_H */
