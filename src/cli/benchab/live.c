/* The table while the comparison runs, on a terminal. */
#include "cli/benchab/live.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/benchab/report.h"

/* Often enough to be seen to move, seldom enough to disturb nothing. */
#define DRAW_NS INT64_C(500000000)

#define SCREEN_LINES 24
#define SCREEN_COLUMNS 80

void live_init(struct live *live, const struct options *options)
{
	*live = (struct live){.options = options};
	if (isatty(STDERR_FILENO))
		live->terminal = stderr;
}

/* As many lines as there are, each cut to the screen's width: a wrapped line
 * would count twice. */
static void print_cut(struct live *live, const char *text, size_t columns)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n"), bytes = 0, width = 0;

		while (bytes < len && width < columns - 1) {
			bytes++;
			/* Continuation bytes of UTF-8 take no room. */
			while (bytes < len && (text[bytes] & 0xc0) == 0x80)
				bytes++;
			width++;
		}
		fprintf(live->terminal, "%.*s\n", (int)bytes, text);
		live->lines++;
		text += len + (text[len] == '\n');
	}
}

void live_launched(void *ctx, const struct bi_pair_run *run,
		   const struct bi_row *row)
{
	struct live *live = ctx;
	struct winsize size = {.ws_row = 0};
	struct findings findings = {.count = 0};
	struct bi_buf text = BI_BUF_INIT;

	(void)row;
	if (live->terminal == NULL || bi_clock_since(live->drawn) < DRAW_NS)
		return;
	ioctl(STDERR_FILENO, TIOCGWINSZ, &size);
	/* Some terminals do not know their size. */
	if (size.ws_row == 0 || size.ws_col == 0)
		size = (struct winsize){.ws_row = SCREEN_LINES,
					.ws_col = SCREEN_COLUMNS};
	if (size.ws_row < 4 || size.ws_col < 20)
		return;
	if (findings_glance(&findings, run, live->options) == 0 &&
	    report_table(&findings, (size_t)size.ws_row - 3, false, &text) ==
		    0) {
		live_clear(live);
		print_cut(live, bi_buf_str(&text), size.ws_col);
		fflush(live->terminal);
	}
	bi_buf_release(&text);
	findings_release(&findings);
	live->drawn = bi_clock_now();
}

void live_clear(struct live *live)
{
	if (live->terminal == NULL || live->lines == 0)
		return;
	fprintf(live->terminal, "\033[%dA\033[J", live->lines);
	fflush(live->terminal);
	live->lines = 0;
}
