// SPDX-License-Identifier: GPL-2.0-only
#include "why/parts.h"

/**
 * struct address - an IP address of either family
 * @ip: an IPv4 address in its IPv4-mapped form
 */
struct address {
	u8 ip[16];
};

static struct address address_of(const struct hd_socket *sock,
				 const struct hd_socket_end *end)
{
	struct address address = { { [10] = 0xff, [11] = 0xff } };

	if (sock->family == AF_INET6)
		memcpy(address.ip, end->addr, 16);
	else
		memcpy(address.ip + 12, end->addr, 4);
	return address;
}

static bool is_same(struct address x, struct address y)
{
	return !memcmp(x.ip, y.ip, sizeof(x.ip));
}

/* 0.0.0.0, ::, or ::ffff:0.0.0.0 */
static bool is_any(struct address x)
{
	static const struct address any4 = { { [10] = 0xff, [11] = 0xff } };
	static const struct address any6;

	return is_same(x, any4) || is_same(x, any6);
}

static bool is_inet(const struct hd_socket *sock)
{
	return sock->family == AF_INET || sock->family == AF_INET6;
}

static bool is_other(const struct hd_socket *sock, const struct hd_socket *of)
{
	return is_inet(sock) && sock->proto[0] == of->proto[0] &&
	       sock->local.port == of->remote.port &&
	       sock->remote.port == of->local.port &&
	       is_same(address_of(sock, &sock->local),
		       address_of(of, &of->remote)) &&
	       is_same(address_of(sock, &sock->remote),
		       address_of(of, &of->local));
}

static bool listens_for(const struct hd_socket *sock,
			const struct hd_socket *of)
{
	struct address at;

	if (!is_inet(sock) || sock->proto[0] != of->proto[0] ||
	    sock->local.port != of->remote.port ||
	    strcmp(sock->state, "LISTEN"))
		return false;
	at = address_of(sock, &sock->local);
	return is_any(at) || is_same(at, address_of(of, &of->remote));
}

static const struct hd_socket *find_socket(const struct hd_socket *of, u32 tid,
					   bool (*is_it)(const struct hd_socket *sock,
							 const struct hd_socket *of))
{
	const struct hd_socket *sock;
	size_t count, i;

	sock = hd_socket_all(tid, &count);
	for (i = 0; i < count; i++)
		if (is_it(&sock[i], of))
			return &sock[i];
	return NULL;
}

/**
 * hd_why_net_other() - find the other end of a connection on this host
 * @of: one end
 * @tid: a task of its network namespace
 *
 * Return: NULL if it is on another host; its inode is 0 as long as no process has
 * accepted it, and when all have closed it.
 */
const struct hd_socket *hd_why_net_other(const struct hd_socket *of, u32 tid)
{
	return find_socket(of, tid, is_other);
}

/**
 * hd_why_net_listener() - find the socket that a connection was made to
 * @of: the end that connected
 * @tid: a task of its network namespace
 *
 * Return: NULL if it is closed.
 */
const struct hd_socket *hd_why_net_listener(const struct hd_socket *of,
					    u32 tid)
{
	return find_socket(of, tid, listens_for);
}

/**
 * hd_why_net_bound() - find the unix socket that listens at a path
 * @path: as the kernel shows it; an abstract one begins with @
 * @tid: a task of its network namespace
 *
 * Return: NULL if there is none.
 */
const struct hd_socket *hd_why_net_bound(const char *path, u32 tid)
{
	const struct hd_socket *sock;
	size_t count, i;

	sock = hd_socket_all(tid, &count);
	for (i = 0; i < count; i++)
		if (sock[i].family == AF_UNIX && sock[i].path &&
		    !strcmp(sock[i].state, "LISTEN") &&
		    !strcmp(sock[i].path, path))
			return &sock[i];
	return NULL;
}

/**
 * hd_why_net_is_here() - is a socket connected to its own host?
 * @sock: the socket, of IPv4 or IPv6
 */
bool hd_why_net_is_here(const struct hd_socket *sock)
{
	static const struct address loopback = { { [15] = 1 } };
	static const u8 net127[13] = { [10] = 0xff, [11] = 0xff, [12] = 127 };
	struct address remote = address_of(sock, &sock->remote);

	return is_same(remote, address_of(sock, &sock->local)) ||
	       is_same(remote, loopback) ||
	       !memcmp(remote.ip, net127, sizeof(net127));
}
