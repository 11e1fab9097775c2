/* One row's launches as a drawing. */
#include "cli/benchab/strip.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "stat/order.h"

/* The drawing in its own units; the page stretches it. */
#define WIDTH 300.0
#define HEIGHT 38.0

/* The room of the dots, and of the interval below them. */
#define DOTS_TOP 3.0
#define DOTS_BOTTOM 22.0
#define BAR_Y 27.0
#define LABEL_Y 37.0

/* Of more launches, as many that lie evenly among them. */
#define DOTS_MOST 200

/* Launches beyond this share on either side are drawn at the edge: one that is
 * off by 20 % would leave no room for all others. */
#define EDGE 0.05

struct scale {
	double low;
	double high;
};

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* All that is to be seen: the margin, the interval, most launches. */
static int choose_scale(const struct finding *finding, double margin,
			struct scale *scale)
{
	const struct bi_judgement *judgement = &finding->row->judgement;
	size_t n = finding->row->count, cut = (size_t)(EDGE * (double)n);
	double *ratio = bi_row_ratios(finding->row), room;

	if (ratio == NULL)
		return BENCH_ENOMEM;
	qsort(ratio, n, sizeof(*ratio), compare);
	scale->low = fmin(-margin, ratio[cut]);
	scale->high = fmax(margin, ratio[n - 1 - cut]);
	free(ratio);
	if (isfinite(judgement->low))
		scale->low = fmin(scale->low, judgement->low);
	if (isfinite(judgement->high))
		scale->high = fmax(scale->high, judgement->high);
	room = fmax(0.06 * (scale->high - scale->low), 1e-6);
	scale->low -= room;
	scale->high += room;
	return 0;
}

static double place(const struct scale *scale, double log)
{
	double x = (log - scale->low) / (scale->high - scale->low);

	return WIDTH * fmin(1, fmax(0, x));
}

static int draw_dots(const struct bi_row *row, const struct scale *scale,
		     struct bi_buf *out)
{
	size_t count = row->count < DOTS_MOST ? row->count : DOTS_MOST, i;
	int rc = 0;

	for (i = 0; i < count && rc == 0; i++) {
		size_t k = i * row->count / count;
		double ratio = row->launch[k].ratio;
		double y = DOTS_TOP + (DOTS_BOTTOM - DOTS_TOP) *
					      ((double)k + 0.5) /
					      (double)row->count;

		rc = bi_buf_addf(out,
				 "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" "
				 "r=\"2\"><title>launch %zu: %+.2f%%</title>"
				 "</circle>",
				 place(scale, ratio), y, k + 1,
				 100 * expm1(ratio));
	}
	return rc;
}

static int draw_interval(const struct bi_judgement *judgement,
			 const struct scale *scale, struct bi_buf *out)
{
	double center = place(scale, judgement->estimate);
	int rc = 0;

	if (isfinite(judgement->low) && isfinite(judgement->high))
		rc = bi_buf_addf(out,
				 "<path class=\"range\" d=\"M%.1f %g H%.1f\">"
				 "<title>%+.2f%% [%+.2f%%, %+.2f%%]</title>"
				 "</path>",
				 place(scale, judgement->low), BAR_Y,
				 fmax(place(scale, judgement->high),
				      place(scale, judgement->low) + 1),
				 100 * expm1(judgement->estimate),
				 100 * expm1(judgement->low),
				 100 * expm1(judgement->high));
	return rc == 0 ? bi_buf_addf(out,
				     "<path class=\"center\" d=\"M%.1f %g v8\">"
				     "</path>",
				     center, BAR_Y - 4)
		       : rc;
}

int strip_draw(const struct findings *findings, const struct finding *finding,
	       struct bi_buf *out)
{
	struct bi_judge judge =
		bi_row_judge(&findings->run->judge, finding->row);
	struct scale scale;
	double left, right;
	int rc;

	if (finding->row->count == 0)
		return 0;
	rc = choose_scale(finding, judge.margin, &scale);
	if (rc < 0)
		return rc;
	left = place(&scale, -judge.margin);
	right = place(&scale, judge.margin);
	rc = bi_buf_addf(out,
			 "<svg viewBox=\"0 0 %g %g\" role=\"img\" "
			 "aria-label=\"launches\">"
			 "<rect class=\"band\" x=\"%.1f\" y=\"0\" "
			 "width=\"%.1f\" height=\"30\"></rect>"
			 "<path class=\"zero\" d=\"M%.1f 0 V30\"></path>",
			 WIDTH, HEIGHT, left, right - left, place(&scale, 0));
	if (rc == 0)
		rc = draw_dots(finding->row, &scale, out);
	if (rc == 0)
		rc = draw_interval(&finding->row->judgement, &scale, out);
	return rc == 0 ? bi_buf_addf(out,
				     "<text x=\"0\" y=\"%g\">%+.2f%%</text>"
				     "<text x=\"%g\" y=\"%g\" "
				     "text-anchor=\"end\">%+.2f%%</text></svg>",
				     LABEL_Y, 100 * expm1(scale.low), WIDTH,
				     LABEL_Y, 100 * expm1(scale.high))
		       : rc;
}
