// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include "util.h"
#include "why/parts.h"

/* FNV-1a; links with the same hash are compared in full afterwards */
static u64 hash_of(const char *text)
{
	u64 hash = 0xcbf29ce484222325ull;

	while (*text)
		hash = (hash ^ (unsigned char)*text++) * 0x100000001b3ull;
	return hash;
}

static void add_fd(struct hd_why *why, u32 fd, void *priv)
{
	const u32 *tgid = priv;
	char to[HD_PROC_PATH];

	if (!hd_proc_link(why, to, "%u/fd/%u", *tgid, fd))
		return;
	why->links = hd_grow(why->links, why->nr_links, &why->link_room,
			     sizeof(*why->links));
	why->links[why->nr_links++] = (struct hd_why_link){
		.hash = hash_of(to), .tgid = *tgid, .fd = fd,
	};
}

static void add_process(struct hd_why *why, u32 tgid, void *priv)
{
	(void)priv;
	if (!hd_proc_each(why, add_fd, &tgid, "%u/fd", tgid) && errno == EACCES)
		why->links_denied++;
}

static int by_hash(const void *a, const void *b)
{
	const struct hd_why_link *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->tgid != y->tgid)
		return x->tgid < y->tgid ? -1 : 1;
	return x->fd - y->fd;
}

static void know_links(struct hd_why *why)
{
	if (why->links_known)
		return;
	why->links_known = true;
	hd_proc_each(why, add_process, NULL, ".");
	if (why->nr_links)
		qsort(why->links, why->nr_links, sizeof(*why->links), by_hash);
}

/* Return: index of the first link whose hash is @hash or higher. */
static size_t first_of(const struct hd_why *why, u64 hash)
{
	size_t low = 0, high = why->nr_links, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (why->links[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Return: HD_WHY_READS, HD_WHY_WRITES or both; 0: neither, or it was closed. */
static u32 mode_of(const struct hd_why *why, const struct hd_why_link *link)
{
	char *text = hd_proc_text(why, "%u/fdinfo/%d", link->tgid, link->fd);
	const char *at = text ? strstr(text, "flags:") : NULL;
	unsigned long flags = at ? strtoul(at + strlen("flags:"), NULL, 8) :
			      O_PATH;

	free(text);
	if (flags & O_PATH)
		return 0;
	switch (flags & O_ACCMODE) {
	case O_RDONLY:
		return HD_WHY_READS;
	case O_WRONLY:
		return HD_WHY_WRITES;
	default:
		return HD_WHY_READS | HD_WHY_WRITES;
	}
}

static bool is_sought(struct hd_why *why, const struct hd_why_seek *seek,
		      const struct hd_why_link *link)
{
	char to[HD_PROC_PATH];

	return hd_proc_link(why, to, "%u/fd/%d", link->tgid, link->fd) &&
	       !strcmp(to, seek->link) && mode_of(why, link) & seek->mode &&
	       (!seek->chosen || seek->chosen(why, link, seek->priv));
}

/**
 * hd_why_hold() - look for a descriptor of one process
 * @why: the host
 * @seek: the file, pipe or socket
 * @tgid: the process
 * @link: set to the descriptor
 *
 * Return: false if the process has none.
 */
bool hd_why_hold(struct hd_why *why, const struct hd_why_seek *seek, u32 tgid,
		 struct hd_why_link *link)
{
	u64 hash = hash_of(seek->link);
	size_t i;

	know_links(why);
	for (i = first_of(why, hash);
	     i < why->nr_links && why->links[i].hash == hash; i++) {
		if (why->links[i].tgid != tgid ||
		    !is_sought(why, seek, &why->links[i]))
			continue;
		*link = why->links[i];
		return true;
	}
	return false;
}

/**
 * hd_why_count_holders() - count the processes that have something open
 * @why: the host
 * @seek: the file, pipe or socket
 */
u32 hd_why_count_holders(struct hd_why *why, const struct hd_why_seek *seek)
{
	u64 hash = hash_of(seek->link);
	u32 count = 0, last = 0;
	size_t i;

	know_links(why);
	for (i = first_of(why, hash);
	     i < why->nr_links && why->links[i].hash == hash; i++) {
		if (why->links[i].tgid == last ||
		    !is_sought(why, seek, &why->links[i]))
			continue;
		last = why->links[i].tgid;
		count++;
	}
	return count;
}

/* add "1111 (httpd) as fd 7" to the sentence */
static void put_holder(const struct hd_why *why,
		       const struct hd_why_link *link, char *text, size_t size)
{
	char name[HD_WHY_NAME];
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s%s as fd %d", used ? ", " : "",
		 hd_why_name(why, link->tgid, name), link->fd);
}

static void say_nobody(struct hd_why *why, const char *what, bool self,
		       struct hd_why_wait *wait)
{
	char denied[64] = "";

	if (why->links_denied)
		snprintf(denied, sizeof(denied),
			 " (no permission to look at %u processes)",
			 why->links_denied);
	hd_why_say(wait, "%s %s%s", what,
		   self ? "its own process alone" : "no process that was found",
		   denied);
}

/**
 * hd_why_say_holders() - name the processes that have something open, and queue
 *	them for the next step of the chain
 * @why: the host
 * @seek: the file, pipe or socket
 * @what: the beginning of the sentence: "the other end is held by"
 * @self: the process that waits for it
 * @wait: the sentence is added to it
 *
 * Return: the number of other processes that have it open.
 */
u32 hd_why_say_holders(struct hd_why *why, const struct hd_why_seek *seek,
		       const char *what, u32 self, struct hd_why_wait *wait)
{
	u64 hash = hash_of(seek->link);
	char text[HD_WHY_TEXT / 2] = "", more[32] = "";
	u32 count = 0, last = 0;
	bool is_self = false;
	size_t i;

	know_links(why);
	for (i = first_of(why, hash);
	     i < why->nr_links && why->links[i].hash == hash; i++) {
		const struct hd_why_link *link = &why->links[i];

		if (link->tgid == last || !is_sought(why, seek, link))
			continue;
		last = link->tgid;
		if (last == self) {
			is_self = true;
			continue;
		}
		if (count++ >= HD_WHY_NEXT) {
			wait->more = true;
			continue;
		}
		put_holder(why, link, text, sizeof(text));
		hd_why_next(wait, hd_why_thread(why, last, 0));
	}
	if (count > HD_WHY_NEXT)
		snprintf(more, sizeof(more), " and %u more",
			 count - HD_WHY_NEXT);
	if (count)
		hd_why_say(wait, "%s %s%s", what, text, more);
	else
		say_nobody(why, what, is_self, wait);
	return count;
}
