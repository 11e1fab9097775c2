/* The words and operators of projections and filters. */
#include "proc/lexer.h"

#include <stdint.h>
#include <string.h>

#include "base/integer.h"
#include "base/utf8.h"
#include "proc/syntax.h"

static void fail_memory(struct bi_lexer *lexer)
{
	bi_error_nomem(lexer->error);
	lexer->token.kind = BI_TOKEN_ERROR;
}

static void fail(struct bi_lexer *lexer, size_t offset, const char *text)
{
	bi_syntax_error(lexer->error, offset, "%s", text);
	lexer->token.kind = BI_TOKEN_ERROR;
}

/* The current token is LEN bytes at START of the query. */
static void take(struct bi_lexer *lexer, enum bi_token_kind kind, size_t start,
		 size_t len)
{
	char *text = bi_arena_copy(lexer->memory, lexer->query + start, len);

	if (text == NULL) {
		fail_memory(lexer);
		return;
	}
	lexer->token.kind = kind;
	lexer->token.text = text;
	lexer->token.len = len;
}

static uint32_t rune_at(const struct bi_lexer *lexer, size_t i, size_t *size)
{
	return bi_utf8_next(lexer->query + i, lexer->len - i, size);
}

/* A number of COUNT digits to BASE at *P; -1 if it is not there. */
static int64_t digits(const char **p, const char *end, int count, int base)
{
	int64_t value = 0;

	for (; count > 0; count--) {
		int digit = *p < end ? bi_integer_digit(**p) : -1;

		if (digit < 0 || digit >= base)
			return -1;
		value = value * base + digit;
		++*p;
	}
	return value;
}

static char *put_rune(char *to, int64_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
		*to++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*to++ = (char)(0xe0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
		*to++ = (char)(0x80 | (c & 0x3f));
	} else {
		*to++ = (char)(0xf0 | c >> 18);
		*to++ = (char)(0x80 | (c >> 12 & 0x3f));
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
		*to++ = (char)(0x80 | (c & 0x3f));
	}
	return to;
}

/* The escape behind the backslash at *P, written to *TO.  What it stands for is
 * never longer than itself.  False if there is no such escape. */
