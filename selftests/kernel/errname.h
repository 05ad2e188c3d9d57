/* SPDX-License-Identifier: GPL-2.0-only */
/* Names of the errors that the tests expect; older C libraries have none. */
#ifndef ERRNAME_H
#define ERRNAME_H

#include <errno.h>
#include <string.h>

static inline const char *errname(int err)
{
	switch (err) {
	case 0:		return "OK";
	case EACCES:	return "EACCES";
	case EBUSY:	return "EBUSY";
	case EEXIST:	return "EEXIST";
	case EINVAL:	return "EINVAL";
	case EIO:	return "EIO";
	case ENOENT:	return "ENOENT";
	case ENOMEM:	return "ENOMEM";
	case EPERM:	return "EPERM";
	case ERANGE:	return "ERANGE";
	case EAGAIN:	return "EAGAIN";
	default:	return strerror(err);
	}
}

#endif /* ERRNAME_H */
