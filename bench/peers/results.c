/* Results to try benchstat on: results LINES NAMES UNITS SEED > FILE
 *
 * UNITS is 1 or 4; every SEED but the first is two percent faster. */
#include <stdio.h>
#include <string.h>

#include "../results.h"
#include "base/integer.h"

static int write_results(struct results_shape *shape, FILE *out)
{
	struct bi_buf text = BI_BUF_INIT;
	size_t i;
	int rc = results_add_header(&text);

	for (i = 0; rc == 0 && i < shape->names; i++) {
		rc = results_add_name(&text, shape, i);
		if (rc == 0 && fwrite(text.data, 1, text.len, out) != text.len)
			rc = -1;
		bi_buf_reset(&text);
	}
	bi_buf_release(&text);
	return rc == 0 && fflush(out) == 0 ? 0 : -1;
}

int main(int argc, char **argv)
{
	int64_t number[4];
	struct results_shape shape;
	int i;

	for (i = 0; i < 4; i++) {
		if (argc != 5 ||
		    bi_integer_parse(argv[i + 1], strlen(argv[i + 1]),
				     &number[i]) < 0 ||
		    number[i] < 1) {
			fprintf(stderr,
				"usage: results LINES NAMES UNITS SEED\n");
			return 2;
		}
	}
	shape = (struct results_shape){
		.lines = (size_t)number[0],
		.names = (size_t)number[1],
		.units = (int)number[2],
		.shift = number[3] > 1 ? 0.98 : 1,
		.state = (uint64_t)number[3],
	};
	return write_results(&shape, stdout) == 0 ? 0 : 1;
}
