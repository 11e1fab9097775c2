/* Escapes and classes of RE2's syntax: what stands for one character. */
#include "proc/pattern_class.h"

#include <string.h>

#include "base/integer.h"
#include "base/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Cuts the quoted part of a message. */
#define MOST_QUOTED 200

int bi_pattern_fail(const struct bi_pattern_text *text, const char *what,
		    const char *from, const char *to)
{
	int len = to - from < MOST_QUOTED ? (int)(to - from) : MOST_QUOTED;

	return bi_error_set(text->err, BENCH_EINPUT,
			    "error parsing regexp: %s: `%.*s`", what, len,
			    from);
}

int bi_pattern_rune(struct bi_pattern_text *text, uint32_t *c)
{
	size_t size;

	*c = bi_utf8_next(text->next, (size_t)(text->end - text->next), &size);
	if (*c == BI_UTF8_INVALID)
		return bi_pattern_fail(text, "invalid UTF-8", text->start,
				       text->end);
	text->next += size;
	return 0;
}

bool bi_pattern_is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == '_';
}

int bi_pattern_put_rune(struct bi_buf *out, uint32_t c)
{
	if (c < 0x80 && bi_pattern_is_word((char)c))
		return bi_buf_addc(out, (char)c);
	return bi_buf_addf(out, "\\x{%x}", (unsigned)c);
}

static int bad_escape(const struct bi_pattern_text *text, const char *start)
{
	const char *to = text->next < text->end ? text->next + 1 : text->end;

	return bi_pattern_fail(text, "invalid escape sequence", start, to);
}

/* Behind "\x". */
static int hexadecimal(struct bi_pattern_text *text, const char *start,
		       uint32_t *c)
{
	bool braces = text->next < text->end && *text->next == '{';
	int count = 0;

	*c = 0;
	text->next += braces;
	while (text->next < text->end && (braces || count < 2)) {
		int digit = bi_integer_digit(*text->next);

		if (digit < 0)
			break;
		*c = *c * 16 + (uint32_t)digit;
		if (*c > 0x10ffff)
			return bad_escape(text, start);
		text->next++;
		count++;
	}
	if (!braces)
		return count == 2 ? 0 : bad_escape(text, start);
	if (count == 0 || text->next == text->end || *text->next != '}')
		return bad_escape(text, start);
	text->next++;
	return 0;
}

/* Behind "\" and the octal digit FIRST. */
static int octal(struct bi_pattern_text *text, char first, uint32_t *c)
{
	int count;

	*c = (uint32_t)(first - '0');
	for (count = 1; count < 3 && text->next < text->end &&
			*text->next >= '0' && *text->next <= '7';
	     count++)
		*c = *c * 8 + (uint32_t)(*text->next++ - '0');
	return 0;
}

/* General categories; any other name is that of a script. */
static const char *const categories[] = {
	"C",  "Cc", "Cf", "Co", "Cs", "L",  "Ll", "Lm", "Lo", "Lt", "Lu", "M",
	"Mc", "Me", "Mn", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Pe", "Pf",
	"Pi", "Po", "Ps", "S",  "Sc", "Sk", "Sm", "So", "Z",  "Zl", "Zp", "Zs"};

static bool is_category(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < LENGTH(categories); i++) {
		if (strlen(categories[i]) == len &&
		    memcmp(categories[i], name, len) == 0)
			return true;
	}
	return false;
}

/* Whether NAME looks like that of a script, "Greek" or "Phags_Pa"; PCRE2 knows
 * whether there is one, but would also take "greek" and "Grek". */
static bool is_script(const char *name, size_t len)
{
	size_t i;

	if (len < 3 || name[0] < 'A' || name[0] > 'Z')
		return false;
	for (i = 0; i < len; i++) {
		if (!bi_pattern_is_word(name[i]) ||
		    (name[i] >= '0' && name[i] <= '9'))
			return false;
	}
	return true;
}

/* Behind "\p" or "\P", which is at START. */
static int property(struct bi_pattern_text *text, const char *start,
		    struct bi_buf *out)
{
	bool negative = text->next[-1] == 'P';
	const char *name = text->next, *end;
	size_t len = 1;

	if (name == text->end)
		return bi_pattern_fail(text, "invalid character class range",
				       start, text->end);
	if (*name == '{') {
		name++;
		end = memchr(name, '}', (size_t)(text->end - name));
		if (end == NULL)
			return bi_pattern_fail(text,
					       "invalid character class range",
					       start, text->end);
		text->next = end + 1;
		if (name < end && *name == '^') {
			negative = !negative;
			name++;
		}
		len = (size_t)(end - name);
	} else {
		bi_utf8_next(name, (size_t)(text->end - name), &len);
		text->next = name + len;
	}
	if (len == 3 && memcmp(name, "Any", 3) == 0)
		return bi_buf_adds(out, negative ? "" : "\\x{0}-\\x{10ffff}");
	if (is_category(name, len))
		return bi_buf_addf(out, "\\%c{%.*s}", negative ? 'P' : 'p',
				   (int)len, name);
	if (is_script(name, len))
		return bi_buf_addf(out, "\\%c{sc:%.*s}", negative ? 'P' : 'p',
				   (int)len, name);
	return bi_pattern_fail(text, "invalid character class range", start,
			       text->next);
}

/* What a letter stands for: a character, or a set as it is within brackets. */
struct letter {
	char letter;
	char c;
	const char *set;
};

