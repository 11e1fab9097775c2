// new that does not throw.
#include "oracle.h"

#include <cstddef>
#include <new>

void work()
{
	for (std::size_t n = 1; n < 500; n *= 3) {
		delete static_cast<int *>(hide(new (std::nothrow) int(2)));
		delete[] static_cast<int *>(hide(new (std::nothrow) int[n]));
	}
}
