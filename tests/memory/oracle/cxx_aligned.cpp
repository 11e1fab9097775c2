// new of what is aligned more than malloc aligns.  Of a size that is no multiple
// of the alignment libstdc++ asks for the next one, and that is counted; valgrind
// has an operator of its own.
#include "oracle.h"

#include <cstddef>
#include <new>

namespace
{
struct alignas(256) wide {
	char bytes[300];
};
}

void work()
{
	for (int n = 1; n < 20; n++) {
		delete static_cast<wide *>(hide(new wide));
		delete[] static_cast<wide *>(hide(new wide[n]));
		delete static_cast<wide *>(hide(new (std::nothrow) wide));
		hide(operator new(128, std::align_val_t(64))); // stays
	}
}
