// SPDX-License-Identifier: GPL-2.0-only
/* Who waits in the kernel for whom; see blocked.h. */
#include "pure/blocked.h"

/**
 * hd_awaited_name() - a kind of wait, in a word
 * @wait: the kind
 */
const char *hd_awaited_name(enum hd_awaited wait)
{
	static const char *const names[HD_AWAITED] = {
		"-", "mutex", "rwsem", "semaphore", "rt_mutex", "rwsem",
		"percpu_rwsem", "completion",
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

/**
 * hd_render_blocked_columns() - the second line of "blocked"
 * @out: where to
 */
void hd_render_blocked_columns(struct hd_out *out)
{
	hd_out_printf(out, "# tid tgid comm state age_ns wait object hold"
		      " holder holder_tgid holder_comm links circle"
		      " root root_tgid root_comm wchan\n");
}

static void put_text(struct hd_out *out, const char *text, size_t size)
{
	hd_line_char(out, ' ');
	hd_line_escaped(out, text, size);
}

static void put_who(struct hd_out *out, const struct hd_blocked_who *who)
{
	if (!who->tid) {
		hd_line_text(out, " - - -");
		return;
	}
	hd_line_number_after(out, ' ', who->tid);
	hd_line_number_after(out, ' ', who->tgid);
	put_text(out, who->comm, sizeof(who->comm));
}

/**
 * hd_render_blocked() - a line of "blocked"
 * @out: where to
 * @row: a task that waits
 */
void hd_render_blocked(struct hd_out *out, const struct hd_blocked_row *row)
{
	hd_line_number(out, row->self.tid);
	hd_line_number_after(out, ' ', row->self.tgid);
	put_text(out, row->self.comm, sizeof(row->self.comm));
	put_text(out, &row->state, 1);
	if (row->age_ns == HD_AGE_UNKNOWN)
		hd_line_text(out, " -");
	else
		hd_line_number_after(out, ' ', row->age_ns);
	hd_line_char(out, ' ');
	hd_line_text(out, hd_awaited_name(row->wait));
	put_text(out, row->object, sizeof(row->object));
	hd_line_char(out, ' ');
	hd_line_text(out, hd_hold_name(row->hold));
	put_who(out, &row->holder);
	hd_line_number_after(out, ' ', row->links);
	hd_line_number_after(out, ' ', row->is_circle);
	put_who(out, &row->root);
	put_text(out, row->place, sizeof(row->place));
	hd_line_end(out);
}
