/* Programs whose allocations are counted twice: by libbenchkit-count and, in a
 * second program of the same object without it, by valgrind.
 *
 * From the first allocation of the process to report(): both must see the
 * same. */
#ifndef ORACLE_H
#define ORACLE_H

#ifdef __cplusplus
extern "C" {
#endif

/* What is counted.  May return in a child only. */
void work(void);

/* Remember what has been counted before work(), for report(). */
void begin(void);

/* Print the process's id, its counts and those since begin(), "-" for each where
 * there is no counter.  Allocates nothing. */
void report(void);

/* P, in a way that no compiler sees through. */
void *hide(void *p);

#ifdef __cplusplus
}
#endif

#endif
