// SPDX-License-Identifier: GPL-2.0-only
/* Names for waits in the kernel; see blocked.h. */
#include "pure/blocked.h"

/**
 * hd_awaited_name() - a kind of wait, in a word
 * @wait: the kind
 */
const char *hd_awaited_name(enum hd_awaited wait)
{
	static const char *const names[HD_AWAITED] = {
		"-", "mutex", "rwsem", "semaphore", "rt_mutex", "rwsem",
		"percpu_rwsem", "completion", "thaw",
	};

	return wait < HD_AWAITED ? names[wait] : "-";
}

/**
 * hd_hold_name() - how sure it is who holds what is waited for, in a word
 * @hold: how sure
 */
const char *hd_hold_name(enum hd_hold hold)
{
	static const char *const names[HD_HOLDS] = {
		"-", "held", "handed", "reader", "nobody",
	};

	return hold < HD_HOLDS ? names[hold] : "-";
}
