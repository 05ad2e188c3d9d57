// SPDX-License-Identifier: GPL-2.0-only
/*
 * The tables are names/<abi>.h, one call a line, as strace prints its name.
 * A table is an array by number, so that a look-up costs the same for all.
 */
#include "names.h"

struct hd_call {
	const char *name;
	u8 class;
};

#define HD_SYSCALL(nr, name, class) \
	[(nr) - FIRST] = { #name, HOSTDIAG_CLASS_##class },

#ifdef HD_TABLES_X86
#define FIRST	0
static const struct hd_call x86_64[] = {
#include "names/x86_64.h"
};

static const struct hd_call i386[] = {
#include "names/i386.h"
};

#undef FIRST
#define FIRST	512
static const struct hd_call x32[] = {
#include "names/x32.h"
};

#undef FIRST
#endif /* HD_TABLES_X86 */

#ifdef HD_TABLES_ARM
#define FIRST	0
static const struct hd_call arm64[] = {
#include "names/arm64.h"
};

static const struct hd_call arm[] = {
#include "names/arm.h"
};

#undef FIRST
#define FIRST	0xf0000
static const struct hd_call arm_private[] = {
#include "names/arm_private.h"
};

#undef FIRST
#endif /* HD_TABLES_ARM */

static const struct hd_table {
	u32 abi;
	u32 first;
	u32 len;
	const struct hd_call *call;
} tables[] = {
#ifdef HD_TABLES_X86
	{ HOSTDIAG_ABI_X86_64,	0,		ARRAY_SIZE(x86_64), x86_64 },
	{ HOSTDIAG_ABI_I386,	0,		ARRAY_SIZE(i386), i386 },
	{ HOSTDIAG_ABI_X32,	0,		ARRAY_SIZE(x86_64), x86_64 },
	{ HOSTDIAG_ABI_X32,	512,		ARRAY_SIZE(x32), x32 },
#endif
#ifdef HD_TABLES_ARM
	{ HOSTDIAG_ABI_ARM64,	0,		ARRAY_SIZE(arm64), arm64 },
	{ HOSTDIAG_ABI_ARM,	0,		ARRAY_SIZE(arm), arm },
	{ HOSTDIAG_ABI_ARM,	0xf0000,	ARRAY_SIZE(arm_private), arm_private },
#endif
};

/* NULL: no table has it */
static const struct hd_call *find_call(u32 abi, u32 nr)
{
	const struct hd_table *table;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(tables); i++) {
		table = &tables[i];
		if (table->abi != abi || nr - table->first >= table->len)
			continue;
		return table->call[nr - table->first].name ?
		       &table->call[nr - table->first] : NULL;
	}
	return NULL;
}

/**
 * hd_syscall_name() - the name of a syscall
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 * @buf: where a name that is in no table is made: "syscall_463"
 *
 * Return: the name, "bad" for HOSTDIAG_NR_BAD: @buf, or a constant.
 */
const char *hd_syscall_name(u32 abi, u32 nr, char buf[HD_NAME_LEN])
{
	const struct hd_call *call = find_call(abi, nr);

	if (call)
		return call->name;
	if (nr == HOSTDIAG_NR_BAD)
		return "bad";
	snprintf(buf, HD_NAME_LEN, "syscall_%u", nr);
	return buf;
}

/**
 * hd_syscall_class() - why a call that takes long does so
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 *
 * Return: the class; HOSTDIAG_CLASS_OTHER for a number that is in no table.
 */
enum hostdiag_class hd_syscall_class(u32 abi, u32 nr)
{
	const struct hd_call *call = find_call(abi, nr);

	return call ? (enum hostdiag_class)call->class : HOSTDIAG_CLASS_OTHER;
}

/**
 * hd_syscall_opens() - does a syscall open a path?
 * @abi: enum hostdiag_abi
 * @nr: number in that ABI's table, or HOSTDIAG_NR_BAD
 *
 * Context: any; few instructions for most others.
 */
bool hd_syscall_opens(u32 abi, u32 nr)
{
	static const char *const opens[] = {
		"open", "openat", "openat2", "creat", "open_by_handle_at",
	};
	const struct hd_call *call = find_call(abi, nr);
	u32 i;

	if (!call || (call->name[0] != 'o' && call->name[0] != 'c'))
		return false;
	for (i = 0; i < ARRAY_SIZE(opens); i++)
		if (!strcmp(call->name, opens[i]))
			return true;
	return false;
}
