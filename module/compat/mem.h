/* SPDX-License-Identifier: GPL-2.0-only */
/* Large allocations, ordered loads and stores, and hashes of addresses. */
#ifndef HD_COMPAT_MEM_H
#define HD_COMPAT_MEM_H

#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <asm/barrier.h>

/* Return: zeroed memory, to be freed by hd_kvfree().  Process context; sleeps. */
static inline void *hd_kvzalloc(size_t bytes)
{
#ifdef HD_HAVE_KVMALLOC
	return kvzalloc(bytes, GFP_KERNEL | __GFP_NOWARN);
#else
	return vzalloc(bytes);
#endif
}

/* Process context; @mem may be NULL. */
static inline void hd_kvfree(const void *mem)
{
#ifdef HD_HAVE_KVMALLOC
	kvfree(mem);
#else
	vfree(mem);
#endif
}

#ifdef HD_HAVE_SMP_LOAD_ACQUIRE
#define hd_load_acquire(p)	smp_load_acquire(p)
#define hd_store_release(p, v)	smp_store_release(p, v)
#else
#define hd_load_acquire(p)				\
({							\
	typeof(*(p)) __v = READ_ONCE(*(p));		\
	smp_mb();					\
	__v;						\
})
#define hd_store_release(p, v)				\
do {							\
	smp_mb();					\
	WRITE_ONCE(*(p), v);				\
} while (0)
#endif

/* the first one of two u32 that were read as one u64 */
static __always_inline u32 hd_first_half(u64 both)
{
#ifdef __LITTLE_ENDIAN
	return both;
#else
	return both >> 32;
#endif
}

/*
 * hd_add_release() - add to a counter that its owner alone writes; who sees the sum
 *	sees what the owner has written before.  x86, which keeps the order by
 *	itself, does it in one instruction.
 */
#ifdef CONFIG_X86
#define hd_add_release(p, n)	do { barrier(); data_race(*(p) += (n)); } while (0)
#else
#define hd_add_release(p, n)	hd_store_release(p, data_race(*(p)) + (n))
#endif

/*
 * A hash of a few bits of an object's address, in two instructions.  It is made of the
 * lower 32 bits, which tell objects apart as well.  x86 multiplies by an immediate
 * operand.  Where a multiplication takes two more instructions, the bits are those
 * that differ between objects of some kilobytes.
 */
static __always_inline u32 hd_address_bits(const void *address, u32 bits)
{
	u32 low = (unsigned long)address;

#ifdef CONFIG_X86
	return hash_32(low, bits);
#else
	return (low ^ low >> bits) >> 12 & ((1u << bits) - 1);
#endif
}

#endif /* HD_COMPAT_MEM_H */
