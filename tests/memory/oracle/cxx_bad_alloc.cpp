// new that fails: what it throws is allocated.  Valgrind cannot throw.
#include "oracle.h"

#include <cstddef>
#include <cstdint>
#include <new>

static volatile std::size_t too_much = PTRDIFF_MAX;

void work()
{
	for (int i = 0; i < 5; i++) {
		try {
			hide(::operator new(too_much));
		} catch (const std::bad_alloc &) {
		}
		hide(::operator new(too_much, std::nothrow));
		delete static_cast<int *>(hide(new int));
	}
}
