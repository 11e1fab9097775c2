// Pointers that own, functions that hold.
#include "oracle.h"

#include <functional>
#include <memory>
#include <string>

void work()
{
	auto shared = std::make_shared<std::string>(100, 'x');
	auto separate = std::shared_ptr<int>(new int(1));
	std::weak_ptr<std::string> weak = shared;
	auto unique = std::make_unique<int[]>(50);
	std::function<int()> function;
	long captured[10] = {1};

	function = [captured, shared] {
		return static_cast<int>(captured[0] + shared.use_count());
	};
	std::function<int()> copy = function;
	hide(unique.get());
	hide(copy() > 0 ? &copy : nullptr);
	shared.reset();
}
