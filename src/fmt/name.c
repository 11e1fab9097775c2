/* The parts of a benchmark's name. */
#include "fmt/name.h"

#include <string.h>

/* Length of the "-8" at the end, 0 if there is none. */
static size_t suffix_len(const char *text, size_t len)
{
	size_t start = len;

	while (start > 0 && text[start - 1] >= '0' && text[start - 1] <= '9')
		start--;
	if (start == len || start == 0 || text[start - 1] != '-')
		return 0;
	return len - start + 1;
}

struct bi_name bi_name_split(const char *text, size_t len)
{
	struct bi_name name = {text, len, 0, len - suffix_len(text, len)};
	const char *slash = memchr(text, '/', len);

	/* A "-8" before the first '/' belongs to the base. */
	name.base_len = slash != NULL ? (size_t)(slash - text) : name.body_len;
	return name;
}

struct bi_slice bi_name_base(const struct bi_name *name)
{
	return (struct bi_slice){name->text, name->base_len};
}

bool bi_name_next(const struct bi_name *name, struct bi_slice *piece)
{
	const char *end = name->text + name->body_len;
	const char *start = piece->text + piece->len;
	const char *slash;

	if (start >= end)
		return false;
	slash = memchr(start + 1, '/', (size_t)(end - start - 1));
	piece->text = start;
	piece->len = (size_t)((slash != NULL ? slash : end) - start);
	return true;
}

bool bi_name_piece_is(const struct bi_slice *piece, const char *key,
		      size_t key_len)
{
	return piece->len >= key_len + 2 &&
	       memcmp(piece->text + 1, key, key_len) == 0 &&
	       piece->text[key_len + 1] == '=';
}

bool bi_name_value(const struct bi_name *name, const char *key, size_t key_len,
		   struct bi_slice *value)
{
	struct bi_slice piece = bi_name_base(name);

	while (bi_name_next(name, &piece)) {
		if (bi_name_piece_is(&piece, key, key_len)) {
			value->text = piece.text + key_len + 2;
			value->len = piece.len - key_len - 2;
			return true;
		}
	}
	return false;
}

bool bi_name_procs(const struct bi_name *name, struct bi_slice *value)
{
	if (name->body_len == name->len)
		return false;
	value->text = name->text + name->body_len + 1;
	value->len = name->len - name->body_len - 1;
	return true;
}
