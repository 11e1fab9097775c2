/* The line on a terminal that says what runs. */
#include "harness/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"

#define NS_PER_SEC INT64_C(1000000000)

/* Back to the first column, and clear what stands behind it (ECMA-48). */
#define CLEAR_LINE "\r\033[K"

void bi_progress_init(struct bi_progress *progress, int64_t rounds)
{
	*progress = (struct bi_progress){
		.terminal = isatty(STDERR_FILENO) ? stderr : NULL,
		.began = bi_clock_now(),
		.rounds = rounds,
	};
}

void bi_progress_round(struct bi_progress *progress, int64_t round,
		       int64_t planned)
{
	progress->round = round;
	progress->planned = planned;
	progress->started = 0;
	progress->round_began = bi_clock_now();
}

void bi_progress_start(struct bi_progress *progress)
{
	progress->started++;
}

void bi_progress_name(struct bi_progress *progress, const char *name, int procs)
{
	if (progress->terminal == NULL)
		return;
	if (procs > 1)
		snprintf(progress->what, sizeof(progress->what), "%s-%d", name,
			 procs);
	else
		snprintf(progress->what, sizeof(progress->what), "%s", name);
	bi_progress_draw(progress);
}

void bi_progress_clear(struct bi_progress *progress)
{
	if (!progress->shown)
		return;
	fputs(CLEAR_LINE, progress->terminal);
	fflush(progress->terminal);
	progress->shown = false;
}

/* Time left from what the finished part took; -1 while nothing is finished. */
static int64_t left_ns(const struct bi_progress *progress)
{
	int64_t now = bi_clock_since(progress->began);
	int64_t in_round = bi_clock_since(progress->round_began);
	int64_t finished = progress->started - 1;
	int64_t whole = progress->round - 1;
	int64_t round_ns;

	/* A whole round tells best; within the first, its finished part. */
	if (whole > 0)
		round_ns = (now - in_round) / whole;
	else if (finished > 0)
		round_ns = in_round / finished * progress->planned;
	else
		return -1;
	return (progress->rounds - progress->round) * round_ns +
	       (round_ns > in_round ? round_ns - in_round : 0);
}

static void format_time(int64_t ns, char *out, size_t size)
{
	int64_t s = (ns + NS_PER_SEC / 2) / NS_PER_SEC;

	if (s < 100)
		snprintf(out, size, "%lld s", (long long)s);
	else if (s < 6000)
		snprintf(out, size, "%lld min", (long long)((s + 30) / 60));
	else
		snprintf(out, size, "%lld h", (long long)((s + 1800) / 3600));
}

static size_t terminal_width(FILE *terminal)
{
	struct winsize size;

	if (ioctl(fileno(terminal), TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return 80;
	return size.ws_col;
}

/* Bytes of TEXT that fit into WIDTH columns. */
static int fitting(const char *text, size_t len, size_t width)
{
	size_t used = 0, size;

	while (used < len && width-- > 0) {
		bi_utf8_next(text + used, len - used, &size);
		used += size;
	}
	return (int)used;
}

void bi_progress_draw(struct bi_progress *progress)
{
	char elapsed[32], left[48] = "", line[512];
	int64_t ns;
	int n;

	if (progress->terminal == NULL || progress->round == 0)
		return;
	format_time(bi_clock_since(progress->began), elapsed, sizeof(elapsed));
	ns = left_ns(progress);
	if (ns >= 0) {
		char text[32];

		format_time(ns, text, sizeof(text));
		snprintf(left, sizeof(left), ", about %s left", text);
	}
	n = snprintf(line, sizeof(line), "round %lld of %lld, %s%s: %s",
		     (long long)progress->round, (long long)progress->rounds,
		     elapsed, left, progress->what);
	if (n < 0 || (size_t)n >= sizeof(line))
		return;
	/* One column less than there are: some terminals wrap at the last. */
	fprintf(progress->terminal, CLEAR_LINE "%.*s",
		fitting(line, (size_t)n, terminal_width(progress->terminal) - 1),
		line);
	fflush(progress->terminal);
	progress->shown = true;
	progress->drawn = bi_clock_now();
}

void bi_progress_tick(struct bi_progress *progress)
{
	if (progress->terminal != NULL &&
	    bi_clock_since(progress->drawn) >= NS_PER_SEC)
		bi_progress_draw(progress);
}
