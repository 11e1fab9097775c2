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

/* Enough for a file, a line and a text. */
#define BI_ERROR_SIZE (sizeof(struct bench_error) + 32)

/* Write "FILE:LINE: TEXT" to OUT, without a line if there is none, and without
 * the file if there is none or the text names it.  Returns OUT. */
const char *bi_error_line(const struct bench_error *err,
			  char out[BI_ERROR_SIZE]);

#endif
