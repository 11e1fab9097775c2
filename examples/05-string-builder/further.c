/* The string grows ahead of its text, and a join measures its words first: one
 * block, of the right size. */
#include "string_builder.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The smallest block that glibc's malloc hands out holds 24 bytes on a 64-bit
 * machine: a first block of less saves nothing. */
#define FIRST_CAP 24

/* Move the text to a block of NEED bytes or more.  Each block is at least twice
 * as large as the last, so that all moves together copy less than two texts. */
static int grow(struct string_builder *sb, size_t need)
{
	size_t cap = 2 * sb->cap; /* fits: a block is at most PTRDIFF_MAX */
	char *data;

	if (cap < FIRST_CAP)
		cap = FIRST_CAP;
	if (cap < need)
		cap = need;
	data = realloc(sb->data, cap);
	if (data == NULL)
		return -1;
	data[sb->len] = '\0';
	sb->data = data;
	sb->cap = cap;
	return 0;
}

/* Append what there is room for. */
static void put(struct string_builder *sb, const char *bytes, size_t len)
{
	if (len > 0)
		memcpy(sb->data + sb->len, bytes, len);
	sb->len += len;
	sb->data[sb->len] = '\0';
}

int string_builder_reserve(struct string_builder *sb, size_t len)
{
	/* No object is larger than PTRDIFF_MAX; one byte is the NUL's. */
	if (len > PTRDIFF_MAX - sb->len - 1)
		return -1;
	if (sb->len + len + 1 <= sb->cap)
		return 0;
	return grow(sb, sb->len + len + 1);
}

int string_builder_add(struct string_builder *sb, const char *bytes, size_t len)
{
	if (string_builder_reserve(sb, len) < 0)
		return -1;
	put(sb, bytes, len);
	return 0;
}

/* What the words and the separators between them take, into *LEN. */
static int measure(const char *const *words, size_t count, size_t separator_len,
		   size_t *len)
{
	size_t sum = 0;
	size_t i;

	for (i = 0; i < count; i++) {
		size_t more = strlen(words[i]) + (i > 0 ? separator_len : 0);

		/* Two lengths always fit, a string being shorter than
		 * PTRDIFF_MAX; a sum of many may not. */
		if (more > SIZE_MAX - sum)
			return -1;
		sum += more;
	}
	*len = sum;
	return 0;
}

int string_builder_join(struct string_builder *sb, const char *const *words,
			size_t count, const char *separator)
{
	size_t separator_len = strlen(separator);
	size_t len, i;
	char *end;

	if (measure(words, count, separator_len, &len) < 0 ||
	    string_builder_reserve(sb, len) < 0)
		return -1;
	end = sb->data + sb->len;
	for (i = 0; i < count; i++) {
		if (i > 0) {
			memcpy(end, separator, separator_len);
			end += separator_len;
		}
		/* strlen and memcpy would look for the end a second time, which
		 * costs about half of what the reservation saves. */
		end = stpcpy(end, words[i]);
	}
	sb->len += len;
	return 0;
}

char *string_builder_detach(struct string_builder *sb)
{
	char *data = sb->data;

	*sb = (struct string_builder)STRING_BUILDER_INIT;
	return data;
}

void string_builder_release(struct string_builder *sb)
{
	free(sb->data);
	*sb = (struct string_builder)STRING_BUILDER_INIT;
}
