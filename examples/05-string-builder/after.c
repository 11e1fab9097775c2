/* The string grows ahead of its text: each new block is twice as large as the
 * last, and most pieces find room in it. */
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

/* Take back all but the first LEN bytes. */
static void cut(struct string_builder *sb, size_t len)
{
	sb->len = len;
	if (sb->data != NULL)
		sb->data[len] = '\0';
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

/* Append one word with what stands before it, or nothing. */
static int add_word(struct string_builder *sb, const char *separator,
		    size_t separator_len, const char *word)
{
	size_t len = strlen(word);

	/* Two lengths always fit: a string is shorter than PTRDIFF_MAX. */
	if (string_builder_reserve(sb, separator_len + len) < 0)
		return -1;
	put(sb, separator, separator_len);
	put(sb, word, len);
	return 0;
}

int string_builder_join(struct string_builder *sb, const char *const *words,
			size_t count, const char *separator)
{
	size_t separator_len = strlen(separator);
	size_t start = sb->len;
	size_t i;

	if (count == 0)
		return string_builder_reserve(sb, 0);
	for (i = 0; i < count; i++) {
		if (add_word(sb, separator, i > 0 ? separator_len : 0,
			     words[i]) < 0) {
			cut(sb, start);
			return -1;
		}
	}
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
