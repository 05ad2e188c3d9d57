/* SPDX-License-Identifier: GPL-2.0-only */
/* Text of the current task's memory, without a fault. */
#ifndef HD_COMPAT_USER_H
#define HD_COMPAT_USER_H

#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#ifdef HD_HAVE_ACCESS_OK3
#define hd_access_ok(from, len)	access_ok(VERIFY_READ, from, len)
#else
#define hd_access_ok(from, len)	access_ok(from, len)
#endif

/* bytes that were copied; what is not in memory now is not */
static inline size_t hd_user_bytes(char *to, unsigned long from, size_t len)
{
	const char __user *user = (const char __user *)from;
	size_t left;

	if (!hd_access_ok(user, len))
		return 0;
	pagefault_disable();
	left = __copy_from_user_inatomic(to, user, len);
	pagefault_enable();
	return len - left;
}

/**
 * hd_user_text() - copy a string of the current task
 * @to: "" where it is not in memory, or does not fit
 * @from: its address, which is anything
 * @size: of @to
 *
 * A page that is not there stays where it is: to bring it may take for ever.
 *
 * Context: process; preemption may be off.
 */
static inline void hd_user_text(char *to, unsigned long from, size_t size)
{
	size_t len, used = 0, wanted;

	while (used < size) {
		wanted = min_t(size_t, size - used, PAGE_SIZE - from % PAGE_SIZE);
		len = hd_user_bytes(to + used, from, wanted);
		if (memchr(to + used, '\0', len))
			return;
		if (len < wanted)
			break;
		used += len;
		from += len;
	}
	to[0] = '\0';
}

#endif /* HD_COMPAT_USER_H */
