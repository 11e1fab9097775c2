// new and delete, of objects and arrays.
#include "oracle.h"

#include <cstddef>

void work()
{
	for (std::size_t n = 1; n < 500; n *= 3) {
		delete static_cast<long *>(hide(new long(1)));
		delete[] static_cast<long *>(hide(new long[n]));
		hide(new char[n]); // stays
	}
}
