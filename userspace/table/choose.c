// SPDX-License-Identifier: GPL-2.0-only
/* The choice of tasks by lists of numbers, of names and patterns, and of users. */
#include <ctype.h>
#include <fnmatch.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "host/file.h"
#include "table/args.h"

#define NO_USER		(~0u)

/**
 * hd_list_word() - copy the first word of a list
 * @list: words with commas between them
 * @word: set to the word, which is cut to the room
 *
 * Return: the rest of the list; NULL: that was the last word.
 */
const char *hd_list_word(const char *list, char word[HD_LIST_WORD_LEN])
{
	size_t len = strcspn(list, ",");

	snprintf(word, HD_LIST_WORD_LEN, "%.*s",
		 len < HD_LIST_WORD_LEN ? (int)len : HD_LIST_WORD_LEN, list);
	list += len;
	return *list ? list + 1 : NULL;
}

static bool is_id_in(const char *list, u32 id)
{
	char word[HD_LIST_WORD_LEN];

	while (list) {
		list = hd_list_word(list, word);
		if (strtoul(word, NULL, 10) == id)
			return true;
	}
	return false;
}

/*
 * getpwnam() would load libraries, which a static program cannot count on, and
 * the file system of /etc may hang.
 */
static u32 find_user(const char *name)
{
	char *text = hd_file_text("/etc/passwd");
	FILE *from = text ? fmemopen(text, strlen(text), "r") : NULL;
	u32 uid = NO_USER;
	struct passwd *user;

	while (from && uid == NO_USER && (user = fgetpwent(from)))
		if (!strcmp(user->pw_name, name))
			uid = user->pw_uid;
	if (from)
		fclose(from);
	free(text);
	return uid;
}

static u32 user_of_word(const char *word)
{
	char *end;
	unsigned long uid = strtoul(word, &end, 10);

	if (isdigit((unsigned char)*word) && !*end && uid < NO_USER)
		return uid;
	return find_user(word);
}

/**
 * hd_user_is_known() - is a word a user that tasks can be chosen by?
 * @word: a number, or a name in /etc/passwd
 */
bool hd_user_is_known(const char *word)
{
	return user_of_word(word) != NO_USER;
}

static bool is_user_in(const char *list, u32 uid)
{
	char word[HD_LIST_WORD_LEN];

	while (list) {
		list = hd_list_word(list, word);
		if (user_of_word(word) == uid)
			return true;
	}
	return false;
}

/*
 * The owner is read by stat() of /proc/TGID, which nothing in the process can
 * block.  The rows of a process follow each other, so that caching the last answer
 * is enough.
 */
static bool is_users(const char *list, u32 tgid)
{
	static u32 last_tgid;
	static bool last;
	char name[32];
	struct stat stat_of;

	if (!tgid)
		return false;
	if (tgid == last_tgid)
		return last;
	snprintf(name, sizeof(name), "/proc/%u", tgid);
	last_tgid = tgid;
	last = !stat(name, &stat_of) && is_user_in(list, stat_of.st_uid);
	return last;
}

/* match the name itself, or its printed form */
static bool is_called(const char *pattern, const char *comm)
{
	char escaped[HD_ESCAPED_LEN];

	hd_escape(comm, HOSTDIAG_COMM_LEN, escaped, sizeof(escaped));
	return !strcmp(comm, pattern) || !strcmp(escaped, pattern) ||
	       !fnmatch(pattern, comm, FNM_NOESCAPE) ||
	       !fnmatch(pattern, escaped, FNM_NOESCAPE);
}

/* a name may have a comma in it */
static bool is_name_in(const char *list, const char *comm)
{
	char word[HD_LIST_WORD_LEN];

	if (is_called(list, comm))
		return true;
	while (list) {
		list = hd_list_word(list, word);
		if (is_called(word, comm))
			return true;
	}
	return false;
}

/**
 * hd_args_choose() - is a task one of those to show?
 * @args: the choice
 * @tid: its number; exited tasks of a comm have none
 * @tgid: number of its process
 * @comm: its name
 */
bool hd_args_choose(const struct hd_args *args, u32 tid, u32 tgid,
		    const char *comm)
{
	if (args->tids)
		return is_id_in(args->tids, tid);
	if (args->tgids)
		return is_id_in(args->tgids, tgid);
	if (args->comms)
		return is_name_in(args->comms, comm);
	if (args->users)
		return is_users(args->users, tgid);
	return true;
}

/**
 * hd_args_chosen() - describe the choice of tasks in words
 * @args: the choice
 *
 * Return: "", " of task 812"; good until the next call.
 */
const char *hd_args_chosen(const struct hd_args *args)
{
	static char text[sizeof(" of the tasks named ''") + HD_ESCAPED_LEN];
	char name[HD_ESCAPED_LEN];

	text[0] = '\0';
	if (args->tids)
		snprintf(text, sizeof(text), " of task%s %.64s",
			 strchr(args->tids, ',') ? "s" : "", args->tids);
	else if (args->tgids)
		snprintf(text, sizeof(text), " of process%s %.64s",
			 strchr(args->tgids, ',') ? "es" : "", args->tgids);
	else if (args->comms)
		snprintf(text, sizeof(text), " of the tasks named '%s'",
			 hd_escape(args->comms, strlen(args->comms), name,
				   sizeof(name)));
	else if (args->users)
		snprintf(text, sizeof(text), " of the tasks of user %s",
			 hd_escape(args->users, strlen(args->users), name,
				   sizeof(name)));
	return text;
}
