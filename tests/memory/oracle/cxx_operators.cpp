// The operators called by name, with size and placement.
#include "oracle.h"

#include <cstddef>
#include <new>

namespace
{
struct own {
	static void *operator new(std::size_t size)
	{
		return ::operator new(2 * size);
	}
	static void operator delete(void *p)
	{
		::operator delete(p);
	}
	long word;
};
}

void work()
{
	alignas(long) char room[sizeof(long)];

	::operator delete(hide(::operator new(33)));
	::operator delete(hide(::operator new(34)), std::size_t(34));
	::operator delete[](hide(::operator new[](35)), std::size_t(35));
	delete static_cast<own *>(hide(new own));
	hide(new (room) long(1)); // nothing is allocated
}
