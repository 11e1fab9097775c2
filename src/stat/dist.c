/* What the GNU Scientific Library computes for us.  The only file that includes
 * it: what libbenchkit is made of must not. */
#include "stat/dist.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

void bi_dist_start(void)
{
	gsl_set_error_handler_off();
}

/* Rousseeuw and Croux 1993 (Journal of the American Statistical Association 88,
 * 1273-1283): about the first quartile of the distances of all pairs, times what
 * makes it the standard deviation of a normal sample of that size. */
double bi_dist_scale(const double *sorted, size_t n,
		     struct bi_dist_memory *memory)
{
	size_t i;

	if (n < 2 || !isfinite(sorted[n - 1] - sorted[0]))
		return (double)NAN;
	if (n > BI_DIST_SCALE_MOST) {
		for (i = 0; i < BI_DIST_SCALE_MOST; i++)
			memory->values[i] = sorted[(size_t)(
				(double)i / (BI_DIST_SCALE_MOST - 1) *
				(double)(n - 1))];
		sorted = memory->values;
		n = BI_DIST_SCALE_MOST;
	}
	return gsl_stats_Qn_from_sorted_data(sorted, 1, n, memory->work,
					     memory->ranks);
}

double bi_dist_lag1(const double *values, size_t n)
{
	double r;

	if (n < 2)
		return (double)NAN;
	r = gsl_stats_lag1_autocorrelation(values, 1, n);
	return isfinite(r) ? r : (double)NAN;
}
