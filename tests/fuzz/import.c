/* Any bytes at all as another tool's results: they are refused in one line, or
 * become benchmark format in which every result line is one. */
#include <stdlib.h>
#include <string.h>

#include "fmt/collect.h"
#include "fmt/import.h"
#include "fuzz/target.h"
#include "unit/text_source.h"

/* Whatever an import wrote must be read without a complaint, unless it only
 * passed on what somebody else had written. */
static void read_back(const struct bi_buf *text, bool passed_on)
{
	struct text_source source = {bi_buf_str(text), text->len, 0, 0, 0};
	struct bi_collection collection = BI_COLLECTION_INIT;
	const struct bi_event *event;
	int rc = bi_collect(&collection, "f", text_source_read, &source, NULL);

	if (rc < 0 && !passed_on)
		abort();
	for (event = collection.events; event != NULL; event = event->next) {
		if (event->error != NULL && !passed_on)
			abort();
	}
	bi_collection_release(&collection, NULL);
}

static void check_error(int rc, const struct bench_error *err)
{
	if (rc != err->code || err->text[0] == '\0' ||
	    strpbrk(err->text, "\r\n") != NULL)
		abort();
}

static void import(char *data, size_t size)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf out = BI_BUF_INIT;
	size_t peek = size < BI_IMPORT_PEEK ? size : BI_IMPORT_PEEK;
	enum bi_import_kind kind = bi_import_recognize(data, peek);
	bool passed_on = kind == BI_IMPORT_NONE ||
			 memmem(data, size, "Action", 6) != NULL;
	int rc = bi_import(kind, data, size, &out, &err);

	if (rc < 0)
		check_error(rc, &err);
	else
		read_back(&out, passed_on);
	bi_buf_release(&out);
}

/* The same bytes as both files of a folder. */
static void import_folder(char *data, size_t size)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf out = BI_BUF_INIT;
	struct bi_criterion folder = {.name = {"x", 1},
				      .sample = {data, size, size},
				      .benchmark = {data, size, size}};
	int rc = bi_import_criterion(&folder, &out, &err);

	if (rc < 0)
		check_error(rc, &err);
	else
		read_back(&out, false);
	bi_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size > 0 ? size : 1);

	if (copy == NULL)
		return 0;
	if (size > 0)
		memcpy(copy, data, size);
	import_folder(copy, size);
	import(copy, size);
	free(copy);
	return 0;
}
