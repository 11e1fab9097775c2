# What our libraries define for others, and what they need:
#	cmake -D NM=nm -D READELF=readelf -D HEADERS=include/benchkit
#		-D STATIC=libbenchkit.a -D SHARED=libbenchkit.so
#		-D COUNT=libbenchkit-count.a -P symbols.cmake
#
# Users link these into programs that have names of their own.

cmake_minimum_required(VERSION 3.18)

set(malloc_family malloc calloc realloc reallocarray free memalign
	aligned_alloc posix_memalign valloc pvalloc)
set(needed_libraries libc libm libpthread libdl ld-linux-x86-64
	ld-linux-aarch64)

# symbols(OUT LIBRARY OPTION...): what nm lists as defined for others.
function(symbols out library)
	execute_process(COMMAND ${NM} -P -g --defined-only ${ARGN} ${library}
		OUTPUT_VARIABLE text RESULT_VARIABLE status)
	if(status)
		message(FATAL_ERROR "${NM} cannot read ${library}")
	endif()
	# "name type value size"; an archive's members are headed by a line that
	# differs from one nm to the other.
	string(REGEX MATCHALL "[^\n ]+ [A-Za-z] " names "${text}")
	list(TRANSFORM names REPLACE "[@ ].*" "")
	if(NOT names)
		message(FATAL_ERROR "${library} defines nothing")
	endif()
	set(${out} ${names} PARENT_SCOPE)
endfunction()

# check(LIBRARY NAMES PATTERN): each of NAMES matches.
function(check library names pattern)
	foreach(name IN LISTS ${names})
		if(NOT name MATCHES "${pattern}")
			message(SEND_ERROR "${library} defines ${name}")
		endif()
	endforeach()
	list(LENGTH ${names} count)
	message(STATUS "${library}: ${count} symbols")
endfunction()

symbols(static ${STATIC})
check(${STATIC} static "^(bi|bench)_")

symbols(shared ${SHARED} -D)
check(${SHARED} shared "^bench_")

string(REPLACE ";" "|" family "${malloc_family}")
symbols(count ${COUNT})
check(${COUNT} count "^((bi|bench)_.*|${family})$")

# What the headers declare is there.
file(GLOB headers ${HEADERS}/*.h)
foreach(header IN LISTS headers)
	file(READ ${header} text)
	string(REGEX MATCHALL "BENCH_API[^;(_]*[^;(]*[(;]" declarations "${text}")
	foreach(declaration IN LISTS declarations)
		string(REGEX REPLACE ".*[^a-z_]([a-z_]+)[(;]?$" "\\1" name
			"${declaration}")
		if(name MATCHES "^bench_" AND NOT name IN_LIST shared AND
		   NOT name IN_LIST count)
			message(SEND_ERROR "${header}: nobody defines ${name}")
		endif()
	endforeach()
endforeach()

execute_process(COMMAND ${READELF} -d ${SHARED} OUTPUT_VARIABLE dynamic)
string(REGEX MATCHALL "NEEDED[^\n]*" lines "${dynamic}")
foreach(line IN LISTS lines)
	string(REGEX REPLACE ".*\\[(.*)[.]so.*\\]" "\\1" library "${line}")
	if(NOT library IN_LIST needed_libraries)
		message(SEND_ERROR "${SHARED} needs ${library}")
	endif()
endforeach()
if(NOT dynamic MATCHES "SONAME[^\n]*\\[libbenchkit[.]so[.][0-9]+\\]")
	message(SEND_ERROR "${SHARED} has no versioned soname")
endif()
