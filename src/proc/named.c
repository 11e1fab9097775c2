/* Keys that projections name, and what they leave of the groups. */
#include "proc/named.h"

#include <string.h>

#include "base/error.h"
#include "fmt/name.h"

struct bi_named_key {
	struct bi_named_key *next;
	struct bi_extract extract;
};

int bi_named_add(struct bi_named *named, struct bi_arena *arena,
		 const struct bi_extract *extract)
{
	struct bi_named_key *key;

	switch (extract->kind) {
	case BI_EXTRACT_CONFIGS:
		named->configs = true;
		return 0;
	case BI_EXTRACT_FULL_NAME:
		named->full_name = true;
		return 0;
	case BI_EXTRACT_UNIT:
		return 0;
	case BI_EXTRACT_NAME:
	case BI_EXTRACT_PART:
	case BI_EXTRACT_PROCS:
	case BI_EXTRACT_CONFIG:
		break;
	}
	key = bi_arena_alloc(arena, sizeof(*key));
	if (key == NULL)
		return BENCH_ENOMEM;
	*key = (struct bi_named_key){named->keys, *extract};
	named->keys = key;
	return 0;
}

bool bi_named_leaves_config(const struct bi_named *named,
			    const struct bi_string *key)
{
	const struct bi_named_key *other;

	/* The label of the input is no configuration. */
	if (strcmp(key->text, BI_FILE_KEY) == 0)
		return false;
	for (other = named->keys; other != NULL; other = other->next) {
		const struct bi_extract *extract = &other->extract;

		if (extract->kind == BI_EXTRACT_CONFIG &&
		    bi_string_equal(extract->key, key))
			return false;
	}
	return true;
}

static bool has_kind(const struct bi_named *named, enum bi_extract_kind kind)
{
	const struct bi_named_key *key;

	for (key = named->keys; key != NULL; key = key->next) {
		if (key->extract.kind == kind)
			return true;
	}
	return false;
}

static bool has_piece(const struct bi_named *named,
		      const struct bi_slice *piece)
{
	const struct bi_named_key *key;

	for (key = named->keys; key != NULL; key = key->next) {
		const struct bi_extract *extract = &key->extract;

		if ((extract->kind == BI_EXTRACT_PART ||
		     extract->kind == BI_EXTRACT_PROCS) &&
		    bi_name_piece_is(piece, extract->key->text,
				     extract->key->len))
			return true;
	}
	return false;
}

int bi_named_strip(const struct bi_named *named, const struct bi_string *full,
		   struct bi_buf *out)
{
	struct bi_name name = bi_name_split(full->text, full->len);
	struct bi_slice piece = bi_name_base(&name);
	int rc;

	if (has_kind(named, BI_EXTRACT_NAME))
		rc = bi_buf_addc(out, '*');
	else
		rc = bi_buf_add(out, piece.text, piece.len);
	while (rc == 0 && bi_name_next(&name, &piece)) {
		if (!has_piece(named, &piece))
			rc = bi_buf_add(out, piece.text, piece.len);
	}
	if (rc == 0 && !has_kind(named, BI_EXTRACT_PROCS))
		rc = bi_buf_add(out, name.text + name.body_len,
				name.len - name.body_len);
	return rc;
}
