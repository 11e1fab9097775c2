/* The threads that have a ticker. */
#include "profile/roster.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/integer.h"

/* A thread stands at its id's place or at one of the next ones.  Ids come one
 * after the other, so that they seldom meet at all. */
enum { WINDOW = 16 };

/* Places looked at for a dead thread whenever one is added: as long as it is
 * more than one, the dead do not grow in number. */
enum { SWEEP = 2 };

static struct bi_roster_place *place_at(struct bi_roster *roster, unsigned i)
{
	return &roster->place[i % BI_ROSTER_PLACES];
}

static void disarm(struct bi_roster *roster, struct bi_roster_place *place)
{
	int handle = atomic_exchange(&place->handle, 0);

	if (handle > 0)
		bi_ticker_disarm(roster->source, handle - 1);
}

/* Is the thread of PLACE, if there is one, no more? */
static bool is_dead(const struct bi_roster_place *place)
{
	pid_t tid = atomic_load(&place->tid);

	return tid != 0 && syscall(SYS_tgkill, getpid(), tid, 0) != 0 &&
	       errno == ESRCH;
}

/* Only one of those who find a dead thread frees its place. */
static void bury(struct bi_roster *roster, struct bi_roster_place *place)
{
	int handle = atomic_exchange(&place->handle, 0);

	if (handle == 0)
		return;
	bi_ticker_disarm(roster->source, handle - 1);
	atomic_store(&place->tid, 0);
}

static struct bi_roster_place *find(struct bi_roster *roster, pid_t tid)
{
	unsigned i;

	for (i = 0; i < WINDOW; i++) {
		struct bi_roster_place *place =
			place_at(roster, (unsigned)tid + i);

		if (atomic_load(&place->tid) == tid)
			return place;
	}
	return NULL;
}

/* A free place for TID, now its own; NULL: none. */
static struct bi_roster_place *claim(struct bi_roster *roster, pid_t tid)
{
	unsigned i;

	for (i = 0; i < WINDOW; i++) {
		struct bi_roster_place *place =
			place_at(roster, (unsigned)tid + i);
		pid_t nobody = 0;

		if (is_dead(place))
			bury(roster, place);
		if (atomic_compare_exchange_strong(&place->tid, &nobody, tid))
			return place;
	}
	return NULL;
}

/* At random within the first period: threads that live for less than a period
 * are seen as often as they should be, and those that began together are not
 * seen together. */
static int64_t first_tick(const struct bi_roster *roster, pid_t tid)
{
	struct timespec now;
	uint64_t z;

	clock_gettime(CLOCK_MONOTONIC, &now);
	z = (uint64_t)now.tv_nsec ^ (uint64_t)tid << 32;
	/* The finalizer of splitmix64 (Steele, Lea and Flood 2014). */
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return (int64_t)(z % (uint64_t)roster->period_ns) + 1;
}

static void arm(struct bi_roster *roster, struct bi_roster_place *place,
		pid_t tid)
{
	int handle = bi_ticker_arm(roster->source, tid, roster->period_ns,
				   first_tick(roster, tid), roster->cookie);

	if (handle < 0) {
		atomic_fetch_add(&roster->missed, 1);
		atomic_store(&place->tid, 0);
		return;
	}
	atomic_store(&place->handle, handle + 1);
}

static void sweep(struct bi_roster *roster)
{
	int i;

	for (i = 0; i < SWEEP; i++) {
		struct bi_roster_place *place =
			place_at(roster, atomic_fetch_add(&roster->cursor, 1));

		if (is_dead(place))
			bury(roster, place);
	}
}

void bi_roster_add(struct bi_roster *roster, pid_t tid)
{
	struct bi_roster_place *place = find(roster, tid);
	int saved = errno;

	sweep(roster);
	if (place != NULL) {
		/* Perhaps that of a thread which had the same id.  Without a
		 * handle somebody is giving it one. */
		if (atomic_load(&place->handle) == 0)
			return;
		disarm(roster, place);
	} else {
		place = claim(roster, tid);
	}
	if (place != NULL)
		arm(roster, place, tid);
	else
		atomic_fetch_add(&roster->missed, 1);
	errno = saved;
}

void bi_roster_add_all(struct bi_roster *roster)
{
	DIR *dir = opendir("/proc/self/task");
	const struct dirent *entry;
	int64_t tid;

	if (dir == NULL) {
		bi_roster_add(roster, (pid_t)syscall(SYS_gettid));
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (bi_integer_parse(entry->d_name, strlen(entry->d_name),
				     &tid) == 0 &&
		    find(roster, (pid_t)tid) == NULL)
			bi_roster_add(roster, (pid_t)tid);
	}
	closedir(dir);
}

void bi_roster_remove(struct bi_roster *roster, pid_t tid)
{
	struct bi_roster_place *place = find(roster, tid);

	if (place != NULL)
		bury(roster, place);
}

void bi_roster_clear(struct bi_roster *roster)
{
	unsigned i;

	for (i = 0; i < BI_ROSTER_PLACES; i++)
		bury(roster, place_at(roster, i));
	atomic_store(&roster->missed, 0);
}

void bi_roster_abandon(struct bi_roster *roster)
{
	unsigned i;

	for (i = 0; i < BI_ROSTER_PLACES; i++) {
		struct bi_roster_place *place = place_at(roster, i);
		int handle = atomic_exchange(&place->handle, 0);

		if (handle > 0)
			bi_ticker_abandon(roster->source, handle - 1);
		atomic_store(&place->tid, 0);
	}
}
