// SPDX-License-Identifier: GPL-2.0-only
/*
 * What hostdiag looks with, in this module too: its sampler has to look between
 * two looks at the truth, with nothing else in between.
 */
#include "module/compat/waiter.c"
#include "module/pure/line.c"
#include "module/pure/blocked.c"
#include "module/show/lockname.c"
#include "module/show/locks.c"
