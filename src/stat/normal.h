/* The normal distribution. */
#ifndef BI_STAT_NORMAL_H
#define BI_STAT_NORMAL_H

/* The probability that a normal variable with this mean and standard deviation
 * (> 0) is at most X, to a relative error of 1e-12 as far as there are normal
 * doubles (37 standard deviations below the mean); 0 from 39 on.  Above the
 * mean it is exactly 1 from 8.3 on.  NaN for a NaN. */
double bi_normal_cdf(double x, double mean, double sd);

/* The value that such a variable stays below with probability P, to a relative
 * error of 1e-12 of its distance from the mean for P <= 1/2: -inf for 0, +inf
 * for 1, NaN outside 0..1 and for a NaN. */
double bi_normal_quantile(double p, double mean, double sd);

#endif
