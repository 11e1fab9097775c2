/* Numbers that need a long time and much room to print. */
#include "oracle.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

void work(void)
{
	static char text[20000];
	int digits;

	for (digits = 0; digits < 10000; digits = 3 * digits + 1) {
		snprintf(text, sizeof(text), "%.*f", digits, 1e300 / 3);
		hide(text);
		snprintf(text, sizeof(text), "%.*e", digits, 1e-300 / 3);
		strtod(text, NULL);
	}
	setlocale(LC_ALL, "C.UTF-8");
	snprintf(text, sizeof(text), "%'f %ls", 1234567.5, L"wide");
}
