/* A walk through a directory. */
#include "oracle.h"

#include <ftw.h>
#include <stdlib.h>

static int visit(const char *path, const struct stat *st, int kind,
		 struct FTW *place)
{
	(void)path;
	(void)st;
	(void)kind;
	return place->level > 2;
}

void work(void)
{
	nftw("/dev/..", visit, 5, FTW_MOUNT | FTW_PHYS);
}
