/* Folded stacks, into stacks. */
#include "stacks/collapsed.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/integer.h"

/* A message in pprof's format has the length of a small message, or the number
 * of a field, among its first bytes: they are no characters. */
enum { LOOKED_AT = 512 };

struct folded {
	struct bi_stacks *to;
	struct bi_intake intake;
	struct bench_error *err;
	uint32_t *stack;
	size_t capacity;
};

bool bi_collapsed_is(const void *data, size_t size)
{
	const unsigned char *p = data;
	size_t i;

	for (i = 0; i < size && i < LOOKED_AT; i++) {
		if ((p[i] < ' ' && p[i] != '\t' && p[i] != '\n' &&
		     p[i] != '\r') ||
		    p[i] == 0x7f)
			return false;
	}
	return size > 0;
}

static int get_place(struct folded *f, const char *name, size_t len,
		     uint32_t *out)
{
	const struct bi_string *string = bi_intern(&f->to->strings, name, len);
	struct bi_frame frame = {.file = bi_stacks_string(f->to, "")};
	struct bi_place place = {.frames = &frame, .count = 1};

	if (string == NULL || frame.file == NULL)
		return BENCH_ENOMEM;
	frame.function = string->text;
	return bi_stacks_place(f->to, &place, NULL, out);
}

static void reverse(uint32_t *places, size_t count)
{
	size_t i;

	for (i = 0; i < count / 2; i++) {
		uint32_t swap = places[i];

		places[i] = places[count - 1 - i];
		places[count - 1 - i] = swap;
	}
}

/* The names in LEN bytes at TEXT, with VALUE. */
static int add_stack(struct folded *f, const char *text, size_t len,
		     int64_t value)
{
	struct bi_trace trace = {.base = f->intake.base, .values = &value};
	const char *end = text + len;
	size_t depth = 0;
	int rc = 0;

	while (rc == 0 && text <= end) {
		const char *next = memchr(text, ';', (size_t)(end - text));
		uint32_t *grown = bi_grow(f->stack, &f->capacity, depth + 1,
					  sizeof(*grown));

		if (grown == NULL)
			return BENCH_ENOMEM;
		f->stack = grown;
		if (next == NULL)
			next = end;
		rc = get_place(f, text, (size_t)(next - text),
			       &f->stack[depth++]);
		text = next + 1;
	}
	if (rc < 0)
		return rc;
	reverse(f->stack, depth);
	trace.places = f->stack;
	trace.depth = depth;
	return bi_stacks_trace(f->to, NULL, &trace);
}

static int read_line(struct folded *f, const char *line, size_t len)
{
	size_t space;
	int64_t value;

	while (len > 0 && (line[len - 1] == ' ' || line[len - 1] == '\t' ||
			   line[len - 1] == '\r'))
		len--;
	if (len == 0 || line[0] == '#')
		return 0;
	for (space = len; space > 0 && line[space - 1] != ' ' &&
			  line[space - 1] != '\t';)
		space--;
	if (space < 2 ||
	    bi_integer_parse(line + space, len - space, &value) < 0 ||
	    value == INT64_MIN)
		return bi_error_set(f->err, BENCH_EINPUT,
				    "not a stack and a whole number");
	if (memchr(line, '\0', len) != NULL)
		return bi_error_set(f->err, BENCH_EINPUT,
				    "a zero byte in a stack");
	return add_stack(f, line, space - 1, f->intake.subtract ? -value
							       : value);
}

int bi_collapsed(struct bi_stacks *stacks, const char *data, size_t size,
		 struct bi_intake intake, struct bench_error *err)
{
	static const struct bi_measure samples = {"samples", "count"};
	struct folded f = {.to = stacks, .intake = intake, .err = err};
	const char *end = data + size;
	int line = 0;
	int rc = bi_stacks_measure(stacks, &samples, 1, err);

	while (rc == 0 && data < end) {
		const char *next = memchr(data, '\n', (size_t)(end - data));

		if (next == NULL)
			next = end;
		if (line < INT_MAX)
			line++;
		rc = read_line(&f, data, (size_t)(next - data));
		if (rc == BENCH_EINPUT)
			bi_error_place(err, "", line, 0);
		data = next + 1;
	}
	if (rc == BENCH_ENOMEM)
		bi_error_nomem(err);
	free(f.stack);
	return rc;
}
