/* A page for browsers: its head, and text and markup as it comes. */
#include "tab/page.h"

#include <string.h>

#include "base/real.h"
#include "tab/html.h"
#include "tab/page_parts.h"

/* Output is handed on in pieces of about this size. */
#define PIECE ((size_t)32 * 1024)

void bi_page_put(struct bi_page *page, const char *markup)
{
	if (page->rc == 0)
		page->rc = bi_buf_adds(&page->out, markup);
}

void bi_page_text(struct bi_page *page, struct bi_slice text)
{
	if (page->rc == 0)
		page->rc = bi_html_text(&page->out, text);
}

void bi_page_string(struct bi_page *page, const char *text)
{
	bi_page_text(page, (struct bi_slice){text, strlen(text)});
}

void bi_page_count(struct bi_page *page, size_t count)
{
	if (page->rc == 0)
		page->rc = bi_buf_addf(&page->out, "%zu", count);
}

void bi_page_number(struct bi_page *page, double value)
{
	char text[BI_REAL_SIZE];

	bi_real_print(text, value);
	bi_page_put(page, text);
}

static void put_part(struct bi_page *page, const char *part, size_t size)
{
	if (page->rc == 0)
		page->rc = bi_buf_add(&page->out, part, size);
}

void bi_page_begin(struct bi_page *page, struct bi_sink sink,
		   const char *title)
{
	*page = (struct bi_page){.sink = sink};
	/* Whatever the input holds, a browser asks nobody for anything. */
	bi_page_put(page,
		    "<!DOCTYPE html>\n"
		    "<html lang=\"en\">\n"
		    "<head>\n"
		    "<meta charset=\"utf-8\">\n"
		    "<meta http-equiv=\"Content-Security-Policy\" "
		    "content=\"default-src 'none'; style-src 'unsafe-inline'; "
		    "script-src 'unsafe-inline'\">\n"
		    "<meta name=\"viewport\" "
		    "content=\"width=device-width, initial-scale=1\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n"
		    "<title>");
	bi_page_string(page, title);
	bi_page_put(page, "</title>\n<style>\n");
	put_part(page, style_css, sizeof(style_css));
	bi_page_put(page, "</style>\n<script>\n");
	put_part(page, script_js, sizeof(script_js));
	bi_page_put(page, "</script>\n</head>\n<body>\n<main>\n<h1>");
	bi_page_string(page, title);
	bi_page_put(page, "</h1>\n");
}

static void flush(struct bi_page *page)
{
	if (page->rc == 0)
		page->rc = page->sink.write(page->sink.arg,
					    bi_buf_str(&page->out),
					    page->out.len);
	bi_buf_reset(&page->out);
}

void bi_page_piece(struct bi_page *page)
{
	if (page->out.len >= PIECE)
		flush(page);
}

int bi_page_end(struct bi_page *page)
{
	flush(page);
	bi_buf_release(&page->out);
	return page->rc;
}
