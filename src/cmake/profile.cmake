# libbenchkit-profile, static and shared, where there is what it needs: zlib,
# protobuf-c with its compiler, and libbacktrace, which comes with gcc.
#
#	benchkit::profile_static	libbenchkit-profile.a
#	benchkit::profile_shared	libbenchkit-profile.so.0
#	benchkit::profile		one of them, as benchkit::benchkit is
#
# It needs no libbenchkit: it has its own copies of what it shares with it.
# Nothing of it can be seen but bench_... and the wrappers of threads.  In the
# archive everything is one object, whose other symbols are local.

# benchkit_find_backtrace(): BENCHKIT_BACKTRACE, the archive, and
# BENCHKIT_BACKTRACE_INCLUDE.  They lie among gcc's own files, where other
# compilers do not look.
function(benchkit_find_backtrace)
	set(hints)
	foreach(compiler ${CMAKE_C_COMPILER} gcc)
		execute_process(
			COMMAND ${compiler} -print-file-name=libbacktrace.a
			OUTPUT_VARIABLE file ERROR_QUIET
			OUTPUT_STRIP_TRAILING_WHITESPACE)
		if(IS_ABSOLUTE "${file}")
			get_filename_component(folder "${file}" DIRECTORY)
			list(APPEND hints ${folder})
		endif()
	endforeach()
	find_library(BENCHKIT_BACKTRACE libbacktrace.a HINTS ${hints})
	find_path(BENCHKIT_BACKTRACE_INCLUDE backtrace.h
		HINTS ${hints} PATH_SUFFIXES include)
	mark_as_advanced(BENCHKIT_BACKTRACE BENCHKIT_BACKTRACE_INCLUDE)
endfunction()

find_package(PkgConfig QUIET)
if(PKG_CONFIG_FOUND)
	pkg_check_modules(ZLIB QUIET IMPORTED_TARGET zlib)
	pkg_check_modules(PROTOBUF_C QUIET IMPORTED_TARGET libprotobuf-c)
	pkg_check_modules(MICROHTTPD QUIET IMPORTED_TARGET libmicrohttpd)
endif()
find_program(BENCHKIT_PROTOC_C protoc-c)
mark_as_advanced(BENCHKIT_PROTOC_C)
benchkit_find_backtrace()

set(missing)
if(NOT TARGET PkgConfig::ZLIB)
	list(APPEND missing zlib)
endif()
if(NOT TARGET PkgConfig::PROTOBUF_C)
	list(APPEND missing libprotobuf-c)
endif()
if(NOT BENCHKIT_PROTOC_C)
	list(APPEND missing protoc-c)
endif()
if(NOT BENCHKIT_BACKTRACE OR NOT BENCHKIT_BACKTRACE_INCLUDE)
	list(APPEND missing libbacktrace)
endif()
if(missing)
	list(JOIN missing ", " missing)
	message(STATUS "Without libbenchkit-profile: not found: ${missing}")
	set(BENCHKIT_PROFILE OFF)
	return()
endif()

option(BENCHKIT_SERVE "build bench_profile_serve, if libmicrohttpd is here" ON)
if(NOT TARGET PkgConfig::MICROHTTPD)
	if(BENCHKIT_SERVE)
		message(STATUS
			"Without bench_profile_serve: not found: libmicrohttpd")
	endif()
	set(BENCHKIT_SERVE OFF)
endif()

# ---- Objects ----

# No LTO: ld -r and objcopy want real code.  Nor may a call that is the last
# thing a function does become a jump: its stack would not show it.
function(benchkit_profile_objects target)
	add_library(${target} OBJECT ${ARGN})
	benchkit_compile(${target})
	target_compile_options(${target} PRIVATE
		-fno-lto -fno-optimize-sibling-calls)
	target_compile_definitions(${target} PRIVATE BENCH_NO_COUNTER)
	target_link_libraries(${target} PRIVATE
		PkgConfig::ZLIB PkgConfig::PROTOBUF_C)
endfunction()

# Every allocation passes here.
set_source_files_properties(profile/tap.c
	PROPERTIES COMPILE_OPTIONS -foptimize-sibling-calls)

# Alone: where it comes from, gcc's own headers are, which are not for clang.
configure_file(${BENCHKIT_BACKTRACE_INCLUDE}/backtrace.h
	${CMAKE_CURRENT_BINARY_DIR}/profile/include/backtrace.h COPYONLY)

