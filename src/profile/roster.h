/* The threads that have a ticker.
 *
 * A thread gets one when the profile starts, when it begins, or, if nobody saw
 * it begin, from within a signal handler that finds it running.  All here is
 * atomic operations and system calls, for that last case. */
#ifndef BI_PROFILE_ROSTER_H
#define BI_PROFILE_ROSTER_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

#include "profile/ticker.h"

/* Thread ids that differ by this share a place; as many threads at once have a
 * ticker. */
enum { BI_ROSTER_PLACES = 32768 };

struct bi_roster_place {
	_Atomic pid_t tid;  /* 0: free */
	atomic_int handle;  /* of the ticker, plus one; 0: not yet, or taken */
};

/* Zeroed at first. */
struct bi_roster {
	enum bi_ticker_source source;
	int64_t period_ns;
	void *cookie;
	atomic_uint cursor; /* of the search for threads that are gone */
	atomic_int missed;  /* threads that got no ticker */
	struct bi_roster_place place[BI_ROSTER_PLACES];
};

/* Give thread TID a ticker, in place of the one it has.  Also takes away those
 * of some threads that are gone. */
void bi_roster_add(struct bi_roster *roster, pid_t tid);

/* Give all threads there are now a ticker, if they have none.  Reads /proc,
 * which allocates: not in a signal handler. */
void bi_roster_add_all(struct bi_roster *roster);

/* Take that of TID away. */
void bi_roster_remove(struct bi_roster *roster, pid_t tid);

/* Take all away.  Nobody adds meanwhile. */
void bi_roster_clear(struct bi_roster *roster);

/* The same in the child of a fork, where they are the parent's. */
void bi_roster_abandon(struct bi_roster *roster);

#endif
