# Manual pages: config/man/{en,ko}/NAME.SECTION.scd -> <build>/man[/ko]/manN/NAME.N.gz, installed where man looks.
find_program(SCDOC scdoc)
find_program(GZIP gzip)
find_program(AWK awk)
option(CXLOG_MAN "Build and install the manual pages (needs scdoc)" ON)

if(CXLOG_MAN AND SCDOC AND GZIP AND AWK)
    set(paragraphs ${CMAKE_SOURCE_DIR}/config/man/paragraphs.awk)
    file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/config/man/*/*.scd)
    set(made "")
    foreach(page IN LISTS pages)
        cmake_path(GET page STEM LAST_ONLY name)
        cmake_path(GET page PARENT_PATH folder)
        cmake_path(GET folder FILENAME language)
        string(REGEX REPLACE "^.*\\.([0-9])$" "\\1" section ${name})
        set(below man${section})
        if(NOT language STREQUAL "en")
            set(below ${language}/man${section})
        endif()
        set(out ${CMAKE_BINARY_DIR}/man/${below}/${name}.gz)
        add_custom_command(OUTPUT ${out}
            COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/man/${below}
            # In two steps: of a pipe the shell knows the last program's exit code alone, and scdoc may refuse the page.
            COMMAND sh -c "SOURCE_DATE_EPOCH=1795273200 '${SCDOC}' <'${page}' >'${out}.roff' && '${AWK}' -f '${paragraphs}' '${out}.roff' | '${GZIP}' -9n >'${out}'"
            DEPENDS ${page} ${paragraphs} VERBATIM)
        list(APPEND made ${out})
        install(FILES ${out} DESTINATION ${CMAKE_INSTALL_MANDIR}/${below})
    endforeach()
    add_custom_target(cxlog_man ALL DEPENDS ${made})
endif()
