/* Wide characters: their streams have buffers of their own. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

void work(void)
{
	wchar_t *text, line[100];
	size_t len;
	FILE *f = open_wmemstream(&text, &len);

	if (f != NULL) {
		fwprintf(f, L"%ls %d", L"wide", 12345);
		fclose(f);
		free(text);
	}
	f = fopen("/dev/null", "r+");
	if (f != NULL) {
		fputws(L"wide", f);
		fgetws(line, 100, f);
		fclose(f);
	}
	free(hide(wcsdup(L"more of it")));
}