static const struct letter letters[] = {
	{'a', '\a', NULL},
	{'f', '\f', NULL},
	{'n', '\n', NULL},
	{'r', '\r', NULL},
	{'t', '\t', NULL},
	{'v', '\v', NULL},
	{'d', 0, "0-9"},
	{'D', 0, "\\D"},
	{'w', 0, "0-9A-Za-z_"},
	{'W', 0, "\\W"},
	/* RE2's white space has no vertical tab. */
	{'s', 0, "\\t\\n\\f\\r\\x{20}"},
	{'S', 0, "\\S\\x{b}"},
};

int bi_pattern_escape(struct bi_pattern_text *text, struct bi_buf *out,
		      uint32_t *c)
{
	const char *start = text->next - 1;
	size_t i;
	char letter;
	int rc;

	if (text->next == text->end)
		return bi_pattern_fail(
			text, "trailing backslash at end of expression",
			text->end, text->end);
	letter = *text->next;
	if ((unsigned char)letter >= 0x80)
		return bad_escape(text, start);
	text->next++;
	for (i = 0; i < LENGTH(letters); i++) {
		if (letters[i].letter != letter)
			continue;
		*c = (uint32_t)letters[i].c;
		if (letters[i].set == NULL)
			return 0;
		rc = bi_buf_adds(out, letters[i].set);
		return rc < 0 ? rc : 1;
	}
	if (letter == 'p' || letter == 'P') {
		rc = property(text, start, out);
		return rc < 0 ? rc : 1;
	}
	if (letter == 'x')
		return hexadecimal(text, start, c);
	/* One digit alone would be a reference, but for 0. */
	if (letter == '0' || (letter >= '1' && letter <= '7' &&
			      text->next < text->end && *text->next >= '0' &&
			      *text->next <= '7'))
		return octal(text, letter, c);
	if (letter == '_' || !bi_pattern_is_word(letter)) {
		*c = (uint32_t)letter;
		return 0;
	}
	text->next--;
	return bad_escape(text, start);
}

static const char *const posix[] = {
	"alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph",
	"lower", "print", "punct", "space", "upper", "word",  "xdigit"};

/* "[:alpha:]" at NEXT: 1 if it was one, 0 if it is something else. */
static int posix_class(struct bi_pattern_text *text, struct bi_buf *out)
{
	const char *start = text->next, *name = start + 2, *p = name;
	size_t i, len;
	int rc;

	if (text->end - start < 4 || start[1] != ':')
		return 0;
	while (p + 1 < text->end && (p[0] != ':' || p[1] != ']'))
		p++;
	if (p + 1 >= text->end)
		return 0;
	len = (size_t)(p - name);
	if (len > 0 && *name == '^') {
		name++;
		len--;
	}
	for (i = 0; i < LENGTH(posix); i++) {
		if (strlen(posix[i]) == len && memcmp(posix[i], name, len) == 0)
			break;
	}
	text->next = p + 2;
	if (i == LENGTH(posix))
		return bi_pattern_fail(text, "invalid character class range",
				       start, text->next);
	rc = bi_buf_add(out, start, (size_t)(text->next - start));
	return rc < 0 ? rc : 1;
}

/* One character of the class at START: 0 with *C; 1 when it was a set. */
static int class_item(struct bi_pattern_text *text, const char *start,
		      struct bi_buf *out, uint32_t *c)
{
	if (text->next == text->end)
		return bi_pattern_fail(text, "missing closing ]", start,
				       text->end);
	if (*text->next == '\\') {
		text->next++;
		return bi_pattern_escape(text, out, c);
	}
	return bi_pattern_rune(text, c);
}

/* A character at NEXT, or a range, or a set. */
static int class_range(struct bi_pattern_text *text, const char *start,
		       struct bi_buf *out)
{
	const char *from = text->next;
	uint32_t low = 0, high;
	int rc = class_item(text, start, out, &low);

	if (rc != 0)
		return rc < 0 ? rc : 0;
	high = low;
	if (text->end - text->next >= 2 && text->next[0] == '-' &&
	    text->next[1] != ']') {
		text->next++;
		rc = class_item(text, start, out, &high);
		if (rc < 0)
			return rc;
		if (rc > 0 || high < low)
			return bi_pattern_fail(text,
					       "invalid character class range",
					       from, text->next);
	}
	rc = bi_pattern_put_rune(out, low);
	if (rc == 0 && high > low)
		rc = bi_buf_addc(out, '-');
	if (rc == 0 && high > low)
		rc = bi_pattern_put_rune(out, high);
	return rc;
}

int bi_pattern_class(struct bi_pattern_text *text, struct bi_buf *out)
{
	const char *start = text->next - 1;
	bool negative = text->next < text->end && *text->next == '^';
	bool first = true;
	size_t items;
	int rc = bi_buf_adds(out, negative ? "[^" : "[");

	text->next += negative;
	items = out->len;
	while (rc == 0 && (first || text->next == text->end ||
			   *text->next != ']')) {
		int set = 0;

		if (text->next < text->end && *text->next == '[')
			set = posix_class(text, out);
		rc = set < 0 ? set : 0;
		if (set == 0)
			rc = class_range(text, start, out);
		first = false;
	}
	if (rc < 0)
		return rc;
	text->next++;
	/* "\P{Any}" is no character, which an empty class cannot say. */
	if (out->len == items) {
		out->len = items - (negative ? 2 : 1);
		return bi_buf_adds(out, negative ? "(?s:.)" : "(?!)");
	}
	return bi_buf_addc(out, ']');
}
