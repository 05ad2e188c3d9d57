// SPDX-License-Identifier: GPL-2.0-only
/* A kernel without the function tracer. */
#ifdef CONFIG_FUNCTION_TRACER
#error "there is a function tracer"
#endif
