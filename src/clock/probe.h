/* What the clock is like on this machine. */
#ifndef BI_CLOCK_PROBE_H
#define BI_CLOCK_PROBE_H

#include <stdint.h>

struct bi_clock_facts {
	char source[32];       /* the kernel's name for it; "" not known */
	double cost_ns;        /* of one reading */
	int64_t resolution_ns; /* the shortest time it has shown */
	int64_t backwards;     /* readings that were before the last one */
	int64_t readings;      /* of which these were told */
};

/* Read the clock some hundred thousand times: about 10 ms. */
void bi_clock_probe(struct bi_clock_facts *facts);

/* The other clocks against the one we measure with.  Two of these tell what
 * happened between them. */
struct bi_clock_drift {
	int64_t boot_ns; /* time since boot, asleep or not */
	int64_t date_ns;
	int64_t at_ns;
};

struct bi_clock_drift bi_clock_drift_now(void);

/* Nanoseconds that the machine was suspended, and by which the date was set,
 * between the two; 0 for what is no more than the slow correction that keeps a
 * date right. */
int64_t bi_clock_suspended(const struct bi_clock_drift *from,
			   const struct bi_clock_drift *to);
int64_t bi_clock_stepped(const struct bi_clock_drift *from,
			 const struct bi_clock_drift *to);

#endif
