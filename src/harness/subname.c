/* Names of sub-benchmarks: made printable, made unique. */
#include "harness/subname.h"

#include <string.h>

#include "base/error.h"
#include "base/integer.h"
#include "base/utf8.h"

static int add_escaped(uint32_t c, struct bi_buf *out)
{
	static const char letters[] = "abtnvfr"; /* 7 to 13 */

	if (c >= 7 && c <= 13)
		return bi_buf_addf(out, "\\%c", letters[c - 7]);
	if (c < ' ' || c == 0x7f)
		return bi_buf_addf(out, "\\x%02x", c);
	if (c < 0x10000)
		return bi_buf_addf(out, "\\u%04x", c);
	return bi_buf_addf(out, "\\U%08x", c);
}

int bi_subname_clean(const char *name, struct bi_buf *out)
{
	size_t len = strlen(name), size;
	int rc = 0;

	for (; rc == 0 && len > 0; name += size, len -= size) {
		uint32_t c = bi_utf8_next(name, len, &size);

		if (c == BI_UTF8_INVALID)
			rc = bi_buf_adds(out, "\xef\xbf\xbd"); /* U+FFFD */
		else if (bi_rune_is_space(c))
			rc = bi_buf_addc(out, '_');
		else if (bi_rune_is_print(c))
			rc = bi_buf_add(out, name, size);
		else
			rc = add_escaped(c, out);
	}
	return rc;
}

/* NAME could have been made by numbering: "X#NN" with two digits, or more
 * without a leading zero.  Then *STEM is the length of X and *NUMBER is NN. */
static bool is_numbered(const char *name, size_t *stem, int64_t *number)
{
	const char *hash = strrchr(name, '#');
	size_t digits;

	if (hash == NULL)
		return false;
	digits = strlen(hash + 1);
	if (digits < 2 || (digits > 2 && hash[1] == '0') ||
	    strspn(hash + 1, "0123456789") != digits ||
	    bi_integer_parse(hash + 1, digits, number) < 0)
		return false;
	*stem = (size_t)(hash - name);
	/* Only a name that began empty is numbered from 0. */
	return *number > 0 || (*stem > 0 && name[*stem - 1] == '/');
}

/* NAME is "X#NN", and X has handed out number NN already.  NAME is cut at the
 * '#' for a moment: a copy of X would be one more thing that can fail. */
static bool is_handed_out(const struct bi_nameset *taken, char *name)
{
	size_t len;
	int64_t number, count;

	if (!is_numbered(name, &len, &number))
		return false;
	name[len] = '\0';
	count = bi_nameset_count(taken, name);
	name[len] = '#';
	return number < count;
}

int bi_subname_unique(struct bi_nameset *taken, const char *parent,
		      const char *sub, struct bi_buf *out)
{
	int64_t *count;
	size_t stem;
	int64_t n;
	int rc;

	rc = bi_buf_addf(out, "%s/", parent);
	if (rc == 0)
		rc = bi_subname_clean(sub, out);
	if (rc < 0)
		return rc;
	stem = out->len;
	for (;;) {
		count = bi_nameset_counter(taken, bi_buf_str(out));
		if (count == NULL)
			return BENCH_ENOMEM;
		n = (*count)++;
		if (n == 0 && *sub != '\0' && !is_handed_out(taken, out->data))
			return 0;
		rc = bi_buf_addf(out, "#%02lld", (long long)n);
		if (rc < 0)
			return rc;
		count = bi_nameset_counter(taken, bi_buf_str(out));
		if (count == NULL)
			return BENCH_ENOMEM;
		if (*count == 0) {
			*count = 1;
			return 0;
		}
		out->len = stem;
		out->data[stem] = '\0';
	}
}
