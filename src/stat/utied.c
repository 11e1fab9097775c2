/* The null distribution of Mann and Whitney's U when values are tied.
 *
 * Group j has t_j equal values, x_j of them in the first sample; S_j values are
 * in the groups up to j.  With average ranks
 *
 *	2U = W - n1^2,  W = sum of x_j a_j,  a_j = 2 S_(j-1) + t_j,
 *
 * and the x_j come about in product C(t_j, x_j) ways.  A(k, n, w), in how many
 * ways n values from the first k groups have W <= w, follows group by group
 * (Cheung and Klotz 1997, "The Mann Whitney Wilcoxon distribution using
 * linked lists", Statistica Sinica 7, 805-813; theirs bounds 2U, not W):
 *
 *	A(k, n, w) = sum over r of A(k-1, n-r, w - r a_k) C(t_k, r),
 *
 * 0 for a w below the least possible W, C(S_k, n) above the greatest.  Read as
 * weights of single values, the a_j ascend and the first S add up to S^2: the
 * least and the greatest W are sums over one end, differences of prefix sums.
 *
 * Instead of lists or hash maps of states there is one row of w for each n,
 * filled as far as the wanted A(K, n1, w) can reach.  Sums go over r in
 * ascending order: the last digit is always the same. */
#include "stat/utied.h"

#include <assert.h>
#include <stdlib.h>

#include "base/error.h"
#include "stat/choose.h"

#define VALUES_MAX (2 * BI_UTIED_MAX)

/* The problem: all that A(K, n1, top) depends on. */
struct problem {
	int n1;
	int all; /* S_K */
	int top;
	int prefix[VALUES_MAX + 1]; /* sum of the first i weights */
};

/* Row n of one level: A(k, n, w) for w = first..last, which may be none; least
 * and greatest are the possible W. */
struct row {
	int least;
	int greatest;
	int first;
	int last;
	double total; /* C(S_k, n), beyond greatest */
	double *ways;
};

/* A(k, ., .) after the first k groups, of S_k values.  low..high are the n that
 * leave a possible number to the later groups. */
struct level {
	int low;
	int high;
	struct row row[BI_UTIED_MAX + 1];
};

static int max(int a, int b)
{
	return a > b ? a : b;
}

static int min(int a, int b)
{
	return a < b ? a : b;
}

static void pose(struct problem *q, const struct bi_utied_groups *groups,
		 int n1, int twice_u)
{
	size_t j, i;

	*q = (struct problem){.n1 = n1, .top = twice_u + n1 * n1};
	for (j = 0; j < groups->n; j++) {
		int weight = 2 * q->all + (int)groups->size[j];

		for (i = 0; i < groups->size[j]; i++) {
			assert(q->all < VALUES_MAX);
			q->prefix[q->all + 1] = q->prefix[q->all] + weight;
			q->all++;
		}
	}
}

/* Find the bounds of LEVEL after the first S values. */
static void bound(struct level *level, const struct problem *q, int s)
{
	int n;

	level->low = max(0, q->n1 - (q->all - s));
	level->high = min(q->n1, s);
	for (n = level->low; n <= level->high; n++) {
		struct row *row = &level->row[n];
		int rest = q->n1 - n; /* from the later groups */
		int rest_least = q->prefix[s + rest] - q->prefix[s];
		int rest_greatest =
			q->prefix[q->all] - q->prefix[q->all - rest];

		row->least = q->prefix[n];
		row->greatest = q->prefix[s] - q->prefix[s - n];
		row->first = max(row->least, q->top - rest_greatest);
		row->last = min(row->greatest, q->top - rest_least);
		row->total = bi_choose((size_t)s, (size_t)n);
	}
}

/* Add to ROW what comes from BELOW, the row of n - r, when r values of weight
 * SHIFT / r can be chosen in TIMES ways. */
static void add_row(struct row *row, const struct row *below, int shift,
		    double times)
{
	int from = max(row->first, below->least + shift);
	int inside = min(row->last, below->greatest + shift);
	double every = below->total * times;
	int w;

	if (from <= inside) {
		const double *in = &below->ways[from - shift - below->first];
		double *out = &row->ways[from - row->first];
		int i;

		for (i = 0; i <= inside - from; i++)
			out[i] += in[i] * times;
	}
	for (w = max(row->first, inside + 1); w <= row->last; w++)
		row->ways[w - row->first] += every;
}

/* Fill LEVEL, whose last group has T values, from the one BELOW, which is after
 * S values. */
static void fill(struct level *level, const struct level *below, int s, int t)
{
	int weight = 2 * s + t;
	int n, r, w;

	for (n = level->low; n <= level->high; n++) {
		struct row *row = &level->row[n];

		for (w = row->first; w <= row->last; w++)
			row->ways[w - row->first] = 0;
		for (r = max(0, n - s); r <= min(n, t); r++)
			add_row(row, &below->row[n - r], r * weight,
				bi_choose((size_t)t, (size_t)r));
	}
}

/* Have two levels of N1 + 1 rows of WIDTH doubles. */
static int reserve(struct bi_utied *memory, size_t n1, size_t width)
{
	size_t need = 2 * (n1 + 1) * width;
	double *rows;

	if (need <= memory->cap)
		return 0;
	rows = malloc(need * sizeof(*rows));
	if (rows == NULL)
		return BENCH_ENOMEM;
	free(memory->rows);
	memory->rows = rows;
	memory->cap = need;
	return 0;
}

int bi_utied_ways(struct bi_utied *memory, const struct bi_utied_groups *groups,
		  size_t n1, size_t twice_u, double *ways)
{
	struct level levels[2], *below = &levels[0], *level = &levels[1];
	struct problem q;
	size_t width, n, j;
	int s = 0;

	pose(&q, groups, (int)n1, (int)twice_u);
	assert(n1 <= BI_UTIED_MAX && (size_t)q.all - n1 <= BI_UTIED_MAX);
	assert(twice_u <= 2 * n1 * ((size_t)q.all - n1));
	if (q.top < q.prefix[n1]) {
		*ways = 0;
		return 0;
	}
	if (q.top > q.prefix[q.all] - q.prefix[(size_t)q.all - n1]) {
		*ways = bi_choose((size_t)q.all, n1);
		return 0;
	}
	/* 0 <= 2U <= 2 n1 n2, and less for fewer values. */
	width = 2 * n1 * ((size_t)q.all - n1) + 1;
	if (reserve(memory, n1, width) < 0)
		return BENCH_ENOMEM;
	for (n = 0; n <= n1; n++) {
		below->row[n].ways = memory->rows + n * width;
		level->row[n].ways = memory->rows + (n1 + 1 + n) * width;
	}
	/* No groups: one way to choose nothing. */
	bound(below, &q, 0);
	below->row[0].ways[0] = 1;
	for (j = 0; j < groups->n; j++) {
		struct level *filled = level;
		int t = (int)groups->size[j];

		bound(level, &q, s + t);
		fill(level, below, s, t);
		s += t;
		level = below;
		below = filled;
	}
	*ways = below->row[n1].ways[0];
	return 0;
}

void bi_utied_release(struct bi_utied *memory)
{
	free(memory->rows);
	*memory = (struct bi_utied){0};
}
