// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <stdlib.h>
#include "why_net.h"
#include "why_proc.h"

/* of struct in6_addr: what an IPv4 address is made one by */
static const u8 mapped[12] = { [10] = 0xff, [11] = 0xff };

/* words of 8 digits, each a number of this machine whose bytes are in network order */
static void read_ip(const char *digits, u8 ip[16])
{
	size_t words = strlen(digits) / 8, i;
	char word[9] = "";
	u32 value;

	memcpy(ip, mapped, sizeof(mapped));
	for (i = 0; i < words && i < 4; i++) {
		memcpy(word, digits + 8 * i, 8);
		value = strtoul(word, NULL, 16);
		memcpy(ip + (words == 1 ? 12 : 4 * i), &value, 4);
	}
}

/* "0: 0100007F:0CEA 0100007F:A1B2 01 00000000:00000000 00:00000000 00000000 0 0 812 ..." */
static bool read_inet(const char *line, const char *proto,
		      struct hd_why_socket *sock)
{
	char local[33], remote[33];
	u32 local_port, remote_port;

	memset(sock, 0, sizeof(*sock));
	if (sscanf(line, "%*u: %32[0-9A-F]:%x %32[0-9A-F]:%x %x %x:%x %*x:%*x %x %*u %*u %llu",
		   local, &local_port, remote, &remote_port, &sock->state,
		   &sock->unsent, &sock->unread, &sock->retries,
		   &sock->inode) != 9)
		return false;
	sock->proto = proto;
	sock->local.port = local_port;
	sock->remote.port = remote_port;
	read_ip(local, sock->local.ip);
	read_ip(remote, sock->remote.ip);
	return true;
}

/* "0000000012345678: 00000002 00000000 00010000 0001 01 812 /run/x" */
static bool read_unix(const char *line, const char *proto,
		      struct hd_why_socket *sock)
{
	memset(sock, 0, sizeof(*sock));
	sock->proto = proto;
	return sscanf(line, "%*x: %*x %*x %*x %*x %*x %llu %127[^\n]",
		      &sock->inode, sock->path) >= 1;
}

static const struct table {
	const char *name;
	const char *proto;
	bool (*read)(const char *line, const char *proto,
		     struct hd_why_socket *sock);
} tables[] = {
	{ "tcp", "TCP", read_inet },
	{ "tcp6", "TCP", read_inet },
	{ "udp", "UDP", read_inet },
	{ "udp6", "UDP", read_inet },
	{ "unix", "unix", read_unix },
};

typedef bool (*is_wanted)(const struct hd_why_socket *sock,
			  const struct hd_why_socket *of);

static bool find_in(const char *text, const struct table *table,
		    is_wanted wanted, const struct hd_why_socket *of,
		    struct hd_why_socket *found)
{
	const char *at = text;

	while (at && *at) {
		if (table->read(at, table->proto, found) && wanted(found, of))
			return true;
		at += strcspn(at, "\n");
		at += !!*at;
	}
	return false;
}

static bool find(const struct hd_why *why, u32 tid, is_wanted wanted,
		 const struct hd_why_socket *of, struct hd_why_socket *found)
{
	bool is_found = false;
	char *text;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tables) && !is_found; i++) {
		text = hd_proc_text(why, "%u/net/%s", tid, tables[i].name);
		is_found = find_in(text, &tables[i], wanted, of, found);
		free(text);
	}
	return is_found;
}

static bool has_inode(const struct hd_why_socket *sock,
		      const struct hd_why_socket *of)
{
	return sock->inode == of->inode;
}

/**
 * hd_why_net_find() - a socket by its inode
 * @why: the host
 * @tid: in whose network namespace
 * @inode: of the socket
 * @found: the socket
 *
 * Return: false where no table has it: a socket of some other family.
 */
bool hd_why_net_find(const struct hd_why *why, u32 tid, u64 inode,
		     struct hd_why_socket *found)
{
	const struct hd_why_socket of = { .inode = inode };

	return inode && find(why, tid, has_inode, &of, found);
}

static bool is_same_end(const struct hd_why_end *x, const struct hd_why_end *y)
{
	return x->port == y->port && !memcmp(x->ip, y->ip, sizeof(x->ip));
}

static bool is_other(const struct hd_why_socket *sock,
		     const struct hd_why_socket *of)
{
	return sock->proto == of->proto && sock->local.port &&
	       is_same_end(&sock->local, &of->remote) &&
	       is_same_end(&sock->remote, &of->local);
}

/**
 * hd_why_net_other() - the other end of a connection, if it is here too
 * @why: the host
 * @tid: in whose network namespace
 * @of: an end that is connected
 * @found: the other one; its inode is 0 where nobody accepted it yet, or all
 *	have closed it
 */
bool hd_why_net_other(const struct hd_why *why, u32 tid,
		      const struct hd_why_socket *of,
		      struct hd_why_socket *found)
{
	return find(why, tid, is_other, of, found);
}

static bool is_any(const struct hd_why_end *end)
{
	static const u8 any[16];

	return !memcmp(end->ip, any, 16) ||
	       (!memcmp(end->ip, mapped, 12) && !memcmp(end->ip + 12, any, 4));
}

static bool listens_for(const struct hd_why_socket *sock,
			const struct hd_why_socket *of)
{
	return sock->proto == of->proto && sock->state == HD_TCP_LISTEN &&
	       sock->local.port == of->remote.port &&
	       (is_any(&sock->local) ||
		!memcmp(sock->local.ip, of->remote.ip, sizeof(of->remote.ip)));
}

/**
 * hd_why_net_listener() - the socket that a connection was made to
 * @why: the host
 * @tid: in whose network namespace
 * @of: the end that connected
 * @found: the one that listens
 */
bool hd_why_net_listener(const struct hd_why *why, u32 tid,
			 const struct hd_why_socket *of,
			 struct hd_why_socket *found)
{
	return find(why, tid, listens_for, of, found);
}

/**
 * hd_why_net_state() - the name of a state of TCP
 * @state: number
 */
const char *hd_why_net_state(u32 state)
{
	static const char *const names[] = {
		"?", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1",
		"FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK",
		"LISTEN", "CLOSING", "NEW_SYN_RECV",
	};

	return names[state < ARRAY_SIZE(names) ? state : 0];
}

/**
 * hd_why_net_address() - an end of a connection, as it is written
 * @end: the end
 * @buf: where it is made
 *
 * Return: @buf: "127.0.0.1:3306", "[::1]:3306".
 */
const char *hd_why_net_address(const struct hd_why_end *end,
			       char buf[HD_WHY_ADDRESS])
{
	char ip[INET6_ADDRSTRLEN] = "?";

	if (!memcmp(end->ip, mapped, sizeof(mapped))) {
		inet_ntop(AF_INET, end->ip + 12, ip, sizeof(ip));
		snprintf(buf, HD_WHY_ADDRESS, "%s:%u", ip, end->port);
	} else {
		inet_ntop(AF_INET6, end->ip, ip, sizeof(ip));
		snprintf(buf, HD_WHY_ADDRESS, "[%s]:%u", ip, end->port);
	}
	return buf;
}

/**
 * hd_why_net_is_here() - is a socket connected to its own host?
 * @sock: the socket
 */
bool hd_why_net_is_here(const struct hd_why_socket *sock)
{
	static const u8 loopback[16] = { [15] = 1 };
	const u8 *ip = sock->remote.ip;

	return !memcmp(ip, sock->local.ip, 16) || !memcmp(ip, loopback, 16) ||
	       (!memcmp(ip, mapped, 12) && ip[12] == 127);
}
