foreach(name IN ITEMS settings settings_save options entry_args entry_line)
    cxlog_unit_test(${name} cxlog_cli)
endforeach()
target_compile_definitions(test_settings PRIVATE
    SAMPLE_FILE="${CMAKE_SOURCE_DIR}/config/cxlog.ini")
foreach(name IN ITEMS filter_args import import_csv record_feed totals_cells)
    cxlog_unit_test(${name} cxlog_cli)
endforeach()
