# No two objects of an archive define one symbol: the linker would take either,
# or both and fail.  cmake -D NM=... -D ARCHIVE=... -P definitions.cmake

cmake_minimum_required(VERSION 3.18)

execute_process(COMMAND ${NM} --defined-only --extern-only --format=posix
	${ARCHIVE}
	OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "\n[^ \n]+ [TDBRC] " found "\n${text}")
if(NOT found)
	message(FATAL_ERROR "no definitions in '${ARCHIVE}'")
endif()
list(SORT found)
set(last)
foreach(definition IN LISTS found)
	string(STRIP "${definition}" definition)
	if(definition STREQUAL last)
		message(SEND_ERROR "defined twice: ${definition}")
	endif()
	set(last ${definition})
endforeach()
