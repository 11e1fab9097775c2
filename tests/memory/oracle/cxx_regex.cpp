// Regular expressions.
#include "oracle.h"

#include <regex>
#include <string>

void work()
{
	std::regex re("^(a|b)*([0-9]{2,5})$");
	std::smatch match;
	std::string text = "abbaabba12345";

	hide(std::regex_match(text, match, re) ? &match : nullptr);
}
