/* The finished table: plain data.  Renderers and the gate read nothing else, so
 * what one shows another cannot contradict. */
#ifndef BI_TAB_MODEL_H
#define BI_TAB_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/intern.h"
#include "base/slice.h"
#include "unit/class.h"

/* What a cell was compared with, and how. */
enum bi_comparison {
	BI_COMPARISON_NONE,  /* no baseline in its row, or it is the baseline */
	BI_COMPARISON_EXACT, /* by value: any difference counts */
	BI_COMPARISON_TESTED /* by a test, with p */
};

/* What has to be said about a cell or a column. */
enum bi_warning_kind {
	/* About a cell's own sample. */
	BI_WARNING_VARY,     /* it pools results that are not alike */
	BI_WARNING_INEXACT,  /* an exact unit whose values differ */
	BI_WARNING_RISE,     /* it rises from run to run */
	BI_WARNING_FALL,     /* it falls */
	BI_WARNING_INTERVAL, /* too few samples for an interval */
	/* About a comparison. */
	BI_WARNING_NAN,   /* NaN samples were left out */
	BI_WARNING_EQUAL, /* all samples are equal */
	BI_WARNING_POWER, /* too few samples to find a difference */
	/* About a column. */
	BI_WARNING_SET,       /* not the baseline's rows */
	BI_WARNING_SUMMARIES, /* a center has no logarithm */
	BI_WARNING_RATIOS     /* a ratio has none */
};

#define BI_WARNING_BIT(kind) (1u << (kind))

/* What is said where no number of samples is known to be enough. */
#define BI_INTERVAL_MOST 50
#define BI_POWER_MOST    10

/* Which samples are left in the cells. */
enum bi_keep {
	BI_KEEP_NONE,
	BI_KEEP_SORTED, /* NaN first */
	BI_KEEP_AS_READ
};

/* The samples of one row and column. */
struct bi_cell {
	uint32_t column;
	uint32_t count;    /* samples */
	uint32_t nan;      /* of these, NaN */
	uint16_t warnings; /* bits */
	uint8_t comparison; /* enum bi_comparison */
	bool significant;   /* the difference to the baseline counts */
	const struct bi_string *vary; /* BI_WARNING_VARY: the fields */
	double *sample; /* NULL if nobody asked */
	double center;
	double low; /* of the interval around the center; may be infinite */
	double high;
	double p; /* BI_COMPARISON_TESTED */
};

/* The last row: geometric means over a column. */
struct bi_summary {
	bool has_center;
	bool has_ratio; /* to the baseline column */
	uint16_t warnings;
	double center;
	double ratio;
};

/* Which way a unit gets worse. */
enum bi_better {
	BI_BETTER_LOWER,
	BI_BETTER_HIGHER,
	BI_BETTER_UNCLEAR /* its metadata says neither */
};

/* When changes of a unit are judged by value, and not by a test. */
enum bi_exactness {
	BI_EXACTNESS_NEVER,    /* times and rates */
	BI_EXACTNESS_CONSTANT, /* if both samples are seen to be constant */
	BI_EXACTNESS_EXPECTED  /* always: a sample that varies is odd */
};

/* How much worse a unit may get. */
struct bi_limit {
	bool set;
	bool relative;
	double value; /* a fraction (0.03: 3 %), or in the table's unit */
};

enum bi_change_kind {
	BI_CHANGE_NONE,   /* no baseline, or it is the baseline */
	BI_CHANGE_EXACT,  /* by value: BEFORE and AFTER are all there is */
	BI_CHANGE_SAMPLED /* by interval and test */
};

/* The change from the baseline to a cell, apart from what is shown of old. */
struct bi_change {
	enum bi_change_kind kind;
	bool odd;      /* sampled, though its values should not vary */
	double before; /* exact: the one value of the baseline */
	double after;
	double factor; /* sampled: from the baseline; NaN: not known */
	double low;    /* its interval at level 1 - alpha; from 0 to infinity */
	double high;   /* if nothing is known */
	double limit;  /* the factor at which it is too much; NaN: there is no
			* such factor */
	double p;      /* that it seems worse than LIMIT, one-sided */
	double least_p; /* the least that P can be with so many samples */
	bool by_interval; /* P is 0 or 1, as whoever made the interval says,
			   * who has corrected it, too */
};

/* Fewer values say nothing about how they are spread. */
#define BI_SPREAD_LEAST 5

/* A value is an outlier if it is farther from the median than so many times the
 * scale (the rule of Hampel 1985, Technometrics 27, 95-107, with Qn in place of
 * the median deviation). */
#define BI_SPREAD_OUTLIER 3

/* A trend is told if its p, corrected for all of a table (Holm), is at most
 * this. */
#define BI_TREND_LEVEL 0.05

/* How the values of a cell lie around their median.  NaNs are left out.  All
 * but COUNT is unknown below BI_SPREAD_LEAST. */
