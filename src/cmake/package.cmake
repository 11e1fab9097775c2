# Debian packages, by "cpack -G DEB":
#
#	libbenchkit0		the shared libraries
#	libbenchkit-dev		headers, static libraries, what builds find them by
#	benchkit		benchstat, benchab, benchfilter
#
# For CMAKE_INSTALL_PREFIX=/usr; "make -f Makefile.bench packages" does all of it.

set(CPACK_PACKAGE_CONTACT "the benchkit authors <benchkit@localhost>")
set(CPACK_PACKAGE_VENDOR "the benchkit authors")
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL library dev)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)

# benchkit_package(COMPONENT NAME TEXT): and its notice of copyright.
macro(benchkit_package component name text)
	string(TOUPPER ${component} upper)
	set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${name})
	set(CPACK_DEBIAN_${upper}_DESCRIPTION "${text}")
	install(FILES ${CMAKE_CURRENT_BINARY_DIR}/copyright
		COMPONENT ${component} EXCLUDE_FROM_ALL
		DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name})
	install(FILES CHANGELOG.md
		COMPONENT ${component} EXCLUDE_FROM_ALL
		DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${name})
endmacro()

file(STRINGS LICENSE lines)
list(FILTER lines INCLUDE REGEX "^Copyright")
list(TRANSFORM lines REPLACE "^Copyright \\(c\\) " "")
list(JOIN lines "\n " copyright)
file(READ LICENSE licence)
string(REGEX REPLACE "^.*Copyright[^\n]*\n+" "" licence "${licence}")
string(STRIP "${licence}" licence)
string(REPLACE "\n\n" "\n.\n" licence "${licence}")
string(REPLACE "\n" "\n " licence "${licence}")
configure_file(src/cmake/copyright.in copyright @ONLY)

benchkit_package(library libbenchkit0
	"The shared libraries, for programs that are linked with them.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_GENERATE_SHLIBS ON)

benchkit_package(dev libbenchkit-dev
	"Headers, static libraries, and the files for CMake, pkg-config and make.")
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
	"libbenchkit0 (= ${PROJECT_VERSION}-1), libc6-dev")
set(CPACK_DEBIAN_DEV_PACKAGE_SUGGESTS "benchkit, pkg-config, cmake")
# libbenchkit-profile.a names them; nothing else does.
get_directory_property(serve DIRECTORY src DEFINITION BENCHKIT_SERVE)
if(TARGET benchkit_profile_static)
	set(CPACK_DEBIAN_DEV_PACKAGE_RECOMMENDS
		"zlib1g-dev, libprotobuf-c-dev")
	if(serve)
		string(APPEND CPACK_DEBIAN_DEV_PACKAGE_RECOMMENDS
			", libmicrohttpd-dev")
	endif()
endif()

if(BENCHKIT_PROGRAMS)
	list(APPEND CPACK_COMPONENTS_ALL tools)
	benchkit_package(tools benchkit
		"benchstat for recorded results, benchab for two builds side by side.")
	# Where Debian's zsh looks.
	install(FILES src/cli/completion/_benchkit COMPONENT tools
		EXCLUDE_FROM_ALL
		DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
	set(CPACK_DEBIAN_TOOLS_PACKAGE_SHLIBDEPS ON)
	set(CPACK_DEBIAN_TOOLS_PACKAGE_SUGGESTS libbenchkit-dev)
endif()

include(CPack)
