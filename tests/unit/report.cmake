cxlog_unit_test(table cxlog_report)
