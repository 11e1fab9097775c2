/* A string that is put together piece by piece.
 *
 *	struct string_builder sb = STRING_BUILDER_INIT;
 *
 *	if (string_builder_join(&sb, words, count, ", ") < 0 ||
 *	    string_builder_add(&sb, ".\n", 2) < 0)
 *		goto out_of_memory;
 *	fputs(sb.data, stdout);
 *	string_builder_release(&sb);
 *
 * before.c, after.c and further.c implement all of this header: link one.
 *
 * A builder belongs to one thread at a time.  What is appended must not lie in
 * the builder's own memory. */
#ifndef STRING_BUILDER_H
#define STRING_BUILDER_H

#include <stddef.h>

/* LEN bytes at DATA, followed by a NUL.  DATA is NULL while nothing was
 * appended, and valid until the next call on the builder.  Read the fields
 * freely; only these functions write them. */
struct string_builder {
	char *data;
	size_t len;
	size_t cap; /* bytes allocated at DATA, with the NUL's */
};

#define STRING_BUILDER_INIT {NULL, 0, 0}

/* The three calls below return 0, or -1 if there is no memory or no object can
 * be that large.  After -1 the text is what it was before the call, and the
 * builder can be used on. */

/* Make room for LEN more bytes: appending them allocates nothing. */
int string_builder_reserve(struct string_builder *sb, size_t len);

/* Append LEN bytes; they may hold NULs. */
int string_builder_add(struct string_builder *sb, const char *bytes,
		       size_t len);

/* Append COUNT words with SEPARATOR between them.  No words append nothing, so
 * that an empty builder becomes "". */
int string_builder_join(struct string_builder *sb, const char *const *words,
			size_t count, const char *separator);

/* Hand DATA over to the caller, who frees it; the builder is empty again. */
char *string_builder_detach(struct string_builder *sb);

/* Free the memory; the builder is empty again. */
void string_builder_release(struct string_builder *sb);

#endif