set(generated ${CMAKE_CURRENT_BINARY_DIR}/profile/profile.pb-c)
add_custom_command(OUTPUT ${generated}.c ${generated}.h
	COMMAND ${CMAKE_COMMAND} -E make_directory
		${CMAKE_CURRENT_BINARY_DIR}/profile
	COMMAND ${BENCHKIT_PROTOC_C} --c_out=${CMAKE_CURRENT_BINARY_DIR}
		--proto_path=${CMAKE_CURRENT_SOURCE_DIR} profile/profile.proto
	DEPENDS profile/profile.proto VERBATIM)
# Not ours to warn about.
set_source_files_properties(${generated}.c PROPERTIES COMPILE_OPTIONS -w)

file(GLOB sources CONFIGURE_DEPENDS profile/*.c)
list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/profile/serve.c
	${CMAKE_CURRENT_SOURCE_DIR}/profile/interposer.c)
# The thread sanitizer calls what it stands before when nothing of ours is ready.
if(NOT BENCHKIT_LOCKPROF OR BENCHKIT_SANITIZE MATCHES thread)
	list(FILTER sources EXCLUDE REGEX "/wrap_[a-z0-9]+[.]c$")
	set(lockprof BENCH_NO_LOCKPROF)
endif()
# But while nothing is recorded, libc's function may as well be jumped to.  No
# sanitizer: a thread that is cancelled in one of these leaves what was marked of
# its stack behind.
file(GLOB wrappers CONFIGURE_DEPENDS profile/wrap_*.c)
set_source_files_properties(${wrappers} PROPERTIES
	COMPILE_OPTIONS "-foptimize-sibling-calls;-fno-sanitize=all")
benchkit_profile_objects(bi_profile ${sources} ${generated}.c)
target_compile_definitions(bi_profile PRIVATE ${lockprof})
target_include_directories(bi_profile PRIVATE ${CMAKE_CURRENT_BINARY_DIR}
	${CMAKE_CURRENT_BINARY_DIR}/profile/include)
benchkit_profile_objects(bi_profile_base base/arena.c base/buf.c
	base/duration.c base/error.c base/integer.c base/intern.c base/map.c
	clock/clock.c)
set(objects $<TARGET_OBJECTS:bi_profile> $<TARGET_OBJECTS:bi_profile_base>)
set(serve_objects)
if(BENCHKIT_SERVE)
	benchkit_profile_objects(bi_profile_serve profile/serve.c)
	target_link_libraries(bi_profile_serve PRIVATE PkgConfig::MICROHTTPD)
	set(serve_objects $<TARGET_OBJECTS:bi_profile_serve>)
endif()

# ---- Libraries ----

set(whole ${CMAKE_CURRENT_BINARY_DIR}/profile/benchkit-profile.o)
add_custom_command(OUTPUT ${whole}
	COMMAND ${CMAKE_C_COMPILER} -r -nostdlib -o ${whole} ${objects}
		${BENCHKIT_BACKTRACE}
	COMMAND ${CMAKE_OBJCOPY} -w --keep-global-symbol=bench_*
		--keep-global-symbol=pthread_* --keep-global-symbol=sem_*
		--keep-global-symbol=mtx_* --keep-global-symbol=cnd_*
		${whole}
	DEPENDS bi_profile bi_profile_base ${objects}
	COMMAND_EXPAND_LISTS VERBATIM)

# The server is an object of its own, for those who call it: to the others the
# archive brings no libmicrohttpd.
set(whole_serve)
if(BENCHKIT_SERVE)
	set(whole_serve
		${CMAKE_CURRENT_BINARY_DIR}/profile/benchkit-profile-serve.o)
	add_custom_command(OUTPUT ${whole_serve}
		COMMAND ${CMAKE_C_COMPILER} -r -nostdlib -o ${whole_serve}
			${serve_objects} $<TARGET_OBJECTS:bi_profile_base>
		COMMAND ${CMAKE_OBJCOPY} -w --keep-global-symbol=bench_*
			${whole_serve}
		DEPENDS bi_profile_serve bi_profile_base ${serve_objects}
			$<TARGET_OBJECTS:bi_profile_base>
		COMMAND_EXPAND_LISTS VERBATIM)
endif()

# benchkit_profile_library(TYPE SOURCE...)
function(benchkit_profile_library type)
	string(TOUPPER ${type} kind)
	set(target benchkit_profile_${type})
	add_library(${target} ${kind} ${ARGN})
	add_library(benchkit::profile_${type} ALIAS ${target})
	set_target_properties(${target} PROPERTIES
		OUTPUT_NAME benchkit-profile EXPORT_NAME profile_${type}
		LINKER_LANGUAGE C
		VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
	target_include_directories(${target} INTERFACE
		$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
		$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
	if(NOT BENCHKIT_TOP_LEVEL)
		set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
	endif()
endfunction()

benchkit_profile_library(static ${whole} ${whole_serve})
# A program may call nothing of it, and want its flags; and libbenchkit-count is
# how it sees allocations.
target_link_options(benchkit_profile_static INTERFACE
	-Wl,--undefined=bench_profile_hooks)
target_link_libraries(benchkit_profile_static INTERFACE
	benchkit_count z protobuf-c Threads::Threads ${CMAKE_DL_LIBS} m)
if(NOT BENCHKIT_SANITIZE)
	target_link_options(benchkit_profile_static
		INTERFACE -Wl,--undefined=bench_counter)
endif()
if(BENCHKIT_SERVE)
	target_link_libraries(benchkit_profile_static INTERFACE
		"-Wl,--push-state,--as-needed,-lmicrohttpd,--pop-state")
endif()

# The shared one sees them by functions of its own, compiled like those of
# libbenchkit-count.
add_library(bi_profile_interposer OBJECT profile/interposer.c
	memory/interpose.c memory/allocator.c memory/boot.c memory/counter.c
	memory/live.c)
benchkit_compile(bi_profile_interposer UNSANITIZED)
target_compile_options(bi_profile_interposer PRIVATE
	-fno-builtin -fno-lto -fno-optimize-sibling-calls)
target_compile_definitions(bi_profile_interposer PRIVATE BENCH_NO_COUNTER)
benchkit_profile_library(shared ${objects} ${serve_objects}
	$<TARGET_OBJECTS:bi_profile_interposer>)
if(BENCHKIT_SERVE)
	target_link_libraries(benchkit_profile_shared
		PRIVATE PkgConfig::MICROHTTPD)
endif()
# Signals may be on their way to it when it is closed: it stays.
target_link_options(benchkit_profile_shared
	PRIVATE -Wl,--exclude-libs,ALL -Wl,-z,nodelete)
target_link_libraries(benchkit_profile_shared PRIVATE ${BENCHKIT_BACKTRACE}
	PkgConfig::ZLIB PkgConfig::PROTOBUF_C Threads::Threads
	${CMAKE_DL_LIBS} m)
# Also where the linker leaves out libraries of which nothing is called.
target_link_libraries(benchkit_profile_shared INTERFACE
"-Wl,--push-state,--no-as-needed,$<TARGET_FILE:benchkit::profile_shared>,--pop-state")
if(BENCHKIT_SANITIZE)
	target_link_options(benchkit_profile_shared
		PUBLIC -fsanitize=${BENCHKIT_SANITIZE})
	target_link_options(benchkit_profile_static
		INTERFACE -fsanitize=${BENCHKIT_SANITIZE})
endif()
if(BUILD_SHARED_LIBS)
	add_library(benchkit::profile ALIAS benchkit_profile_shared)
else()
	add_library(benchkit::profile ALIAS benchkit_profile_static)
endif()

# The objects as they are, for tests of theirs.
if(BENCHKIT_PROGRAMS)
	add_library(benchkit_profile_internal STATIC
		$<TARGET_OBJECTS:bi_profile> ${serve_objects})
	target_link_options(benchkit_profile_internal
		PUBLIC -Wl,--undefined=bench_counter)
	target_include_directories(benchkit_profile_internal
		PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
	target_link_libraries(benchkit_profile_internal PUBLIC
		benchkit_internal benchkit_count ${BENCHKIT_BACKTRACE} PkgConfig::ZLIB
		PkgConfig::PROTOBUF_C ${CMAKE_DL_LIBS})
	if(BENCHKIT_SERVE)
		target_link_libraries(benchkit_profile_internal
			PUBLIC PkgConfig::MICROHTTPD)
	endif()
endif()
