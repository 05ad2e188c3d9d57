// SPDX-License-Identifier: GPL-2.0-only
/*
 * The modes of the terminal.  They are restored before the program ends or stops
 * for any reason except SIGKILL and SIGSTOP.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>
#include "top/screen.h"
#include "util.h"

/* alternate screen without line wrap and without cursor; and back */
#define TAKE	"\033[?1049h\033[?7l\033[?25l"
#define GIVE	"\033[0m\033[?25h\033[?7h\033[?1049l"

#define ESCAPE_MS	50	/* time within which the rest of an escape sequence arrives */
#define MS		1000000ull

static struct termios old_termios;
static int signal_fd = -1;
static int is_taken;	/* also read by signal handlers */

static const int handled_signals[] = {
	SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH,
};

static const int crash_signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };

static void write_codes(const char *codes, size_t len)
{
	/* if this fails, there is no terminal to report it to */
	if (write(STDOUT_FILENO, codes, len) < 0)
		return;
}

static void take_terminal(void)
{
	struct termios raw = old_termios;

	raw.c_lflag &= ~(ICANON | ECHO);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	is_taken = 1;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
	write_codes(TAKE, strlen(TAKE));
}

/**
 * hd_terminal_close() - restore the modes of the terminal
 *
 * Context: any, including signal handlers.
 */
void hd_terminal_close(void)
{
	if (!is_taken)
		return;
	is_taken = 0;
	write_codes(GIVE, strlen(GIVE));
	tcsetattr(STDIN_FILENO, TCSADRAIN, &old_termios);
}

/* SA_RESETHAND: the raised signal has its default action once this returns */
static void on_crash(int number)
{
	hd_terminal_close();
	raise(number);
}

static void watch_signals(void)
{
	struct sigaction action = {
		.sa_handler = on_crash,
		.sa_flags = SA_RESETHAND,
	};
	sigset_t set;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(crash_signals); i++)
		sigaction(crash_signals[i], &action, NULL);
	sigemptyset(&set);
	for (i = 0; i < ARRAY_SIZE(handled_signals); i++)
		sigaddset(&set, handled_signals[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signal_fd < 0)
		hd_die("signalfd: %s", strerror(errno));
}

/**
 * hd_terminal_open() - take the terminal: keys come at once and are not shown
 */
void hd_terminal_open(void)
{
	if (tcgetattr(STDIN_FILENO, &old_termios))
		hd_die("no terminal: %s", strerror(errno));
	hd_print_before_end = hd_terminal_close;
	atexit(hd_terminal_close);
	watch_signals();
	take_terminal();
}

/* take the default action of a signal; after SIGTSTP this returns */
static void let_happen(int number)
{
	sigset_t set;

	hd_terminal_close();
	signal(number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, number);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	sigprocmask(SIG_BLOCK, &set, NULL);
	take_terminal();
}

static int handle_signal(void)
{
	struct signalfd_siginfo info;

	if (read(signal_fd, &info, sizeof(info)) != sizeof(info))
		return HD_KEY_NONE;
	switch (info.ssi_signo) {
	case SIGWINCH:
		break;
	case SIGCONT:
		/* the shell may have changed the modes */
		take_terminal();
		break;
	default:
		let_happen(info.ssi_signo);
	}
	return HD_KEY_REDRAW;
}

/* a byte that was read behind ESC and does not belong to an escape sequence */
static int pending_byte = -1;

/* Return: the next byte; -1: none. */
static int read_byte(void)
{
	u8 byte;

	return read(STDIN_FILENO, &byte, 1) == 1 ? byte : -1;
}

static bool has_more(int timeout_ms)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };

	return poll(&fd, 1, timeout_ms) == 1;
}

/* read the rest of an escape sequence: "[A", "OA", "[5~" */
static int read_sequence(void)
{
	int byte, number = 0;

	if (!has_more(ESCAPE_MS))
		return HD_KEY_ESCAPE;
	byte = read_byte();
	if (byte != '[' && byte != 'O') {
		pending_byte = byte;
		return HD_KEY_ESCAPE;
	}
	do {
		byte = has_more(ESCAPE_MS) ? read_byte() : -1;
		if (byte >= '0' && byte <= '9')
			number = (10 * number + byte - '0') % 1000;
	} while ((byte >= '0' && byte <= '9') || byte == ';');

	switch (byte) {
	case 'A':
		return HD_KEY_UP;
	case 'B':
		return HD_KEY_DOWN;
	case 'C':
		return HD_KEY_RIGHT;
	case 'D':
		return HD_KEY_LEFT;
	case 'H':
		return HD_KEY_HOME;
	case 'F':
		return HD_KEY_LAST;
	case '~':
		break;
	default:
		return HD_KEY_NONE;
	}
	switch (number) {
	case 1:
	case 7:
		return HD_KEY_HOME;
	case 4:
	case 8:
		return HD_KEY_LAST;
	case 5:
		return HD_KEY_PAGE_UP;
	case 6:
		return HD_KEY_PAGE_DOWN;
	}
	return HD_KEY_NONE;
}

/**
 * hd_terminal_wait() - wait for a key, or a signal
 * @timeout_ns: how long at most
 *
 * Return: the byte of a key, or one of enum hd_key.
 */
int hd_terminal_wait(u64 timeout_ns)
{
	struct pollfd fd[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = signal_fd, .events = POLLIN },
	};
	int key = pending_byte;

	if (key >= 0) {
		pending_byte = -1;
		return key == '\033' ? read_sequence() : key;
	}
	if (poll(fd, 2, (timeout_ns + MS - 1) / MS) <= 0)
		return HD_KEY_NONE;
	if (fd[1].revents)
		return handle_signal();
	key = read_byte();
	if (key < 0)
		return HD_KEY_END;
	return key == '\033' ? read_sequence() : key;
}
