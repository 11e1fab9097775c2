# Text files as C: cmake -D OUT=FILE.h -D IN=FILE,FILE... -P embed.cmake
#
# "style.css" becomes the array style_css.

string(REPLACE "," ";" files "${IN}")
set(text "/* Made from text files by embed.cmake. */\n")
foreach(file IN LISTS files)
	get_filename_component(name ${file} NAME)
	string(REPLACE "." "_" name ${name})
	file(READ ${file} bytes HEX)
	string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
	string(APPEND text "static const char ${name}[] = {${bytes}};\n")
endforeach()
file(WRITE ${OUT} "${text}")
