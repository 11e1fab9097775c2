/* Files, directories and paths. */
#include "oracle.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void work(void)
{
	FILE *f = fopen("/dev/null", "r+");
	DIR *dir = opendir("/");
	struct dirent **entries;

	if (f != NULL) {
		fputs("text", f);
		fgetc(f);
		fclose(f);
	}
	if (dir != NULL) {
		readdir(dir);
		closedir(dir);
	}
	free(hide(realpath("/dev/../dev/null", NULL)));
	free(hide(getcwd(NULL, 0)));
	if (scandir("/dev/..", &entries, NULL, alphasort) >= 0)
		hide(entries);
	hide(tmpfile());
}
