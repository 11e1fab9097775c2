/* What -gate was given, as rules. */
#include "cli/gate_text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "proc/syntax.h"

/* Add the rules of LINE (LEN bytes), line NUMBER of FILE (NULL: it is an
 * argument). */
static int add_line(struct bi_rules *rules, const char *file, int number,
		    const char *line, size_t len, struct bi_buf *message)
{
	struct bench_error error = BENCH_ERROR_INIT;
	struct bi_buf copy = BI_BUF_INIT;
	int rc = bi_rules_parse(rules, line, len, &error), describe;

	if (rc == BENCH_EINPUT) {
		describe = bi_buf_add(&copy, line, len);
		if (describe == 0)
			describe = bi_buf_adds(message, "parsing -gate: ");
		if (describe == 0 && file != NULL)
			describe = bi_buf_addf(message, "%s:%d: ", file,
					       number);
		if (describe == 0)
			bi_syntax_describe(&error, bi_buf_str(&copy), message);
	}
	bi_buf_release(&copy);
	return rc;
}

static int add_text(struct bi_rules *rules, const char *file, const char *text,
		    struct bi_buf *message)
{
	int number = 1, rc = 0;

	while (rc == 0 && *text != '\0') {
		size_t len = strcspn(text, "\n");
		const char *comment = memchr(text, '#', len);

		/* In an argument "#" is part of a unit like any other. */
		rc = add_line(rules, file, number++, text,
			      file != NULL && comment != NULL
				      ? (size_t)(comment - text)
				      : len,
			      message);
		text += len + (text[len] == '\n');
	}
	return rc;
}

static int read_file(const char *path, struct bi_buf *text,
		     struct bi_buf *message)
{
	FILE *file = fopen(path, "rb");
	char chunk[4096];
	size_t n;
	int rc = 0;

	if (file == NULL) {
		bi_buf_addf(message, "cannot open %s: %s", path,
			    strerror(errno));
		return BENCH_EIO;
	}
	while (rc == 0 && (n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		rc = bi_buf_add(text, chunk, n);
	if (rc == 0 && ferror(file)) {
		bi_buf_addf(message, "cannot read %s: %s", path,
			    strerror(errno));
		rc = BENCH_EIO;
	}
	fclose(file);
	if (rc == 0 && memchr(bi_buf_str(text), '\0', text->len) != NULL) {
		bi_buf_addf(message, "%s: not a text file", path);
		rc = BENCH_EINPUT;
	}
	return rc;
}

int gate_text_load(const char *value, struct bi_rules *rules,
		   struct bi_buf *message)
{
	struct bi_buf text = BI_BUF_INIT;
	int rc;

	if (value[0] == '@') {
		rc = read_file(value + 1, &text, message);
		if (rc == 0)
			rc = add_text(rules, value + 1, bi_buf_str(&text),
				      message);
	} else {
		rc = add_text(rules, NULL, value, message);
	}
	if (rc == 0 && rules->count == 0) {
		bi_buf_adds(message, "-gate has no rule");
		rc = BENCH_EINPUT;
	}
	bi_buf_release(&text);
	return rc;
}
