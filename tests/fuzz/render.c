/* Any bytes at all as two recordings, and all that can be asked for: whatever
 * tables come out, every renderer writes them.
 *
 * The first two bytes say what is asked for, a zero byte parts the recordings.
 * What is written as JSON must be JSON, with a table in it: our own reader of
 * such tables takes it.  Text, Markdown and HTML are lines, and in HTML nothing
 * of the recordings may open an element. */
#include <stdlib.h>
#include <string.h>

#include "fmt/import.h"
#include "fuzz/target.h"
#include "unit/reports.h"

static bool ask(unsigned bits, unsigned bit)
{
	return (bits & 1u << bit) != 0;
}

static struct report_config config_of(unsigned bits)
{
	struct report_config config = {
		.tables = {.row = ask(bits, 0) ? ".name" : NULL,
			   .column = ask(bits, 1) ? "/x .file" : NULL,
			   .labels = ask(bits, 2) ? "aaaa" : NULL,
			   .compat = ask(bits, 3),
			   .keep = ask(bits, 4) ? BI_KEEP_AS_READ
						: BI_KEEP_NONE,
			   .changes = true,
			   .spread = ask(bits, 5)},
		.view = {.only_changed = ask(bits, 6),
			 .sort = (enum bi_view_sort)(bits >> 7 & 3),
			 .no_geomean = ask(bits, 9),
			 .no_compare = ask(bits, 10)},
		.gate = ask(bits, 11) ? "sec/op>3%; allocs/op>0; *>1" : NULL,
		.color = ask(bits, 12)};

	config.view.effect = !config.view.no_compare && ask(bits, 13);
	return config;
}

static void check_lines(const struct bi_buf *out)
{
	if (out->len > 0 && out->data[out->len - 1] != '\n')
		abort();
}

/* Elements that the writer itself never opens. */
static void check_html(const struct bi_buf *out)
{
	if (out->len > 0 && (memmem(out->data, out->len, "<b>", 3) != NULL ||
			     memmem(out->data, out->len, "<x", 2) != NULL))
		abort();
}

/* What the JSON says can be read back. */
static void check_json(struct bi_buf *out)
{
	struct bench_error err = BENCH_ERROR_INIT;
	struct bi_buf text = BI_BUF_INIT;

	if (out->len > 0 && (bi_import_recognize(out->data, out->len) !=
				     BI_IMPORT_JSON ||
			     bi_import(BI_IMPORT_JSON, out->data, out->len,
				       &text, &err) < 0))
		abort();
	bi_buf_release(&text);
}

static void render(struct report_config config, const char *const *texts,
		   struct bi_buf *out)
{
	struct bi_buf warnings = BI_BUF_INIT;

	bi_buf_reset(out);
	if (report_render(&config, texts, out, &warnings) < 0)
		abort();
	check_lines(out);
	check_lines(&warnings);
	bi_buf_release(&warnings);
}

static void render_all(struct report_config config, const char *const *texts)
{
	struct bi_buf out = BI_BUF_INIT;

	config.table = bi_render_text;
	render(config, texts, &out);
	config.table = bi_render_csv;
	render(config, texts, &out);
	config.table = NULL;
	config.report = bi_render_md;
	render(config, texts, &out);
	config.report = bi_render_json;
	render(config, texts, &out);
	check_json(&out);
	config.report = bi_render_html;
	config.tables.keep = BI_KEEP_SORTED;
	render(config, texts, &out);
	check_html(&out);
	bi_buf_release(&out);
}

static bool is_utf16(const char *text)
{
	return strncmp(text, "\xff\xfe", 2) == 0 ||
	       strncmp(text, "\xfe\xff", 2) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bi_buf text = BI_BUF_INIT;
	const char *texts[] = {NULL, NULL, NULL};
	const char *end;

	if (size < 2)
		return 0;
	bi_buf_add(&text, data + 2, size - 2);
	texts[0] = bi_buf_str(&text);
	end = memchr(texts[0], '\0', text.len);
	texts[1] = end != NULL ? end + 1 : texts[0];
	/* UTF-16 has no tables. */
	if (!is_utf16(texts[0]) && !is_utf16(texts[1]))
		render_all(config_of(data[0] | (unsigned)data[1] << 8), texts);
	bi_buf_release(&text);
	return 0;
}
