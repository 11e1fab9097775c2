/* Any bytes at all as launches on file: they are refused in one line, or read,
 * written again as they were read, and judged. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/target.h"
#include "pair/finish.h"
#include "pair/record.h"

/* What was read must be written so that it reads the same. */
static void read_back(const struct bi_record *record)
{
	struct bi_record other = {.terms = {.gate = ""}};
	struct bi_buf first = BI_BUF_INIT, second = BI_BUF_INIT;

	if (bi_record_write(&record->run, &record->terms, &first) < 0 ||
	    bi_record_read(&other, "f", first.data, first.len, NULL) < 0 ||
	    bi_record_write(&other.run, &other.terms, &second) < 0)
		abort();
	if (first.len != second.len ||
	    memcmp(first.data, second.data, first.len) != 0)
		abort();
	bi_record_release(&other);
	bi_buf_release(&first);
	bi_buf_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bi_record record = {.terms = {.gate = ""}};
	struct bench_error err = BENCH_ERROR_INIT;
	int rc = bi_record_read(&record, "f", (const char *)data, size, &err);

	if (rc < 0 && (rc != err.code || err.text[0] == '\0' ||
		       strpbrk(err.text, "\r\n") != NULL))
		abort();
	if (rc == 0) {
		read_back(&record);
		if (bi_pair_judge_again(&record.run) < 0 ||
		    (bi_record_use_metric(&record, BI_PAIR_WALL, NULL) == 0 &&
		     bi_pair_judge_again(&record.run) < 0))
			abort();
	}
	bi_record_release(&record);
	return 0;
}
