/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of the act workload share; act.c says what it is. */
#ifndef ACT_H
#define ACT_H

/**
 * struct act_op - one thing that act can do
 * @name: as on the command line
 * @run: does it; @arg is what stands after the colon, or ""
 */
struct act_op {
	const char *name;
	void (*run)(const char *arg);
};

extern const struct act_op act_file_ops[];
extern const struct act_op act_wait_ops[];
extern const struct act_op act_fed_ops[];

void act_die(const char *op, const char *arg) __attribute__((noreturn));
void act_sleep_ms(long ms);
void act_arm_alarm(void);
long act_number(const char *arg, long otherwise);

/* of act_files.c */
int act_open(const char *arg);
int act_file_top(void);
char *act_mapped(void);

#endif /* ACT_H */
