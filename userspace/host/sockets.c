// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tables of a network namespace may be long.  They are read once, completely,
 * at the first lookup of one of its sockets.
 */
#include <arpa/inet.h>
#include <stdlib.h>
#include "host/file.h"
#include "host/sockets.h"
#include "util.h"

/**
 * struct net - a network namespace
 * @next: the next namespace
 * @ns: its inode number; 0: the kernel has no network namespaces
 * @socks: its sockets, by inode
 * @nr_socks: length of @socks
 * @room: entries allocated in @socks
 */
struct net {
	struct net *next;
	u64 ns;
	struct hd_socket *socks;
	size_t nr_socks;
	size_t room;
};

static struct net *nets;

const char *hd_socket_root = "";

static struct hd_socket *add_socket(struct net *net)
{
	net->socks = hd_grow(net->socks, net->nr_socks, &net->room,
			     sizeof(*net->socks));
	memset(&net->socks[net->nr_socks], 0, sizeof(*net->socks));
	return &net->socks[net->nr_socks++];
}

/* the kernel prints each 32 bits of an address as a number of this host */
static bool parse_end(const char *hex, u32 port, struct hd_socket_end *end)
{
	size_t words = strlen(hex) / 8, i;
	u32 word;

	if (strlen(hex) != 8 && strlen(hex) != 32)
		return false;
	for (i = 0; i < words; i++) {
		if (sscanf(hex + 8 * i, "%8x", &word) != 1)
			return false;
		memcpy(end->addr + 4 * i, &word, sizeof(word));
	}
	end->port = port;
	return true;
}

static const char *tcp_state(u32 state)
{
	static const char *const name[] = {
		"", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1",
		"FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK",
		"LISTEN", "CLOSING", "NEW_SYN_RECV",
	};

	return state < ARRAY_SIZE(name) ? name[state] : "";
}

/* sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode */
static void parse_inet(struct net *net, const char *proto, const char *line)
{
	u32 local_port, remote_port, state, tx, rx, retries;
	struct hd_socket_end local = { .port = 0 }, remote = { .port = 0 };
	char from[40], to[40];
	struct hd_socket *sock;
	u64 inode;

	if (sscanf(line, " %*u: %39[0-9A-Fa-f]:%x %39[0-9A-Fa-f]:%x %x %x:%x %*s %x %*u %*d %llu",
		   from, &local_port, to, &remote_port, &state, &tx, &rx,
		   &retries, &inode) != 9 ||
	    !parse_end(from, local_port, &local) ||
	    !parse_end(to, remote_port, &remote))
		return;
	sock = add_socket(net);
	sock->inode = inode;
	sock->proto = proto;
	sock->family = strlen(from) == 8 ? AF_INET : AF_INET6;
	sock->local = local;
	sock->remote = remote;
	sock->state = *proto == 't' ? tcp_state(state) : "";
	sock->rx_queue = rx;
	sock->tx_queue = tx;
	sock->retries = retries;
}

#define UNIX_LISTENS	0x10000

/* Num: RefCount Protocol Flags Type St Inode Path */
static void parse_unix(struct net *net, const char *proto, const char *line)
{
	static const char *const name[] = {
		"", "unconnected", "connecting", "connected", "disconnecting",
	};
	struct hd_socket *sock;
	u32 flags, state;
	int path = 0;
	u64 inode;

	if (sscanf(line, "%*s %*x %*x %x %*x %x %llu %n", &flags, &state,
		   &inode, &path) != 3)
		return;
	sock = add_socket(net);
	sock->inode = inode;
	sock->proto = proto;
	sock->family = AF_UNIX;
	sock->state = flags & UNIX_LISTENS ? "LISTEN" :
		      state < ARRAY_SIZE(name) ? name[state] : "";
	if (path && line[path])
		sock->path = strdup(line + path);
}

/* tables of which only the inode number, the last word, is used */
static void parse_last(struct net *net, const char *proto, const char *line)
{
	const char *at = line + strlen(line);
	struct hd_socket *sock;

	while (at > line && at[-1] == ' ')
		at--;
	while (at > line && at[-1] != ' ')
		at--;
	if (at == line)
		return;
	sock = add_socket(net);
	sock->inode = strtoull(at, NULL, 10);
	sock->proto = proto;
	sock->family = AF_UNSPEC;
	sock->state = "";
}

static void read_table(struct net *net, pid_t pid, const char *proto,
		       void (*parse)(struct net *net, const char *proto,
				     const char *line))
{
	char *text, *at, *next;

	if (net->ns)
		text = hd_file_text("%s/proc/%d/net/%s", hd_socket_root, pid,
				    proto);
	else
		text = hd_file_text("%s/proc/self/net/%s", hd_socket_root,
				    proto);
	/* skip the line of headings */
	at = text ? strchr(text, '\n') : NULL;
	for (; at && at[1]; at = next) {
		next = strchr(++at, '\n');
		if (next)
			*next = '\0';
		parse(net, proto, at);
	}
	free(text);
}

static int by_inode(const void *a, const void *b)
{
	const struct hd_socket *x = a, *y = b;

	return x->inode < y->inode ? -1 : x->inode > y->inode;
}

static struct net *new_net(u64 ns, pid_t pid)
{
	static const char *const inet[] = {
		"tcp", "tcp6", "udp", "udp6", "raw", "raw6",
	};
	struct net *net = calloc(1, sizeof(*net));
	size_t i;

	if (!net)
		hd_die("out of memory");
	net->ns = ns;
	for (i = 0; i < ARRAY_SIZE(inet); i++)
		read_table(net, pid, inet[i], parse_inet);
	read_table(net, pid, "unix", parse_unix);
	read_table(net, pid, "netlink", parse_last);
	read_table(net, pid, "packet", parse_last);
	if (net->nr_socks)
		qsort(net->socks, net->nr_socks, sizeof(*net->socks), by_inode);
	net->next = nets;
	nets = net;
	return net;
}

