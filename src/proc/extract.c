/* What a key asks of a result. */
#include "proc/extract.h"

#include <string.h>

#include "base/error.h"
#include "fmt/name.h"

struct fixed_key {
	const char *key;
	enum bi_extract_kind kind;
};

static const struct fixed_key fixed_keys[] = {
	{".name", BI_EXTRACT_NAME},
	{".fullname", BI_EXTRACT_FULL_NAME},
	{".config", BI_EXTRACT_CONFIGS},
	{".unit", BI_EXTRACT_UNIT},
	{"/gomaxprocs", BI_EXTRACT_PROCS},
};

int bi_extract_init(struct bi_extract *extract, struct bi_intern *pool,
		    const char *key, size_t len)
{
	size_t i;

	extract->kind = key[0] == '/' ? BI_EXTRACT_PART : BI_EXTRACT_CONFIG;
	for (i = 0; i < sizeof(fixed_keys) / sizeof(fixed_keys[0]); i++) {
		if (strlen(fixed_keys[i].key) == len &&
		    memcmp(fixed_keys[i].key, key, len) == 0)
			extract->kind = fixed_keys[i].kind;
	}
	if (key[0] == '/') {
		key++;
		len--;
	}
	extract->key = bi_intern(pool, key, len);
	return extract->key == NULL ? BENCH_ENOMEM : 0;
}

static struct bi_slice part(const struct bi_name *name,
			    const struct bi_string *key)
{
	struct bi_slice value = {"", 0};

	bi_name_value(name, key->text, key->len, &value);
	return value;
}

static struct bi_slice procs(const struct bi_name *name,
			     const struct bi_string *key)
{
	struct bi_slice value;

	return bi_name_procs(name, &value) ? value : part(name, key);
}

struct bi_slice bi_extract_value(const struct bi_extract *extract,
				 const struct bi_record *record)
{
	const struct bi_string *full = record->name, *value;
	struct bi_name name;

	switch (extract->kind) {
	case BI_EXTRACT_FULL_NAME:
		return (struct bi_slice){full->text, full->len};
	case BI_EXTRACT_NAME:
		name = bi_name_split(full->text, full->len);
		return bi_name_base(&name);
	case BI_EXTRACT_PART:
		name = bi_name_split(full->text, full->len);
		return part(&name, extract->key);
	case BI_EXTRACT_PROCS:
		name = bi_name_split(full->text, full->len);
		return procs(&name, extract->key);
	case BI_EXTRACT_CONFIG:
		value = bi_record_config(record, extract->key);
		if (value != NULL)
			return (struct bi_slice){value->text, value->len};
		break;
	case BI_EXTRACT_CONFIGS:
	case BI_EXTRACT_UNIT:
		break;
	}
	return (struct bi_slice){"", 0};
}
