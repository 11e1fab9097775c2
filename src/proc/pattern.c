/* Regular expressions in RE2's syntax, rewritten for PCRE2.
 *
 * The two agree on most of what people write, and differ quietly in the rest:
 * what "$" and "\s" match, "a*+", look-around, numbers of groups.  So nothing
 * is passed through: what is understood is written anew, in the part of PCRE2's
 * syntax that has no surprises, and everything else is refused.  Groups do not
 * capture, since only "matches or not" is asked. */
#include "proc/pattern.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/utf8.h"
#include "proc/pattern_class.h"

/* As RE2: a pattern that repeats more is refused. */
#define MOST_REPEATS 1000

/* Half of what RE2 takes, because PCRE2 does not take more. */
#define MOST_DEPTH 500

/* What "(?imsU)" switches. */
#define FOLD      1u
#define MULTILINE 2u
#define DOT_ALL   4u
#define UNGREEDY  8u

/* An open group: what is to be put back when it closes. */
struct frame {
	const char *start;
	unsigned flags;
	bool folding;
	long cost;
};

struct translation {
	struct bi_pattern_text text;
	struct bi_buf *out;
	struct frame *frame; /* open groups, the innermost last */
	size_t depth;
	size_t frame_cap;
	unsigned flags;
	bool folding; /* what OUT is switched to */
	bool has_atom; /* there is something to repeat */
	const char *repeat; /* the operator just read; NULL: none */
	long atom_cost; /* how often the last atom repeats its parts */
	long cost;      /* the most of those before it in the group */
};

/* From here on an atom is written; what was the last one is settled. */
static int begin_atom(struct translation *t)
{
	bool fold = (t->flags & FOLD) != 0;

	if (t->atom_cost > t->cost)
		t->cost = t->atom_cost;
	t->atom_cost = 1;
	t->has_atom = true;
	/* Only now: "a(?i)*" repeats the "a". */
	if (t->folding == fold)
		return 0;
	t->folding = fold;
	return bi_buf_adds(t->out, fold ? "(?i)" : "(?-i)");
}

static int put(struct translation *t, const char *atom)
{
	int rc = begin_atom(t);

	return rc < 0 ? rc : bi_buf_adds(t->out, atom);
}

static int put_literal(struct translation *t, uint32_t c)
{
	int rc = begin_atom(t);

	return rc < 0 ? rc : bi_pattern_put_rune(t->out, c);
}

static int fail(struct translation *t, const char *what, const char *from,
		const char *to)
{
	return bi_pattern_fail(&t->text, what, from, to);
}

static int push(struct translation *t, const char *start)
{
	struct frame *grown;

	if (t->depth == MOST_DEPTH)
		return fail(t, "expression nests too deeply", t->text.start,
			    t->text.end);
	grown = bi_grow(t->frame, &t->frame_cap, t->depth + 1, sizeof(*grown));
	if (grown == NULL)
		return BENCH_ENOMEM;
	t->frame = grown;
	t->frame[t->depth++] =
		(struct frame){start, t->flags, t->folding, t->cost};
	t->cost = 1;
	t->atom_cost = 1;
	t->has_atom = false;
	return bi_buf_adds(t->out, "(?:");
}

static int pop(struct translation *t)
{
	const struct frame *frame;
	long cost = t->cost > t->atom_cost ? t->cost : t->atom_cost;

	if (t->depth == 0)
		return fail(t, "unexpected )", t->text.start, t->text.end);
	frame = &t->frame[--t->depth];
	t->flags = frame->flags;
	t->folding = frame->folding;
	t->cost = frame->cost;
	t->atom_cost = cost;
	t->has_atom = true;
	return bi_buf_addc(t->out, ')');
}

/* A group with a name, "(?P<name>", from START on. */
static int open_named(struct translation *t, const char *start)
{
	const char *p = start + 4;
	const char *close = memchr(p, '>', (size_t)(t->text.end - p));
	bool good = close != NULL && close > p;

	if (close == NULL)
		return fail(t, "invalid named capture", start, t->text.end);
	for (; p < close; p++)
		good = good && bi_pattern_is_word(*p);
	if (!good)
		return fail(t, "invalid named capture", start, close + 1);
	t->text.next = close + 1;
	return push(t, start);
}

