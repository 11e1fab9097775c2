# No file over 600 lines, no function over 80: cmake -D ROOT=... -P limits.cmake
#
# A function is what stands between a "{" and a "}" in the first column, as our
# style has it.  Generated tables (*_table.h) are not read by people.

cmake_minimum_required(VERSION 3.18)

set(max_file 600)
set(max_function 80)

# check(FILE TEXT): TEXT holds no bracket and no semicolon, one "@" a line.
function(check file text)
	set(line 0)
	set(begin 0)
	foreach(content IN LISTS text)
		math(EXPR line "${line} + 1")
		if(content STREQUAL "@{")
			set(begin ${line})
		elseif(content STREQUAL "@}" AND begin)
			math(EXPR length "${line} - ${begin} - 1")
			if(length GREATER max_function)
				message(SEND_ERROR "${file}:${begin}: a \
function of ${length} lines; at most ${max_function}")
			endif()
			set(begin 0)
		endif()
	endforeach()
	if(line GREATER max_file)
		message(SEND_ERROR
			"${file}: ${line} lines; at most ${max_file}")
	endif()
endfunction()

set(patterns)
foreach(folder include src tests examples bench)
	list(APPEND patterns ${ROOT}/${folder}/*.c ${ROOT}/${folder}/*.h)
endforeach()
file(GLOB_RECURSE files RELATIVE ${ROOT} ${patterns})
list(FILTER files EXCLUDE REGEX "_table[.]h$")
if(NOT files)
	message(FATAL_ERROR "no sources in '${ROOT}'")
endif()
foreach(file IN LISTS files)
	file(READ ${ROOT}/${file} text)
	string(REGEX REPLACE "[][;\\\\]" "" text "${text}")
	string(REGEX REPLACE "\n$" "" text "${text}")
	string(REPLACE "\n" ";@" text "@${text}")
	check(${file} "${text}")
endforeach()
list(LENGTH files count)
message(STATUS "${count} files looked at")
