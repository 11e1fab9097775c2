/* Filling a struct bench_error. */
#ifndef BI_BASE_ERROR_H
#define BI_BASE_ERROR_H

#include <benchkit/error.h>
#include <benchkit/version.h>

/* Record CODE and the formatted text in ERR, unless ERR is NULL or already
 * holds an error.  Returns CODE, so that a caller can return it on. */
int bi_error_set(struct bench_error *err, int code, const char *fmt, ...)
	BENCH_PRINTF(3, 4);

/* BENCH_ENOMEM with its text. */
int bi_error_nomem(struct bench_error *err);

/* BENCH_EIO from errno: "WHAT SUBJECT: Strerror text". */
int bi_error_errno(struct bench_error *err, const char *what,
		   const char *subject);

/* Say where in the user's input ERR happened; for the caller that knows.  Does
 * nothing if ERR is NULL. */
void bi_error_place(struct bench_error *err, const char *file, int line,
		    int column);

#endif
