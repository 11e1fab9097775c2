/* Regular expressions and file name patterns. */
#include "oracle.h"

#include <glob.h>
#include <regex.h>
#include <stddef.h>

void work(void)
{
	regmatch_t match[3];
	regex_t re;
	glob_t found;

	if (regcomp(&re, "^(a|b)*([0-9]{2,5})$", REG_EXTENDED) == 0) {
		regexec(&re, "abbaabba12345", 3, match, 0);
		regfree(&re);
	}
	if (glob("/*", 0, NULL, &found) == 0)
		globfree(&found);
}
