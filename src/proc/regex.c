/* Regular expressions in RE2's syntax, run by PCRE2.  It backtracks, which RE2
 * does not: limits keep a bad pattern from running for ever. */
#include "proc/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "proc/pattern.h"

/* Steps of one match: about a tenth of a second. */
#define MATCH_LIMIT 1000000
/* Deeper than what a pattern is allowed, with the groups put around it. */
#define NEST_LIMIT  1000
/* KiB of memory for backtracking. */
#define HEAP_LIMIT  65536

struct bi_regex {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
	struct bi_buf valid; /* a text whose bytes had to be mended */
};

/* Compile the translated pattern in TEXT, which is WRITTEN by the user. */
static int compile(struct bi_regex *regex, const struct bi_buf *text,
		   struct bi_slice written, struct bench_error *err)
{
	pcre2_compile_context *context = pcre2_compile_context_create(NULL);
	PCRE2_SIZE offset;
	int code = 0;

	if (context == NULL)
		return bi_error_nomem(err);
	pcre2_set_parens_nest_limit(context, NEST_LIMIT);
	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	regex->code = pcre2_compile((PCRE2_SPTR)bi_buf_str(text), text->len,
				    PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C |
					    PCRE2_NEVER_UCP,
				    &code, &offset, context);
	pcre2_compile_context_free(context);
	if (regex->code == NULL && code == PCRE2_ERROR_HEAP_FAILED)
		return bi_error_nomem(err);
	/* The translation is well-formed but for names of scripts, which
	 * only PCRE2 knows, and for sizes. */
	if (regex->code == NULL)
		return bi_error_set(err, BENCH_EINPUT,
				    "error parsing regexp: "
				    "unknown name or too large: `%.*s`",
				    (int)(written.len < 200 ? written.len
							    : 200),
				    written.text);
	regex->data = pcre2_match_data_create_from_pattern(regex->code, NULL);
	regex->context = pcre2_match_context_create(NULL);
	if (regex->data == NULL || regex->context == NULL)
		return bi_error_nomem(err);
	pcre2_set_match_limit(regex->context, MATCH_LIMIT);
	pcre2_set_heap_limit(regex->context, HEAP_LIMIT);
	return 0;
}

int bi_regex_new(struct bi_slice pattern, struct bi_regex **out,
		 struct bench_error *err)
{
	struct bench_error own = BENCH_ERROR_INIT;
	struct bi_buf text = BI_BUF_INIT;
	struct bi_regex *regex = calloc(1, sizeof(*regex));
	int rc;

	if (err == NULL)
		err = &own;
	if (regex == NULL)
		return bi_error_nomem(err);
	rc = bi_pattern_translate(pattern, &text, err);
	if (rc == 0)
		rc = compile(regex, &text, pattern, err);
	bi_buf_release(&text);
	if (rc < 0)
		bi_regex_free(regex);
	else
		*out = regex;
	return rc;
}

void bi_regex_free(struct bi_regex *regex)
{
	if (regex == NULL)
		return;
	pcre2_match_context_free(regex->context);
	pcre2_match_data_free(regex->data);
	pcre2_code_free(regex->code);
	bi_buf_release(&regex->valid);
	free(regex);
}

static bool is_valid(struct bi_slice text)
{
	size_t i = 0, size;

	while (i < text.len) {
		if (bi_utf8_next(text.text + i, text.len - i, &size) ==
		    BI_UTF8_INVALID)
			return false;
		i += size;
	}
	return true;
}

/* Copy *TEXT with U+FFFD in place of every byte that is not UTF-8. */
static int mend(struct bi_buf *valid, struct bi_slice *text)
{
	size_t i, size;
	int rc = 0;

	bi_buf_reset(valid);
	for (i = 0; rc == 0 && i < text->len; i += size) {
		if (bi_utf8_next(text->text + i, text->len - i, &size) ==
		    BI_UTF8_INVALID)
			rc = bi_buf_adds(valid, "\xef\xbf\xbd");
		else
			rc = bi_buf_add(valid, text->text + i, size);
	}
	*text = (struct bi_slice){bi_buf_str(valid), valid->len};
	return rc;
}

int bi_regex_find(struct bi_regex *regex, struct bi_slice text)
{
	int rc;

	if (!is_valid(text)) {
		rc = mend(&regex->valid, &text);
		if (rc < 0)
			return rc;
	}
	rc = pcre2_match(regex->code, (PCRE2_SPTR)text.text, text.len, 0,
			 PCRE2_NO_UTF_CHECK, regex->data, regex->context);
	if (rc >= 0)
		return 1;
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	return rc == PCRE2_ERROR_NOMEMORY ? BENCH_ENOMEM : BENCH_ERANGE;
}
