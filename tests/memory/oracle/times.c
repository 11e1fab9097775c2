/* Local time, of a zone that is read from a file. */
#include "oracle.h"

#include <stdlib.h>
#include <time.h>

void work(void)
{
	time_t t = 1000000000;
	struct tm tm;

	clearenv(); /* valgrind's has more in it */
	setenv("TZ", "Europe/Paris", 1);
	tzset();
	localtime_r(&t, &tm);
	setenv("TZ", "UTC+3", 1);
	tzset();
	t = mktime(&tm);
	hide(localtime(&t));
}
