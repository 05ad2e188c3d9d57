/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands, one file each.  A command gets its own command line, whose
 * first word is the name for messages, and the file named before it, if any;
 * it returns the exit status.
 */
#ifndef HD_CMD_H
#define HD_CMD_H

int hd_cmd_summary(int argc, char **argv, const char *file);
int hd_cmd_hist(int argc, char **argv, const char *file);
int hd_cmd_syscalls(int argc, char **argv, const char *file);
int hd_cmd_tasks(int argc, char **argv, const char *file);
int hd_cmd_exited(int argc, char **argv, const char *file);
int hd_cmd_errors(int argc, char **argv, const char *file);
int hd_cmd_stuck(int argc, char **argv, const char *file);
int hd_cmd_dsleep(int argc, char **argv, const char *file);
int hd_cmd_open(int argc, char **argv, const char *file);
int hd_cmd_slow(int argc, char **argv, const char *file);
int hd_cmd_deaths(int argc, char **argv, const char *file);
int hd_cmd_json(int argc, char **argv, const char *file);
int hd_cmd_metrics(int argc, char **argv, const char *file);
int hd_cmd_why(int argc, char **argv, const char *file);
int hd_cmd_diff(int argc, char **argv, const char *file);
int hd_cmd_top(int argc, char **argv, const char *file);
int hd_cmd_record(int argc, char **argv, const char *file);
int hd_cmd_heatmap(int argc, char **argv, const char *file);
int hd_cmd_doctor(int argc, char **argv, const char *file);

#endif /* HD_CMD_H */