/* the namespace of a process, which is read at the first call */
static struct net *net_of(pid_t pid)
{
	char link[HD_FILE_LINK];
	struct net *net;
	u64 ns = 0;

	if (hd_file_link(link, "%s/proc/%d/ns/net", hd_socket_root, pid))
		sscanf(link, "net:[%llu]", &ns);
	for (net = nets; net && net->ns != ns; net = net->next)
		;
	return net ? net : new_net(ns, pid);
}

/**
 * hd_socket_inode() - get the inode number out of the path of a socket
 * @path: target of a link in /proc/PID/fd
 *
 * Return: 812 for "socket:[812]"; 0: it is no socket.
 */
u64 hd_socket_inode(const char *path)
{
	u64 inode;
	int end = 0;

	/* compare the whole text: a file may be called "socket:[812] and more" */
	return sscanf(path, "socket:[%llu]%n", &inode, &end) == 1 && end &&
	       !path[end] ? inode : 0;
}

/**
 * hd_socket_find() - look up a socket by its inode number
 * @inode: its number
 * @pid: a process of its network namespace
 *
 * Return: NULL if no table in /proc/PID/net has it.
 */
const struct hd_socket *hd_socket_find(u64 inode, pid_t pid)
{
	struct hd_socket key = { .inode = inode };
	const struct net *net = net_of(pid);

	if (!net->nr_socks)
		return NULL;
	return bsearch(&key, net->socks, net->nr_socks, sizeof(*net->socks),
		       by_inode);
}

/**
 * hd_socket_all() - get all sockets of a network namespace
 * @pid: a process of it
 * @count: set to their number
 *
 * Return: the first one; several may have the inode number 0.
 */
const struct hd_socket *hd_socket_all(pid_t pid, size_t *count)
{
	const struct net *net = net_of(pid);

	*count = net->nr_socks;
	return net->socks;
}

/**
 * hd_socket_forget() - free all tables; the next lookup reads them again
 */
void hd_socket_forget(void)
{
	struct net *net;
	size_t i;

	while ((net = nets)) {
		nets = net->next;
		for (i = 0; i < net->nr_socks; i++)
			free(net->socks[i].path);
		free(net->socks);
		free(net);
	}
}

/**
 * hd_socket_is_mapped() - is the address of an IPv6 socket an IPv4-mapped one?
 * @sock: the socket
 * @end: one of its ends
 */
bool hd_socket_is_mapped(const struct hd_socket *sock,
			 const struct hd_socket_end *end)
{
	static const u8 mapped[12] = { [10] = 0xff, [11] = 0xff };

	return sock->family == AF_INET6 &&
	       !memcmp(end->addr, mapped, sizeof(mapped));
}

/**
 * hd_socket_end() - format an end of a connection
 * @sock: a socket of AF_INET or AF_INET6
 * @end: one of its ends
 * @buf: receives the text
 * @size: size of @buf; INET6_ADDRSTRLEN + 9 is enough
 *
 * Return: @buf: "10.0.0.5:80", "[::1]:80".
 */
const char *hd_socket_end(const struct hd_socket *sock,
			  const struct hd_socket_end *end, char *buf,
			  size_t size)
{
	bool is_mapped = hd_socket_is_mapped(sock, end);
	char addr[INET6_ADDRSTRLEN] = "?";

	if (is_mapped)
		inet_ntop(AF_INET, end->addr + 12, addr, sizeof(addr));
	else
		inet_ntop(sock->family, end->addr, addr, sizeof(addr));
	snprintf(buf, size, sock->family == AF_INET6 && !is_mapped ?
		 "[%s]:%u" : "%s:%u", addr, end->port);
	return buf;
}

static void describe_inet(const struct hd_socket *sock, char *buf, size_t size)
{
	char local[INET6_ADDRSTRLEN + 9], remote[INET6_ADDRSTRLEN + 9];
	bool is_tcp = *sock->proto == 't';

	hd_socket_end(sock, &sock->local, local, sizeof(local));
	hd_socket_end(sock, &sock->remote, remote, sizeof(remote));
	if (!sock->remote.port)
		snprintf(buf, size, "%s %s%s%s rx_queue %u", sock->proto, local,
			 is_tcp ? " " : "", sock->state, sock->rx_queue);
	else
		snprintf(buf, size, "%s %s -> %s%s%s rx_queue %u", sock->proto,
			 local, remote, is_tcp ? " " : "", sock->state,
			 sock->rx_queue);
}

/**
 * hd_socket_describe() - describe a socket in a few words
 * @inode: its number
 * @pid: a process of its network namespace
 * @buf: receives the text: "tcp 10.0.0.5:41234 -> 10.0.0.9:3306 ESTABLISHED
 *	rx_queue 0"; the name of a unix socket, which anyone may choose, is
 *	escaped
 * @size: size of @buf
 *
 * Return: false if nothing is known; then @buf is "".
 */
bool hd_socket_describe(u64 inode, pid_t pid, char *buf, size_t size)
{
	const struct hd_socket *sock = hd_socket_find(inode, pid);
	char path[HD_PATH_LEN] = "";

	buf[0] = '\0';
	if (!sock)
		return false;
	if (sock->family == AF_INET || sock->family == AF_INET6) {
		describe_inet(sock, buf, size);
		return true;
	}
	if (sock->path)
		hd_escape(sock->path, strlen(sock->path), path, sizeof(path));
	snprintf(buf, size, "%s%s%s%s%s", sock->proto, *path ? " " : "", path,
		 *sock->state ? " " : "", sock->state);
	return true;
}