struct bi_spread {
	uint32_t count;	   /* finite values */
	uint32_t outliers; /* infinities among them */
	double median;	   /* of the finite values */
	double scale; /* their Qn, in the table's unit; NaN: not finite */
	double lag1;  /* their autocorrelation in the order as read; NaN: all
		       * are equal, or there is no such order */
	double trend; /* p of Mann and Kendall's test; NaN: likewise */
	double adjusted_trend; /* after correction */
	bool falls;	       /* what TREND is the p of */
};

/* With fewer different sizes any curve may come out best. */
#define BI_FIT_LEAST 4

/* Why there is no fit. */
enum bi_fit_problem {
	BI_FIT_FOUND, /* there is one */
	BI_FIT_ZERO,  /* all values are 0: no growth */
	BI_FIT_FEW,   /* too few different sizes */
	BI_FIT_TEXT,  /* a size that is no number */
	BI_FIT_SMALL, /* a size below 1 */
	BI_FIT_VALUE  /* a value that cannot be a cost beside the others */
};

#define BI_FIT_CURVES 6

/* How the centers of a column grow with the size in the rows' names, of rows
 * that differ in nothing else. */
struct bi_fit {
	struct bi_slice label; /* of these rows, without the size */
	uint32_t column;
	uint32_t size_count; /* different sizes */
	enum bi_fit_problem problem;
	struct bi_slice text; /* the size that PROBLEM is about */
	struct {
		const char *name; /* "n log n" */
		double coefficient; /* in the table's unit */
		double rms; /* relative to the values; may be infinite */
	} curve[BI_FIT_CURVES]; /* if found: the best first */
};

struct bi_header_line {
	struct bi_slice key;
	struct bi_slice value;
};

struct bi_table {
	struct bi_arena memory; /* the arrays */
	struct bi_intern vary;  /* lists of fields */

	struct bi_header_line *lines; /* the configuration, or what differs
				       * from that of the table before */
	size_t line_count;
	struct bi_slice unit;
	enum bi_unit_class unit_class;

	size_t column_count;
	size_t level_count;     /* lines of a column's header */
	struct bi_slice *header; /* level_count times column_count */
	struct bi_summary *summary; /* column_count */

	size_t row_count;
	struct bi_slice *label; /* row_count */
	struct bi_cell *cell;   /* by row, then by column */
	size_t *row_start;      /* row_count + 1: indices into CELL */

	/* For those who judge.  CHANGE is beside CELL, NULL if nobody asked. */
	enum bi_better better;
	enum bi_exactness exactness;
	struct bi_limit limit;
	struct bi_change *change;
	struct bi_spread *spread; /* beside CELL, NULL if nobody asked */
	struct bi_slice fit_key; /* "/n"; NULL: nobody asked for fits */
	struct bi_fit *fit;
	size_t fit_count;
	bool has_baseline; /* column 0 is the first of all tables */
	struct bi_slice *absent; /* if it has: columns of other tables alone */
	size_t absent_count;

	/* What the view made of it. */
	bool no_geomean;
	bool no_compare;
	bool show_effect; /* what CHANGE says */
	size_t *row_number; /* what a row's was before; NULL: the same */
	size_t hidden_count; /* rows that are not shown */

	double alpha;
	double confidence;
	int interval_need; /* samples for an interval; 0: more than can be */
	int power_need;    /* samples to find a difference; likewise */
	bool compat;       /* show p as if 0 were no p */
};

/* Free what TABLE holds. */
void bi_table_release(struct bi_table *table);

/* The cell of ROW in the baseline column; NULL if there is none. */
const struct bi_cell *bi_table_baseline(const struct bi_table *table,
					size_t row);

/* Whether the configuration of both is the same. */
bool bi_table_same_lines(const struct bi_table *a, const struct bi_table *b);

/* What the number of ROW was before the view. */
size_t bi_table_row_number(const struct bi_table *table, size_t row);

/* By what factor CHANGE is one; NaN: not known. */
double bi_change_factor(const struct bi_change *change);

/* Append what COLUMN is called, all levels of its header. */
int bi_table_column_name(const struct bi_table *table, size_t column,
			 struct bi_buf *out);

/* SPREAD's scale as a fraction of its median, whatever the sign of that; 0 for
 * a scale of 0.  NaN if there is none. */
double bi_spread_relative(const struct bi_spread *spread);

/* Append why FIT has none, which is so. */
int bi_fit_reason(const struct bi_table *table, const struct bi_fit *fit,
		  struct bi_buf *out);

/* Append the text of warning KIND about CELL, or about a column (CELL NULL).
 * BASELINE is that of CELL's row, or NULL.  Returns 0 or BENCH_ENOMEM. */
int bi_warning_text(const struct bi_table *table, enum bi_warning_kind kind,
		    const struct bi_cell *cell, const struct bi_cell *baseline,
		    struct bi_buf *out);

#endif
