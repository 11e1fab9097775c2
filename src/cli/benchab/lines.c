/* A table of texts. */
#include "cli/benchab/lines.h"

#include <string.h>

#include "base/error.h"
#include "tab/grid.h"

static int close_text(struct lines *lines)
{
	bool open = lines->open;

	lines->open = false;
	return open ? bi_buf_addc(&lines->text, '\0') : 0;
}

struct bi_buf *lines_add(struct lines *lines)
{
	close_text(lines);
	lines->open = true;
	lines->count++;
	return &lines->text;
}

int lines_end(struct lines *lines)
{
	int rc = close_text(lines);

	while (rc == 0 && lines->count % lines->columns != 0) {
		lines->count++;
		rc = bi_buf_addc(&lines->text, '\0');
	}
	return rc;
}

static int write_buf(void *arg, const char *data, size_t len)
{
	return bi_buf_add(arg, data, len);
}

static int print_aligned(const struct lines *lines, struct bi_buf *out)
{
	struct bi_grid grid = {0};
	struct bi_sink sink = {write_buf, out};
	const char *text = bi_buf_str(&lines->text);
	size_t i;
	int rc = 0;

	for (i = 0; i < lines->count && rc == 0; i++) {
		size_t column = i % lines->columns;
		struct bi_grid_cell cell = {
			.column = column,
			.align = column == 0 || column == lines->left
					 ? BI_GRID_LEFT
					 : BI_GRID_RIGHT,
			.margin = column == 0 ? NULL : "  ",
			.text = {text, strlen(text)},
		};

		rc = bi_grid_add(&grid, &cell);
		if (rc == 0 && column + 1 == lines->columns)
			rc = bi_grid_end_row(&grid);
		text += strlen(text) + 1;
	}
	if (rc == 0)
		rc = bi_grid_write(&grid, &sink);
	bi_grid_release(&grid);
	return rc;
}

/* "|" in a name would end its cell. */
static int add_escaped(struct bi_buf *out, const char *text)
{
	int rc = 0;

	for (; rc == 0 && *text != '\0'; text++) {
		if (*text == '|')
			rc = bi_buf_addc(out, '\\');
		if (rc == 0)
			rc = bi_buf_addc(out, *text);
	}
	return rc;
}

static int print_markdown(const struct lines *lines, struct bi_buf *out)
{
	const char *text = bi_buf_str(&lines->text);
	size_t i, column;
	int rc = 0;

	for (i = 0; i < lines->count && rc == 0; i++) {
		column = i % lines->columns;
		rc = bi_buf_adds(out, column == 0 ? "| " : " | ");
		if (rc == 0)
			rc = add_escaped(out, text);
		text += strlen(text) + 1;
		if (rc == 0 && column + 1 == lines->columns)
			rc = bi_buf_adds(out, " |\n");
		if (rc < 0 || i + 1 != lines->columns)
			continue;
		for (column = 0; column < lines->columns && rc == 0; column++)
			rc = bi_buf_adds(out, column == 0 ? "| :--"
							  : " | --:");
		if (rc == 0)
			rc = bi_buf_adds(out, " |\n");
	}
	return rc;
}

int lines_print(struct lines *lines, bool markdown, struct bi_buf *out)
{
	int rc = lines_end(lines);

	if (rc == 0)
		rc = markdown ? print_markdown(lines, out)
			      : print_aligned(lines, out);
	return rc;
}

void lines_release(struct lines *lines)
{
	bi_buf_release(&lines->text);
}
