// SPDX-License-Identifier: GPL-2.0-only
#include <sys/un.h>
#include "why/parts.h"

static bool is_tcp(const struct hd_socket *sock)
{
	return !strncmp(sock->proto, "tcp", 3);
}

static void describe_inet(const struct hd_socket *sock, char *buf, size_t size)
{
	const char *proto = is_tcp(sock) ? "TCP" : sock->proto[0] == 'u' ?
			    "UDP" : sock->proto;
	char local[64], remote[64];

	hd_socket_end(sock, &sock->local, local, sizeof(local));
	if (sock->remote.port)
		snprintf(buf, size, "%s connection from %s to %s", proto, local,
			 hd_socket_end(sock, &sock->remote, remote,
				       sizeof(remote)));
	else
		snprintf(buf, size, "%s socket at %s", proto, local);
}

static bool is_inet(const struct hd_socket *sock)
{
	return sock->family == AF_INET || sock->family == AF_INET6;
}

/**
 * hd_why_describe() - describe what a descriptor refers to
 * @task: the task that has it
 * @link: target of its link in /proc/TID/fd
 * @buf: receives the text
 * @size: size of @buf
 *
 * Return: @buf.
 */
const char *hd_why_describe(const struct hd_why_task *task, const char *link,
			    char *buf, size_t size)
{
	u64 inode = hd_socket_inode(link);
	const struct hd_socket *sock = inode ?
				       hd_socket_find(inode, task->tid) : NULL;
	char path[512];

	if (!sock)
		return hd_escape(link, strlen(link), buf, size);
	if (is_inet(sock))
		describe_inet(sock, buf, size);
	else
		snprintf(buf, size, "%s socket %s", sock->proto, sock->path ?
			 hd_escape(sock->path, strlen(sock->path), path,
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

	snprintf(link, sizeof(link), "socket:[%llu]", inode);
	hd_why_say_holders(why, &seek, what, task->tgid, wait);
}

static bool is_in(const struct hd_socket *sock, const char *state)
{
	return !strcmp(sock->state, state);
}

static void say_traffic(const struct hd_socket *sock, enum hd_why_way way,
			const char *remote, struct hd_why_wait *wait)
{
	if (is_in(sock, "SYN_SENT"))
		hd_why_say(wait, "%s does not answer", remote);
	else if (way == HD_WHY_OUT)
		hd_why_say(wait, "%u bytes sent were not taken by the other end yet",
			   sock->tx_queue);
	else if (sock->rx_queue)
		hd_why_say(wait, "%u bytes have come and were not read",
			   sock->rx_queue);
	else
		hd_why_say(wait, "nothing was received in that time");
	if (sock->retries)
		hd_why_say(wait, "no answer: the last packet was sent %u more times",
			   sock->retries);
	if (is_tcp(sock) && !is_in(sock, "ESTABLISHED") &&
	    !is_in(sock, "SYN_SENT"))
		hd_why_say(wait, "the connection is in state %s", sock->state);
}

/* the other end is on this host, but no descriptor refers to it */
static void say_not_accepted(struct hd_why *why,
			     const struct hd_why_task *task,
			     const struct hd_socket *sock,
			     const struct hd_socket *other,
			     struct hd_why_wait *wait)
{
	const struct hd_socket *listener = hd_why_net_listener(sock, task->tid);

	if (!is_in(other, "ESTABLISHED"))
		hd_why_say(wait, "the other end was closed: it is in state %s",
			   other->state);
	else if (listener)
		say_socket_holders(why, listener->inode,
				   "the connection was not accepted yet by",
				   task, wait);
	else
		hd_why_say(wait, "the other end is here, but no process has it");
}

/* MSG_WAITALL: the call waits for all bytes, even if some have arrived */
#define WAIT_ALL	0x100

static bool wants_all(const struct hd_stuck_row *stuck)
{
	char buf[HD_NAME_LEN];
	const char *name = hd_syscall_name(stuck->abi, stuck->nr, buf);

	return (!strcmp(name, "recvfrom") || !strcmp(name, "recv")) &&
	       stuck->args[3] & WAIT_ALL;
}

static void follow_inet(struct hd_why *why, const struct hd_why_task *task,
			const struct hd_socket *sock, enum hd_why_way way,
			struct hd_why_wait *wait)
{
	const struct hd_socket *other;
	char remote[64];

	if (way == HD_WHY_ACCEPT || !sock->remote.port)
		return;
	hd_socket_end(sock, &sock->remote, remote, sizeof(remote));
	say_traffic(sock, way, remote, wait);
	/* data has arrived, so that the other end is not to blame */
	if (way == HD_WHY_IN && sock->rx_queue && !wants_all(&task->stuck))
		return;
	other = hd_why_net_other(sock, task->tid);
	if (!other)
		hd_why_say(wait, "the other end, %s, is %s", remote,
			   hd_why_net_is_here(sock) ?
			   "gone: the connection is dead" :
			   "on another host, or in another network namespace");
	else if (other->inode)
		say_socket_holders(why, other->inode,
				   "the other end is held by", task, wait);
	else
		say_not_accepted(why, task, sock, other, wait);
}

/* read the path that connect() was given; false: it cannot be read */
static bool read_path(const struct hd_why *why, const struct hd_why_task *task,
		      char path[sizeof(struct sockaddr_un) + 1])
{
	size_t before = offsetof(struct sockaddr_un, sun_path);
	u64 size = task->stuck.args[2];
	struct sockaddr_un addr;

	memset(&addr, 0, sizeof(addr));
	if (size <= before || size > sizeof(addr) ||
	    !hd_proc_memory(why, task->tid, task->stuck.args[1], &addr, size))
		return false;
	memcpy(path, addr.sun_path, sizeof(addr.sun_path));
	path[size - before] = '\0';
	if (!path[0])
		path[0] = '@';
	return true;
}

static void follow_connect(struct hd_why *why, const struct hd_why_task *task,
			   struct hd_why_wait *wait)
{
	char path[sizeof(struct sockaddr_un) + 1], text[512];
	const struct hd_socket *listener;

	if (!read_path(why, task, path)) {
		hd_why_say(wait, "where it connects to is not known");
		return;
	}
	hd_why_say(wait, "it connects to %s, whose queue is full",
		   hd_escape(path, strlen(path), text, sizeof(text)));
	listener = hd_why_net_bound(path, task->tid);
	if (listener)
		say_socket_holders(why, listener->inode,
				   "who does not accept is", task, wait);
}

/* sock_diag answers for the network namespace of the reader only */
static bool is_same_net(const struct hd_why *why, u32 tid)
{
	char own[HD_PROC_PATH], its[HD_PROC_PATH];

	return !hd_proc_link(why, own, "self/ns/net") ||
	       (hd_proc_link(why, its, "%u/ns/net", tid) && !strcmp(own, its));
}

static void follow_unix(struct hd_why *why, const struct hd_why_task *task,
			const struct hd_socket *sock, enum hd_why_way way,
			struct hd_why_wait *wait)
{
	u64 peer;

	if (way == HD_WHY_ACCEPT)
		return;
	if (way == HD_WHY_CONNECT) {
		follow_connect(why, task, wait);
		return;
	}
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
 * hd_why_socket() - name the processes at the other end of a socket
 * @why: the host
 * @task: the task
 * @inode: inode number of the socket
 * @way: what the task waits for on it
 * @wait: the result is added to it
 */
void hd_why_socket(struct hd_why *why, const struct hd_why_task *task,
		   u64 inode, enum hd_why_way way, struct hd_why_wait *wait)
{
	const struct hd_socket *sock = hd_socket_find(inode, task->tid);

	if (!sock)
		hd_why_say(wait, "what is at the other end is not known: it is not in /proc/%u/net",
			   task->tid);
	else if (is_inet(sock))
		follow_inet(why, task, sock, way, wait);
	else if (sock->family == AF_UNIX)
		follow_unix(why, task, sock, way, wait);
}

/**
 * hd_why_pipe() - name the processes at the other end of a pipe or FIFO
 * @why: the host
 * @task: the task
 * @link: target of the descriptor's link in /proc/TID/fd
 * @way: what the task waits for on it
 * @wait: the result is added to it
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
