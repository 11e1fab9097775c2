# How our own targets are compiled.  Nothing here reaches a project that adds
# benchkit with add_subdirectory: all of it is set per target.

if(CMAKE_SOURCE_DIR STREQUAL PROJECT_SOURCE_DIR)
	set(BENCHKIT_TOP_LEVEL ON)
	if(NOT CMAKE_BUILD_TYPE)
		set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
	endif()
else()
	set(BENCHKIT_TOP_LEVEL OFF)
endif()

option(BENCHKIT_PROGRAMS "build benchstat and its companions (needs PCRE2, jansson, libcsv, GSL)"
	${BENCHKIT_TOP_LEVEL})
option(BENCHKIT_PROFILE "build libbenchkit-profile, if what it needs is here" ON)
option(BENCHKIT_LOCKPROF "let libbenchkit-profile stand before pthread's locks" ON)
option(BENCHKIT_INSTALL "install what is built" ${BENCHKIT_TOP_LEVEL})
option(BENCHKIT_TESTS "build tests, examples and benchkit's own benchmarks"
	${BENCHKIT_TOP_LEVEL})
option(BENCHKIT_WERROR "treat warnings as errors" OFF)
set(BENCHKIT_SANITIZE "" CACHE STRING
	"sanitizers for everything of ours, such as address,undefined")

# benchkit_compile(TARGET): C11, our warnings, no contraction of floating point
# (results must not depend on the compiler's choice of fused operations).
# benchkit_compile(TARGET UNSANITIZED): the same, never with a sanitizer.
function(benchkit_compile target)
	set_target_properties(${target} PROPERTIES
		C_STANDARD 11 C_STANDARD_REQUIRED ON C_EXTENSIONS ON
		C_VISIBILITY_PRESET hidden POSITION_INDEPENDENT_CODE ON)
	target_compile_options(${target} PRIVATE
		-Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
		-Wmissing-prototypes -Wundef -Wvla -ffp-contract=off)
	target_compile_definitions(${target} PRIVATE _GNU_SOURCE)
	target_include_directories(${target} PRIVATE
		${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
	if(BENCHKIT_WERROR)
		target_compile_options(${target} PRIVATE -Werror)
	endif()
	if(ARGV1 STREQUAL UNSANITIZED)
		target_compile_options(${target} PRIVATE -fno-sanitize=all)
	elseif(BENCHKIT_SANITIZE)
		target_compile_options(${target} PRIVATE
			-fsanitize=${BENCHKIT_SANITIZE}
			-fno-sanitize-recover=all -fno-omit-frame-pointer)
		target_link_options(${target} PUBLIC
			-fsanitize=${BENCHKIT_SANITIZE})
	endif()
endfunction()
