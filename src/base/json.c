/* Text and numbers as JSON has them (RFC 8259). */
#include "base/json.h"

#include <math.h>
#include <stdint.h>

#include "base/real.h"
#include "base/utf8.h"

int bi_json_string(struct bi_buf *out, const char *text, size_t len)
{
	int rc = bi_buf_addc(out, '"');
	size_t i, size;

	for (i = 0; rc == 0 && i < len; i += size) {
		uint32_t c = bi_utf8_next(text + i, len - i, &size);

		if (c == BI_UTF8_INVALID)
			rc = bi_buf_adds(out, "\\ufffd");
		else if (c == '"' || c == '\\')
			rc = bi_buf_addf(out, "\\%c", (int)c);
		else if (c == '\n')
			rc = bi_buf_adds(out, "\\n");
		else if (c == '\t')
			rc = bi_buf_adds(out, "\\t");
		else if (c < ' ')
			rc = bi_buf_addf(out, "\\u%04x", (unsigned)c);
		else
			rc = bi_buf_add(out, text + i, size);
	}
	return rc == 0 ? bi_buf_addc(out, '"') : rc;
}

int bi_json_number(struct bi_buf *out, double value)
{
	char text[BI_REAL_SIZE];

	if (isnan(value))
		return bi_buf_adds(out, "\"NaN\"");
	if (isinf(value))
		return bi_buf_adds(out, value > 0 ? "\"Infinity\""
						  : "\"-Infinity\"");
	return bi_buf_add(out, text, bi_real_print(text, value));
}