static unsigned flag_for(char c)
{
	switch (c) {
	case 'i':
		return FOLD;
	case 'm':
		return MULTILINE;
	case 's':
		return DOT_ALL;
	case 'U':
		return UNGREEDY;
	default:
		return 0;
	}
}

/* "(?flags)" or "(?flags:", from START on. */
static int open_flags(struct translation *t, const char *start)
{
	unsigned flags = t->flags, flag;
	bool minus = false, any = false;
	const char *p;
	int rc;

	for (p = start + 2; p < t->text.end; p++) {
		flag = flag_for(*p);
		if (flag != 0)
			flags = minus ? flags & ~flag : flags | flag;
		else if (*p == '-' && !minus)
			minus = true;
		else
			break;
		any = flag != 0;
	}
	if (p == t->text.end)
		return fail(t, "missing closing )", t->text.start, t->text.end);
	if ((*p != ':' && *p != ')') || (minus && !any))
		return fail(t, "invalid or unsupported Perl syntax", start,
			    p + 1);
	t->text.next = p + 1;
	rc = *p == ':' ? push(t, start) : 0;
	t->flags = flags;
	return rc;
}

/* "(" at START. */
static int open_group(struct translation *t, const char *start)
{
	const char *p = t->text.next, *end = t->text.end;
	int rc = 0;

	/* The group folds as its surroundings do, whatever it switches. */
	if (t->folding != ((t->flags & FOLD) != 0)) {
		t->folding = !t->folding;
		rc = bi_buf_adds(t->out, t->folding ? "(?i)" : "(?-i)");
	}
	if (t->atom_cost > t->cost)
		t->cost = t->atom_cost;
	if (rc < 0)
		return rc;
	if (p == end || *p != '?')
		return push(t, start);
	if (end - p > 2 && p[1] == 'P' && p[2] == '<')
		return open_named(t, start);
	return open_flags(t, start);
}

/* The number at *P; -1 if there is none; more than allowed if it is huge. */
static long number(const char **p, const char *end)
{
	long value = 0;
	const char *start = *p;

	for (; *p < end && **p >= '0' && **p <= '9'; ++*p) {
		if (value <= MOST_REPEATS)
			value = value * 10 + (**p - '0');
	}
	/* RE2 takes "{01}" for text. */
	if (*p == start || (*start == '0' && *p - start > 1))
		return -1;
	return value;
}

/* "{n}", "{n,}" or "{n,m}" behind the '{': whether it is one; MAX is -1 for
 * "{n,}". */
static bool counts(const char **p, const char *end, long *min, long *max)
{
	*min = number(p, end);
	if (*min < 0 || *p == end)
		return false;
	*max = *min;
	if (**p == ',') {
		++*p;
		*max = *p < end && **p == '}' ? -1 : number(p, end);
		if (*max < 0 && (*p == end || **p != '}'))
			return false;
	}
	if (*p == end || **p != '}')
		return false;
	++*p;
	return true;
}

/* The operator at START has been read up to NEXT: "*", "{2,3}". */
static int put_repeat(struct translation *t, const char *start,
		      const char *previous)
{
	struct bi_pattern_text *text = &t->text;
	const char *end = text->next;
	bool lazy = text->next < text->end && *text->next == '?';
	int rc;

	text->next += lazy;
	if (previous != NULL)
		return fail(t, "invalid nested repetition operator", previous,
			    text->next);
	if (!t->has_atom)
		return fail(t, "missing argument to repetition operator", start,
			    text->next);
	if (t->flags & UNGREEDY)
		lazy = !lazy;
	rc = bi_buf_add(t->out, start, (size_t)(end - start));
	if (rc == 0 && lazy)
		rc = bi_buf_addc(t->out, '?');
	t->repeat = start;
	return rc;
}

