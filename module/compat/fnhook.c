// SPDX-License-Identifier: GPL-2.0-only
/* Hooks on the entry of a function: by ftrace where the kernel has it, else a kprobe. */
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/ptrace.h>
#include <linux/string.h>
#include "fnhook.h"

#ifdef HD_FTRACE_REGS

/*
 * From 5.5 on a hook may be permanent: the sysctl kernel.ftrace_enabled does not switch
 * it off.  Before 5.5, a hook that is attached while the sysctl is 0 is never called,
 * without an error.
 */
#ifdef HD_HAVE_FTRACE_PERMANENT
#define FL_PERMANENT	FTRACE_OPS_FL_PERMANENT

static bool ftrace_is_off(void)
{
	return false;
}
#else
#define FL_PERMANENT	0

static bool ftrace_is_off(void)
{
#ifdef HD_HAVE_KALLSYMS_LOOKUP_NAME
	/* NULL where kallsyms has no symbols of data: then it cannot be found out */
	int *enabled = (int *)kallsyms_lookup_name("ftrace_enabled");

	return enabled && !READ_ONCE(*enabled);
#else
	return false;
#endif
}
#endif

static void free_ftrace_filter(struct ftrace_ops *ops)
{
#ifdef HD_HAVE_FTRACE_FREE_FILTER
	ftrace_free_filter(ops);
#else
	/* this allocates memory: if that fails, the filter leaks */
	ftrace_set_filter(ops, NULL, 0, 1);
#endif
}

/* Registers a disabled kprobe, which looks the symbol up and patches nothing. */
static unsigned long symbol_address(const char *symbol)
{
	struct kprobe kp = {
		.symbol_name = symbol, .flags = KPROBE_FLAG_DISABLED,
	};
	unsigned long address;

	if (register_kprobe(&kp))
		return 0;
	address = (unsigned long)kp.addr;
	unregister_kprobe(&kp);
	return address;
}

/* ftrace_set_filter() makes the name of every function first, so the address is tried. */
static int set_ftrace_filter(struct ftrace_ops *ops, const char *symbol)
{
	unsigned long address = symbol_address(symbol);

	if (address && !ftrace_set_filter_ip(ops, address, 0, 1))
		return 0;
	return ftrace_set_filter(ops, (unsigned char *)symbol, strlen(symbol),
				 1);
}

static int attach_ftrace(struct hd_fnhook *hook)
{
	int err;

	if (!hook->probe->ftrace)
		return -EOPNOTSUPP;
	if (ftrace_is_off())
		return -EBUSY;
	memset(&hook->ops, 0, sizeof(hook->ops));
	hook->ops.func = hook->probe->ftrace;
	hook->ops.flags = HD_FTRACE_SAVE_REGS | FL_PERMANENT;
	err = set_ftrace_filter(&hook->ops, hook->symbol);
	if (err)
		return err;
	err = register_ftrace_function(&hook->ops);
	if (err)
		free_ftrace_filter(&hook->ops);
	else
		hook->how = "ftrace";
	return err;
}

static void detach_ftrace(struct hd_fnhook *hook)
{
	unregister_ftrace_function(&hook->ops);
	free_ftrace_filter(&hook->ops);
}
#else
static int attach_ftrace(struct hd_fnhook *hook)
{
	return -EOPNOTSUPP;
}

static void detach_ftrace(struct hd_fnhook *hook)
{
}
#endif

static int attach_kprobe(struct hd_fnhook *hook)
{
	int err;

	memset(&hook->kp, 0, sizeof(hook->kp));
	hook->kp.symbol_name = hook->symbol;
	hook->kp.pre_handler = hook->probe->kprobe;
	err = register_kprobe(&hook->kp);
	if (!err)
		hook->how = "kprobe";
	return err;
}

/**
 * hd_fnhook_attach() - hook a function
 * @hook: symbol and probe are set; otherwise zeroed, or detached before
 *
 * Context: process; may sleep.
 * Return: 0, or an error: -ENOENT where there is no such function, -EBUSY where ftrace
 * is switched off, through which a kprobe at the entry of a function works, too.
 */
int hd_fnhook_attach(struct hd_fnhook *hook)
{
	int err = attach_ftrace(hook);

	return err && err != -EBUSY ? attach_kprobe(hook) : err;
}

/**
 * hd_fnhook_detach() - detach a hook; no handler runs when it returns
 * @hook: the hook, which is attached
 *
 * Context: process; sleeps.
 */
void hd_fnhook_detach(struct hd_fnhook *hook)
{
	if (!strcmp(hook->how, "ftrace"))
		detach_ftrace(hook);
	else
		unregister_kprobe(&hook->kp);
	hook->how = NULL;
}

/**
 * hd_fnhook_is_gone() - was the module of the hooked function removed?
 * @hook: an attached hook
 *
 * The kernel never calls such a hook again, but it has to be detached.
 *
 * Context: process.
 */
bool hd_fnhook_is_gone(struct hd_fnhook *hook)
{
	return !strcmp(hook->how, "kprobe") && kprobe_gone(&hook->kp);
}

/**
 * hd_fnhook_missed() - the number of hits that the kernel could not deliver
 * @hook: any hook
 *
 * Context: any.
 */
unsigned long hd_fnhook_missed(const struct hd_fnhook *hook)
{
	return hook->kp.nmissed;
}
