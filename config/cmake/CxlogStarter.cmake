# cxlog_starter(OUT): turns config/starter-scheme.tsv into a C table in the build tree; OUT gets its path.
function(cxlog_starter out)
    set(tsv ${CMAKE_SOURCE_DIR}/config/starter-scheme.tsv)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${tsv})
    file(STRINGS ${tsv} lines ENCODING UTF-8)
    set(rows "")
    foreach(line IN LISTS lines)
        if(line MATCHES "^#")
            continue()
        endif()
        if(line MATCHES "[\"\\;]" OR NOT line MATCHES "^[^\t]+\t[^\t]+\t[^\t]+\t[^\t]*\t[^\t]*\t[^\t]*$")
            message(FATAL_ERROR "${tsv}: not six plain columns: ${line}")
        endif()
        string(REPLACE "\t" "\", \"" cells "${line}")
        string(APPEND rows "    {\"${cells}\"},\n")
    endforeach()
    set(source ${CMAKE_CURRENT_BINARY_DIR}/scheme_starter_rows.c)
    set(content "/* Made from config/starter-scheme.tsv. */
#include \"core/scheme_starter.h\"

const cx_starter_row cx_starter_rows[] = {
${rows}};
const size_t cx_starter_count = sizeof cx_starter_rows / sizeof cx_starter_rows[0];
")
    set(before "")
    if(EXISTS ${source})
        file(READ ${source} before)
    endif()
    if(NOT before STREQUAL content)
        file(WRITE ${source} "${content}")
    endif()
    set(${out} ${source} PARENT_SCOPE)
endfunction()
