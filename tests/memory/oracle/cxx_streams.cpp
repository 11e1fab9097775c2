// String streams and file streams.
#include "oracle.h"

#include <fstream>
#include <sstream>
#include <string>

void work()
{
	std::ostringstream out;
	std::string word;

	for (int i = 0; i < 200; i++)
		out << i << ' ' << 1.5 * i << '\n';
	std::istringstream in(out.str());
	while (in >> word)
		hide(&word);
	std::ifstream file("/dev/null");
	std::getline(file, word);
}
