/* Which benchmarks a pattern selects: -bench, -skip, -list. */
#include "harness/pattern.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "harness/subname.h"

/* The regular expressions of one alternative, one an element of the name. */
struct alternative {
	regex_t *elements;
	size_t count;
};

struct bi_pattern {
	struct alternative *alternatives;
	size_t count;
};

/* Length of the part of PATTERN before the first SEPARATOR that counts as one,
 * or before its end.  A ')' or ']' that closes nothing is an ordinary byte. */
static size_t part_length(const char *pattern, char separator)
{
	int brackets = 0, parens = 0;
	size_t i;

	for (i = 0; pattern[i] != '\0'; i++) {
		char c = pattern[i];

		if (c == '\\' && pattern[i + 1] != '\0')
			i++;
		else if (c == '[')
			brackets++;
		else if (c == ']' && brackets > 0)
			brackets--;
		else if (c == '(' && brackets == 0)
			parens++;
		else if (c == ')' && brackets == 0 && parens > 0)
			parens--;
		else if (c == separator && brackets == 0 && parens == 0)
			break;
	}
	return i;
}

static size_t count_parts(const char *pattern, char separator)
{
	size_t count = 1, len;

	while (pattern[len = part_length(pattern, separator)] != '\0') {
		pattern += len + 1;
		count++;
	}
	return count;
}

/* Copy the bracket expression that begins at S, with \d, where POSIX knows no
 * escapes, as 0-9.  *LEN is its length.  A ']' that comes first is a member,
 * and one that ends a class such as [:upper:] ends no more than that. */
static int rewrite_brackets(const char *s, struct bi_buf *out, size_t *len)
{
	size_t i = s[1] == '^' ? 2 : 1;
	int rc;

	if (s[i] == ']')
		i++;
	rc = bi_buf_add(out, s, i);
	while (rc == 0 && s[i] != '\0' && s[i] != ']') {
		const char *end = s[i] == '[' && s[i + 1] == ':'
					  ? strstr(s + i, ":]")
					  : NULL;
		size_t step = end != NULL ? (size_t)(end + 2 - (s + i)) : 1;

		if (s[i] == '\\' && s[i + 1] == 'd') {
			rc = bi_buf_adds(out, "0-9");
			step = 2;
		} else {
			rc = bi_buf_add(out, s + i, step);
		}
		i += step;
	}
	*len = i;
	return rc;
}

/* \d is a digit, inside brackets too. */
static int rewrite_digits(const char *s, struct bi_buf *out)
{
	size_t len;
	int rc = 0;

	for (; rc == 0 && *s != '\0'; s += len) {
		len = s[0] == '\\' && s[1] != '\0' ? 2 : 1;
		if (*s == '[')
			rc = rewrite_brackets(s, out, &len);
		else if (s[0] == '\\' && s[1] == 'd')
			rc = bi_buf_adds(out, "[0-9]");
		else
			rc = bi_buf_add(out, s, len);
	}
	return rc;
}

/* TEXT as the user wrote it; names have '_' for blanks, so patterns do too. */
static int compile(const char *text, size_t len, regex_t *out, int *why)
{
	struct bi_buf raw = BI_BUF_INIT, clean = BI_BUF_INIT,
		      regex = BI_BUF_INIT;
	int rc = bi_buf_add(&raw, text, len);

	*why = 0;
	if (rc == 0)
		rc = bi_subname_clean(bi_buf_str(&raw), &clean);
	if (rc == 0)
		rc = rewrite_digits(bi_buf_str(&clean), &regex);
	if (rc == 0) {
		*why = regcomp(out, bi_buf_str(&regex),
			       REG_EXTENDED | REG_NOSUB);
		if (*why != 0)
			rc = *why == REG_ESPACE ? BENCH_ENOMEM : BENCH_EINPUT;
	}
	bi_buf_release(&raw);
	bi_buf_release(&clean);
	bi_buf_release(&regex);
	return rc;
}

static int compile_alternative(const char *pattern, const char *flag,
			       struct alternative *out, struct bench_error *err)
{
	size_t count = count_parts(pattern, '/'), i;
	const char *at = pattern;
	char why_text[128];
	int rc, why;

	out->elements = calloc(count, sizeof(*out->elements));
	if (out->elements == NULL)
		return bi_error_nomem(err);
	for (i = 0; i < count; i++) {
		size_t len = part_length(at, '/');

		rc = compile(at, len, &out->elements[i], &why);
		if (rc == BENCH_ENOMEM)
			return bi_error_nomem(err);
		if (rc < 0) {
			regerror(why, NULL, why_text, sizeof(why_text));
			return bi_error_set(
				err, rc,
				"invalid regexp for element %zu of %s (\"%.*s\"): %s",
				i, flag, (int)len, at, why_text);
		}
		out->count = i + 1;
		at += len + 1;
	}
	return 0;
}

/* TEXT split at '|' into COUNT alternatives. */
static int compile_all(struct bi_pattern *pattern, const char *text,
		       const char *flag, struct bench_error *err)
{
	size_t count = count_parts(text, '|');
	int rc = 0;

	pattern->alternatives = calloc(count, sizeof(*pattern->alternatives));
	if (pattern->alternatives == NULL)
		return bi_error_nomem(err);
	while (rc == 0 && pattern->count < count) {
		size_t len = part_length(text, '|');
		char *part = strndup(text, len);

		if (part == NULL)
			return bi_error_nomem(err);
		rc = compile_alternative(
			part, flag, &pattern->alternatives[pattern->count++],
			err);
		free(part);
		text += len + 1;
	}
	return rc;
}

int bi_pattern_new(const char *flag, const char *text, struct bi_pattern **out,
		   struct bench_error *err)
{
	struct bi_pattern *pattern = calloc(1, sizeof(*pattern));
	int rc;

	if (pattern == NULL)
		return bi_error_nomem(err);
	rc = compile_all(pattern, text, flag, err);
	if (rc < 0) {
		bi_pattern_free(pattern);
		return rc;
	}
	*out = pattern;
	return 0;
}

void bi_pattern_free(struct bi_pattern *pattern)
{
	size_t a, e;

	if (pattern == NULL)
		return;
	for (a = 0; a < pattern->count; a++) {
		struct alternative *alternative = &pattern->alternatives[a];

		for (e = 0; e < alternative->count; e++)
			regfree(&alternative->elements[e]);
		free(alternative->elements);
	}
	free(pattern->alternatives);
	free(pattern);
}

static enum bi_matched match_alternative(const struct alternative *alternative,
					 const char *name)
{
	size_t i;

	for (i = 0; i < alternative->count; i++) {
		regmatch_t part = {0, (regoff_t)strcspn(name, "/")};

		/* With REG_STARTEND the part needs no copy. */
		if (regexec(&alternative->elements[i], name, 1, &part,
			    REG_STARTEND) != 0)
			return BI_MATCH_NO;
		name += strcspn(name, "/");
		if (*name == '\0')
			break;
		name++;
	}
	return i + 1 < alternative->count ? BI_MATCH_PARTLY : BI_MATCH_YES;
}

enum bi_matched bi_pattern_match(const struct bi_pattern *pattern,
				 const char *name)
{
	enum bi_matched found = BI_MATCH_NO;
	size_t i;

	if (pattern == NULL)
		return BI_MATCH_YES;
	for (i = 0; found == BI_MATCH_NO && i < pattern->count; i++)
		found = match_alternative(&pattern->alternatives[i], name);
	return found;
}
