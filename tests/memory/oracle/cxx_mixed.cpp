// C++: new in all its forms, containers, exceptions.
#include "oracle.h"

#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace
{
struct alignas(64) aligned {
	char bytes[100];
};

void fill()
{
	std::map<std::string, std::vector<int>> map;

	for (int i = 0; i < 100; i++)
		map["a rather long key " + std::to_string(i)].resize(i);
}

// Freed when the thread ends.
thread_local std::unique_ptr<std::string> kept;
}

void work()
{
	delete static_cast<int *>(hide(new int(1)));
	delete[] static_cast<int *>(hide(new int[10]));
	delete static_cast<aligned *>(hide(new aligned));
	delete[] static_cast<aligned *>(hide(new aligned[3]));
	delete static_cast<int *>(hide(new (std::nothrow) int(2)));
	hide(new std::string(100, 'x'));
	fill();
	try {
		throw std::runtime_error("a message that is copied");
	} catch (const std::exception &e) {
		std::string what = e.what();
	}
	std::thread([] { kept.reset(new std::string(100, 'y')); }).join();
}
