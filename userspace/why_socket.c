// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include "why_links.h"
#include "why_net.h"
#include "why_proc.h"
#include "why_socket.h"

#define SOCKET	"socket:["

static u64 inode_of(const char *link)
{
	return strtoull(link + strlen(SOCKET), NULL, 10);
}

/* nobody waits for what a bound address alone would tell */
static const char *describe_inet(const struct hd_why_socket *sock,
				 char *buf, size_t size)
{
	char local[HD_WHY_ADDRESS], remote[HD_WHY_ADDRESS];

	hd_why_net_address(&sock->local, local);
	if (sock->remote.port)
		snprintf(buf, size, "%s connection from %s to %s", sock->proto,
			 local, hd_why_net_address(&sock->remote, remote));
	else
		snprintf(buf, size, "%s socket at %s", sock->proto, local);
	return buf;
}

/**
 * hd_why_describe() - what a descriptor refers to, for eyes
 * @why: the host
 * @task: whose
 * @link: what its link says
 * @buf: where it is made
 * @size: of @buf
 *
 * Return: @buf.
 */
const char *hd_why_describe(struct hd_why *why, const struct hd_why_task *task,
			    const char *link, char *buf, size_t size)
{
	struct hd_why_socket sock;
	char path[512];

	if (strncmp(link, SOCKET, strlen(SOCKET)) ||
	    !hd_why_net_find(why, task->tid, inode_of(link), &sock))
		return hd_escape(link, strlen(link), buf, size);
	if (strcmp(sock.proto, "unix"))
		return describe_inet(&sock, buf, size);
	snprintf(buf, size, "unix socket %s",
		 sock.path[0] ? hd_escape(sock.path, sizeof(sock.path), path,
					  sizeof(path)) : link + strlen("socket:"));
	return buf;
}

static void say_socket_holders(struct hd_why *why, u64 inode, const char *what,
			       const struct hd_why_task *task,
			       struct hd_why_wait *wait)
{
	char link[64];
	const struct hd_why_seek seek = {
		.link = link, .mode = HD_WHY_READS | HD_WHY_WRITES,
	};

	snprintf(link, sizeof(link), SOCKET "%llu]", inode);
	hd_why_say_holders(why, &seek, what, task->tgid, wait);
}

static void say_traffic(const struct hd_why_socket *sock, enum hd_why_way way,
			struct hd_why_wait *wait)
{
	char remote[HD_WHY_ADDRESS];

	if (!strcmp(sock->proto, "TCP") && sock->state == HD_TCP_SYN_SENT)
		hd_why_say(wait, "%s does not answer",
			   hd_why_net_address(&sock->remote, remote));
	else if (way == HD_WHY_OUT)
		hd_why_say(wait, "%u bytes sent were not taken by the other end yet",
			   sock->unsent);
	else if (sock->unread)
		hd_why_say(wait, "%u bytes have come and were not read",
			   sock->unread);
	else
		hd_why_say(wait, "nothing was received in that time");
	if (sock->retries)
		hd_why_say(wait, "no answer: the last packet was sent %u more times",
			   sock->retries);
	if (!strcmp(sock->proto, "TCP") && sock->state != HD_TCP_ESTABLISHED &&
	    sock->state != HD_TCP_SYN_SENT)
		hd_why_say(wait, "the connection is in state %s",
			   hd_why_net_state(sock->state));
}

static void say_not_accepted(struct hd_why *why,
			     const struct hd_why_task *task,
			     const struct hd_why_socket *sock,
			     const struct hd_why_socket *other,
			     struct hd_why_wait *wait)
{
	struct hd_why_socket listener;

	if (other->state != HD_TCP_ESTABLISHED)
		hd_why_say(wait, "the other end was closed: it is in state %s",
			   hd_why_net_state(other->state));
	else if (hd_why_net_listener(why, task->tid, sock, &listener))
		say_socket_holders(why, listener.inode,
				   "the connection was not accepted yet by",
				   task, wait);
	else
		hd_why_say(wait, "the other end is here, but no process has it");
}

static void follow_inet(struct hd_why *why, const struct hd_why_task *task,
			const struct hd_why_socket *sock, enum hd_why_way way,
			struct hd_why_wait *wait)
{
	struct hd_why_socket other;
	char remote[HD_WHY_ADDRESS];

	if (way == HD_WHY_ACCEPT || !sock->remote.port)
		return;
	say_traffic(sock, way, wait);
	hd_why_net_address(&sock->remote, remote);
	if (!hd_why_net_other(why, task->tid, sock, &other))
		hd_why_say(wait, "the other end, %s, is %s", remote,
			   hd_why_net_is_here(sock) ?
			   "gone: the connection is dead" :
			   "on another host, or in another network namespace");
	else if (other.inode)
		say_socket_holders(why, other.inode, "the other end is held by",
				   task, wait);
	else
		say_not_accepted(why, task, sock, &other, wait);
}

static bool is_same_net(const struct hd_why *why, u32 tid)
{
	char own[HD_PROC_PATH], its[HD_PROC_PATH];

	return hd_proc_link(why, own, "self/ns/net") &&
	       hd_proc_link(why, its, "%u/ns/net", tid) && !strcmp(own, its);
}

static void follow_unix(struct hd_why *why, const struct hd_why_task *task,
			const struct hd_why_socket *sock, enum hd_why_way way,
			struct hd_why_wait *wait)
{
	u64 peer;

	if (way == HD_WHY_ACCEPT)
		return;
	if (!is_same_net(why, task->tid)) {
		hd_why_say(wait, "the other end is not known: another network namespace");
		return;
	}
	peer = why->unix_peer(sock->inode);
	if (peer)
		say_socket_holders(why, peer, "the other end is held by", task,
				   wait);
	else
		hd_why_say(wait, "the other end is not known: no unix_diag, or not connected");
}

/**
 * hd_why_socket() - a task waits on a socket
 * @why: the host
 * @task: which
 * @link: what the descriptor's link says
 * @way: what it waits for there
 * @wait: what is known of it
 */
void hd_why_socket(struct hd_why *why, const struct hd_why_task *task,
		   const char *link, enum hd_why_way way,
		   struct hd_why_wait *wait)
{
	struct hd_why_socket sock;

	if (!hd_why_net_find(why, task->tid, inode_of(link), &sock))
		hd_why_say(wait, "what is at the other end is not known: it is not in /proc/%u/net",
			   task->tid);
	else if (strcmp(sock.proto, "unix"))
		follow_inet(why, task, &sock, way, wait);
	else
		follow_unix(why, task, &sock, way, wait);
}

/**
 * hd_why_pipe() - a task waits on a pipe or FIFO
 * @why: the host
 * @task: which
 * @link: what the descriptor's link says
 * @way: what it waits for there
 * @wait: what is known of it
 */
void hd_why_pipe(struct hd_why *why, const struct hd_why_task *task,
		 const char *link, enum hd_why_way way,
		 struct hd_why_wait *wait)
{
	bool in = way == HD_WHY_IN;
	const struct hd_why_seek seek = {
		.link = link, .mode = in ? HD_WHY_WRITES : HD_WHY_READS,
	};

	hd_why_say_holders(why, &seek,
			   in ? "the pipe is empty; its write end is held by" :
				"the pipe is full; its read end is held by",
			   task->tgid, wait);
}
