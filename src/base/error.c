/* Filling a struct bench_error. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int bi_error_set(struct bench_error *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (err == NULL || err->code != 0)
		return code;
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return code;
}

int bi_error_nomem(struct bench_error *err)
{
	return bi_error_set(err, BENCH_ENOMEM, "out of memory");
}

int bi_error_errno(struct bench_error *err, const char *what,
		   const char *subject)
{
	int saved = errno;

	return bi_error_set(err, BENCH_EIO, "%s %s: %s", what, subject,
			    strerror(saved));
}

void bi_error_place(struct bench_error *err, const char *file, int line,
		    int column)
{
	if (err == NULL)
		return;
	snprintf(err->file, sizeof(err->file), "%s", file);
	err->line = line;
	err->column = column;
}

/* "read FILE: is a directory" */
static bool names_file(const struct bench_error *err)
{
	size_t len = strlen(err->file);
	const char *at = err->text;

	while ((at = strstr(at, err->file)) != NULL) {
		if (at > err->text && at[-1] == ' ' && at[len] == ':')
			return true;
		at++;
	}
	return false;
}

const char *bi_error_line(const struct bench_error *err,
			  char out[BI_ERROR_SIZE])
{
	if (err->line > 0)
		snprintf(out, BI_ERROR_SIZE, "%s:%d: %s", err->file, err->line,
			 err->text);
	else if (err->file[0] != '\0' && !names_file(err))
		snprintf(out, BI_ERROR_SIZE, "%s: %s", err->file, err->text);
	else
		snprintf(out, BI_ERROR_SIZE, "%s", err->text);
	return out;
}