/* "{" at START: a repetition, or text. */
static int put_counted(struct translation *t, const char *start,
		       const char *previous)
{
	const char *p = t->text.next;
	long min, max, times;

	if (!counts(&p, t->text.end, &min, &max))
		return put_literal(t, '{');
	t->text.next = p;
	if (min > MOST_REPEATS || max > MOST_REPEATS || (max >= 0 && max < min))
		return fail(t, "invalid repeat count", start, p);
	times = max < 0 ? min : max;
	if (times == 0)
		t->atom_cost = 1;
	else
		t->atom_cost *= times;
	if (t->atom_cost > MOST_REPEATS && (min >= 2 || max >= 2))
		return fail(t, "invalid repeat count", start, p);
	return put_repeat(t, start, previous);
}

/* "\Q" was read: all up to "\E" stands for itself. */
static int put_quoted(struct translation *t)
{
	struct bi_pattern_text *text = &t->text;
	uint32_t c;
	int rc = 0;

	while (rc == 0 && text->next < text->end) {
		if (text->end - text->next >= 2 &&
		    memcmp(text->next, "\\E", 2) == 0) {
			text->next += 2;
			break;
		}
		rc = bi_pattern_rune(text, &c);
		if (rc == 0)
			rc = put_literal(t, c);
	}
	return rc;
}

/* "\" was read. */
static int put_escape(struct translation *t)
{
	struct bi_buf set = BI_BUF_INIT;
	uint32_t c = 0;
	int rc;

	switch (t->text.next < t->text.end ? *t->text.next : '\0') {
	case 'A':
		t->text.next++;
		return put(t, "(?:\\A)");
	case 'z':
		t->text.next++;
		return put(t, "(?:\\z)");
	case 'b':
		t->text.next++;
		return put(t, "(?:\\b)");
	case 'B':
		t->text.next++;
		return put(t, "(?:\\B)");
	case 'Q':
		t->text.next++;
		return put_quoted(t);
	default:
		break;
	}
	rc = bi_pattern_escape(&t->text, &set, &c);
	if (rc == 0) {
		rc = put_literal(t, c);
	} else if (rc > 0) {
		rc = begin_atom(t);
		if (rc == 0 && set.len == 0)
			rc = bi_buf_adds(t->out, "(?!)");
		else if (rc == 0)
			rc = bi_buf_addf(t->out, "[%s]", set.data);
	}
	bi_buf_release(&set);
	return rc;
}

/* The next piece of the pattern. */
static int step(struct translation *t)
{
	const char *start = t->text.next, *previous = t->repeat;
	uint32_t c;
	int rc;

	t->repeat = NULL;
	rc = bi_pattern_rune(&t->text, &c);
	if (rc < 0)
		return rc;
	switch (c) {
	case '(':
		return open_group(t, start);
	case ')':
		return pop(t);
	case '|':
		if (t->atom_cost > t->cost)
			t->cost = t->atom_cost;
		t->atom_cost = 1;
		t->has_atom = false;
		return bi_buf_addc(t->out, '|');
	case '[':
		rc = begin_atom(t);
		return rc < 0 ? rc : bi_pattern_class(&t->text, t->out);
	case '.':
		return put(t, t->flags & DOT_ALL ? "(?s:.)" : "[^\\n]");
	case '^':
		return put(t, t->flags & MULTILINE ? "(?<![^\\n])" : "(?:\\A)");
	case '$':
		return put(t, t->flags & MULTILINE ? "(?![^\\n])" : "(?:\\z)");
	case '*':
	case '+':
	case '?':
		return put_repeat(t, start, previous);
	case '{':
		return put_counted(t, start, previous);
	case '\\':
		return put_escape(t);
	default:
		return put_literal(t, c);
	}
}

int bi_pattern_translate(struct bi_slice pattern, struct bi_buf *out,
			 struct bench_error *err)
{
	struct translation t = {
		.text = {pattern.text, pattern.text + pattern.len,
			 pattern.text, err},
		.out = out,
		.cost = 1,
		.atom_cost = 1,
	};
	int rc = 0;

	while (rc == 0 && t.text.next < t.text.end)
		rc = step(&t);
	if (rc == 0 && t.depth > 0)
		rc = fail(&t, "missing closing )", t.text.start, t.text.end);
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
	free(t.frame);
	return rc;
}
