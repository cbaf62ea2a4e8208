# cxlog_texts(OUT FILE…): completion scripts and manual pages as a C table in the build tree; OUT gets its path.
# `cxlog help` and `cxlog completion` show them from inside the program: nothing to find, nothing to be missing.
function(cxlog_texts out)
    set(tables "")
    set(rows "")
    set(number 0)
    foreach(file IN LISTS ARGN)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        file(READ ${file} text)
        string(REPLACE "\\" "\\\\" text "${text}")
        string(REPLACE "\"" "\\\"" text "${text}")
        string(REPLACE "\t" "\\t" text "${text}")
        string(REPLACE "\n" "\\n\"\n    \"" text "${text}")
        string(APPEND tables "static const char text_${number}[] =\n    \"${text}\";\n")
        cmake_path(RELATIVE_PATH file BASE_DIRECTORY ${CMAKE_SOURCE_DIR}/config OUTPUT_VARIABLE name)
        string(APPEND rows "    {\"${name}\", text_${number}},\n")
        math(EXPR number "${number} + 1")
    endforeach()
    set(source ${CMAKE_CURRENT_BINARY_DIR}/texts_table.c)
    set(content "/* Made from config/completions and config/man. */
#include \"cli/texts.h\"

#include <stddef.h>

${tables}
const cli_text cli_texts[] = {
${rows}    {NULL, NULL},
};
")
    set(before "")
    if(EXISTS ${source})
        file(READ ${source} before)
    endif()
    if(NOT before STREQUAL content)
        file(WRITE ${source} "${content}")
    endif()
    # A page is longer than what C11 promises of a literal; our compilers take it.
    set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
    set(${out} ${source} PARENT_SCOPE)
endfunction()
