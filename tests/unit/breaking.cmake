# Everything that can fail, fails once (breaking.h).
add_library(breaking STATIC breaking.c breaking_calls.c breaking_remote.c)
target_link_libraries(breaking PUBLIC cxlog_warnings cxlog_core SQLite::SQLite3 PkgConfig::CMOCKA)
foreach(call malloc calloc realloc strdup strndup open_memstream cx_random
        sqlite3_step sqlite3_prepare_v2 sqlite3_prepare_v3 sqlite3_bind_text sqlite3_exec sqlite3_open_v2
        sqlite3_db_config sqlite3_file_control sqlite3_db_readonly
        open fcntl fsync mkdir statfs stat lstat access realpath)
    target_link_options(breaking INTERFACE -Wl,--wrap=${call})
endforeach()
