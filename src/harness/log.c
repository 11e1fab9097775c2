/* What benchmarks say: bench_logf and its kin.
 *
 * A message is four blanks, file and line, the text; further lines of it have
 * four blanks more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "harness/bench.h"

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* Append TEXT, without its last newline, in the shape above. */
static int add_indented(struct bi_buf *out, const char *text)
{
	size_t len = strlen(text);
	int rc = 0;

	if (len > 0 && text[len - 1] == '\n')
		len--;
	while (rc == 0 && len > 0) {
		const char *newline = memchr(text, '\n', len);
		size_t line = newline ? (size_t)(newline - text) + 1 : len;

		rc = bi_buf_add(out, text, line);
		if (rc == 0 && newline != NULL)
			rc = bi_buf_adds(out, "        ");
		text += line;
		len -= line;
	}
	return rc == 0 ? bi_buf_addc(out, '\n') : rc;
}

static void show_live(const struct bi_bench *bench, const char *text,
		      size_t len)
{
	struct bi_event event = {
		.kind = BI_EVENT_LOG,
		.name = bench->name,
		.text = text,
		.text_len = len,
	};

	bench->run->sink.take(bench->run->sink.ctx, &event);
}

/* Out of memory, a message is lost: the benchmark that ran dry has worse to
 * report, and its outcome does not depend on it. */
static void add(struct bi_bench *bench, const char *file, int line,
		const char *fmt, va_list ap)
{
	bool own = pthread_equal(pthread_self(), bench->owner) != 0;
	bool on = own && bi_timer_hold(&bench->timer);
	struct bi_buf text = BI_BUF_INIT;
	size_t start;

	if (bi_buf_vaddf(&text, fmt, ap) == 0) {
		pthread_mutex_lock(&bench->log_lock);
		start = bench->log.len;
		if (bi_buf_adds(&bench->log, "    ") == 0 &&
		    (file == NULL || bi_buf_addf(&bench->log, "%s:%d: ",
						 base_name(file), line) == 0))
			add_indented(&bench->log, bi_buf_str(&text));
		if (bench->run->flags->verbose && !bench->unseen &&
		    bench->log.len > start)
			show_live(bench, bench->log.data + start,
				  bench->log.len - start);
		pthread_mutex_unlock(&bench->log_lock);
	}
	bi_buf_release(&text);
	if (own)
		bi_timer_release(&bench->timer, on);
}

void bi_bench_complain(struct bi_bench *bench, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(bench, NULL, 0, fmt, ap);
	va_end(ap);
	bi_bench_fail(bench);
}

void bench_logf_at(bench_b *b, const char *file, int line, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(bi_bench_of(b), file, line, fmt, ap);
	va_end(ap);
}

void bench_errorf_at(bench_b *b, const char *file, int line, const char *fmt,
		     ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(bi_bench_of(b), file, line, fmt, ap);
	va_end(ap);
	bi_bench_fail(bi_bench_of(b));
}

void bench_fatalf_at(bench_b *b, const char *file, int line, const char *fmt,
		     ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(bi_bench_of(b), file, line, fmt, ap);
	va_end(ap);
	bench_fail_now(b);
}

void bench_skipf_at(bench_b *b, const char *file, int line, const char *fmt,
		    ...)
{
	va_list ap;

	va_start(ap, fmt);
	add(bi_bench_of(b), file, line, fmt, ap);
	va_end(ap);
	bench_skip_now(b);
}
