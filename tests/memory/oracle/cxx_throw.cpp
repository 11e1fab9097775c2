// Exceptions: thrown, nested, kept beyond their handler.
#include "oracle.h"

#include <exception>
#include <stdexcept>
#include <string>

namespace
{
void throw_deep(int depth)
{
	std::string local(100, 'x');

	hide(&local);
	if (depth > 0)
		throw_deep(depth - 1);
	throw std::runtime_error(local);
}
}

void work()
{
	std::exception_ptr kept;

	for (int i = 0; i < 10; i++) {
		try {
			throw_deep(i);
		} catch (const std::exception &e) {
			kept = std::current_exception();
		}
	}
	try {
		std::rethrow_exception(kept);
	} catch (const std::runtime_error &) {
		try {
			std::throw_with_nested(std::logic_error("outer"));
		} catch (...) {
		}
	}
}
