#include "cli/lead.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cxlog/text.h>

static cxlog_status trouble(const cli_sink *sink, cxlog_status status, int code,
                            cxlog_error *err)
{
    char quoted[CXLOG_QUOTE_MAX];
    return cxlog_fail(err, status, "cannot write %s: %s", cxlog_quote(quoted, sink->path),
                      strerror(code));
}

cxlog_status cli_sink_open(cli_sink *out, const char *path, cxlog_error *err)
{
    *out = (cli_sink){0};
    if (!path || strcmp(path, "-") == 0)
        return CXLOG_OK;
    CXLOG_AUTO_VALUE(cli_sink) sink = {0};
    static const char ending[] = ".XXXXXX";
    size_t length = strlen(path);
    sink.path = strdup(path);
    sink.beside = malloc(length + sizeof ending);
    if (!sink.path || !sink.beside)
        return cxlog_fail(err, CXLOG_ERR_NOMEM, "out of memory");
    memcpy(sink.beside, path, length);
    memcpy(sink.beside + length, ending, sizeof ending);
    int fd = mkstemp(sink.beside); /* 0600 */
    if (fd < 0) {
        int code = errno;
        free(sink.beside);
        sink.beside = NULL; /* never made: nothing to remove */
        return trouble(&sink, CXLOG_ERR_CREATE, code, err);
    }
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    sink.file = fdopen(fd, "w");
    if (!sink.file) {
        int code = errno;
        (void)close(fd);
        return trouble(&sink, CXLOG_ERR_CREATE, code, err);
    }
    *out = sink;
    sink = (cli_sink){0};
    return CXLOG_OK;
}

cxlog_status cli_sink_put(cli_sink *sink, const char *text, cxlog_error *err)
{
    if (!sink->file) {
        cli_out_text(text);
        return CXLOG_OK;
    }
    if (fputs(text, sink->file) < 0)
        return trouble(sink, CXLOG_ERR_IO, errno, err);
    return CXLOG_OK;
}

/* The folder's entry must last as well as the file. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    CXLOG_AUTO_TEXT folder =
        slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    (void)fsync(fd);
    (void)close(fd);
}

cxlog_status cli_sink_end(cli_sink *sink, cxlog_error *err)
{
    if (!sink->file)
        return cli_out_end(err);
    bool bad = fflush(sink->file) != 0 || ferror(sink->file) != 0 ||
               fsync(fileno(sink->file)) != 0;
    int code = errno;
    if (fclose(sink->file) != 0 && !bad) {
        bad = true;
        code = errno;
    }
    sink->file = NULL;
    if (!bad && rename(sink->beside, sink->path) != 0) {
        bad = true;
        code = errno;
    }
    if (bad)
        return trouble(sink, CXLOG_ERR_IO, code, err);
    free(sink->beside);
    sink->beside = NULL;
    sync_folder(sink->path);
    return CXLOG_OK;
}

void cli_sink_close(cli_sink *sink)
{
    if (sink->file)
        (void)fclose(sink->file); /* thrown away */
    if (sink->beside)
        (void)unlink(sink->beside);
    free(sink->path);
    free(sink->beside);
    *sink = (cli_sink){0};
}