static bool unescape(const char **p, const char *end, char **to)
{
	static const char letters[] = "abfnrtv\\\"";
	static const char meaning[] = "\a\b\f\n\r\t\v\\\"";
	const char *letter;
	int64_t c;

	if (*p == end)
		return false;
	letter = **p != '\0' ? strchr(letters, **p) : NULL;
	if (letter != NULL) {
		*(*to)++ = meaning[letter - letters];
		++*p;
		return true;
	}
	if (**p >= '0' && **p <= '7') {
		c = digits(p, end, 3, 8);
		if (c < 0 || c > 0xff)
			return false;
		*(*to)++ = (char)c;
		return true;
	}
	switch (*(*p)++) {
	case 'x':
		c = digits(p, end, 2, 16);
		if (c < 0)
			return false;
		*(*to)++ = (char)c;
		return true;
	case 'u':
		c = digits(p, end, 4, 16);
		break;
	case 'U':
		c = digits(p, end, 8, 16);
		break;
	default:
		return false;
	}
	if (c < 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return false;
	*to = put_rune(*to, c);
	return true;
}

/* The query goes on behind a double quote at START. */
static void quoted(struct bi_lexer *lexer, size_t start)
{
	const char *p = lexer->query + start + 1;
	const char *end = lexer->query + lexer->len, *close = p;
	char *text, *to;

	/* The first quote that has no backslash before it, even if that
	 * backslash is itself escaped. */
	while (close < end && (*close != '"' || close[-1] == '\\'))
		close++;
	if (close == end) {
		fail(lexer, start, "missing end quote");
		return;
	}
	text = bi_arena_alloc(lexer->memory, (size_t)(close - p) + 1);
	if (text == NULL) {
		fail_memory(lexer);
		return;
	}
	to = text;
	while (p < close) {
		bool fits = *p != '\n';

		if (*p == '\\') {
			p++;
			fits = unescape(&p, close, &to);
		} else {
			*to++ = *p++;
		}
		if (!fits) {
			fail(lexer, start, "bad escape sequence");
			return;
		}
	}
	*to = '\0';
	lexer->token.kind = BI_TOKEN_WORD;
	lexer->token.text = text;
	lexer->token.len = (size_t)(to - text);
	lexer->next = (size_t)(close - lexer->query) + 1;
}

/* Whether a token can begin or end at byte I. */
static bool is_boundary(const struct bi_lexer *lexer, size_t i)
{
	size_t size;

	return i == lexer->len || strchr("():@,", lexer->query[i]) != NULL ||
	       bi_rune_is_space(rune_at(lexer, i, &size));
}

/* The query goes on behind a slash at START. */
static void regexp(struct bi_lexer *lexer, size_t start)
{
	size_t i, round = 0, square = 0;

	for (i = start + 1; i < lexer->len; i++) {
		char c = lexer->query[i];

		if (c == '/' && round == 0 && square == 0)
			break;
		if (c == '\\')
			i++;
		else if (c == '[')
			square++;
		else if (c == ']')
			square -= square > 0;
		else if (c == '(' && square == 0)
			round++;
		else if (c == ')' && square == 0)
			round -= round > 0;
	}
	if (i >= lexer->len) {
		fail(lexer, start, "missing close \"/\"");
		return;
	}
	lexer->next = i + 1;
	if (!is_boundary(lexer, i + 1)) {
		fail(lexer, i + 1,
		     "regexp must be followed by space or an operator "
		     "(unescaped \"/\"?)");
		return;
	}
	take(lexer, BI_TOKEN_REGEXP, start + 1, i - start - 1);
}

static void word(struct bi_lexer *lexer, size_t start)
{
	size_t i = start, size;

	while (!is_boundary(lexer, i)) {
		rune_at(lexer, i, &size);
		i += size;
	}
	lexer->next = i;
	take(lexer, BI_TOKEN_WORD, start, i - start);
	if (lexer->token.kind != BI_TOKEN_WORD)
		return;
	if (strcmp(lexer->token.text, "AND") == 0)
		lexer->token.kind = BI_TOKEN_AND;
	else if (strcmp(lexer->token.text, "OR") == 0)
		lexer->token.kind = BI_TOKEN_OR;
}

void bi_lexer_next(struct bi_lexer *lexer, bool value)
{
	size_t i = lexer->next, size;
	char c;

	/* What follows an error is not worth looking at. */
	if (lexer->token.kind == BI_TOKEN_ERROR)
		return;
	while (i < lexer->len && bi_rune_is_space(rune_at(lexer, i, &size)))
		i += size;
	lexer->token = (struct bi_token){BI_TOKEN_END, i, "", 0};
	lexer->next = i;
	if (i == lexer->len)
		return;
	c = lexer->query[i];
	if (strchr("():@,-*", c) != NULL) {
		lexer->next = i + 1;
		take(lexer, BI_TOKEN_OPERATOR, i, 1);
	} else if (c == '"') {
		quoted(lexer, i);
	} else if (c == '/' && value) {
		regexp(lexer, i);
	} else {
		word(lexer, i);
	}
}

bool bi_lexer_at(const struct bi_lexer *lexer, char c)
{
	return lexer->token.kind == BI_TOKEN_OPERATOR &&
	       lexer->token.text[0] == c;
}

void bi_lexer_start(struct bi_lexer *lexer, const char *query,
		    struct bi_arena *memory, struct bench_error *err)
{
	*lexer = (struct bi_lexer){.query = query,
				   .len = strlen(query),
				   .memory = memory,
				   .error = err};
	bi_lexer_next(lexer, false);
}
