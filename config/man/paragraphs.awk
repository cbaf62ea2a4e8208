# scdoc puts a paragraph macro where none belongs: behind a heading, and at the end of a section or of an indented block. mandoc
# skips those and warns; groff makes blank lines of some. One stays between two texts, and none elsewhere.
/^\.(P|PP)$/ { wanted = !first; next }
/^\.(TH|SH|SS) / { wanted = 0; first = 1; print; next }
/^\.RE/ { print; next }
wanted { print ".P"; wanted = 0 }
{ print; first = 0 }
