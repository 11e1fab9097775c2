// Memory resources (a pool's blocks are of odd sizes, see cxx_aligned.cpp).
#include "oracle.h"

#include <memory_resource>
#include <string>
#include <vector>

void work()
{
	std::pmr::monotonic_buffer_resource buffer(100);
	std::pmr::vector<std::pmr::string> strings(&buffer);
	std::pmr::vector<int> numbers;

	for (int i = 0; i < 100; i++) {
		strings.emplace_back("a string that is not a short one");
		numbers.push_back(i);
	}
}
