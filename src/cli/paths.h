/*
 * paths.h - where this user's files are: XDG folders, this program, its helper. Every
 * out: free(); NULL only with a status.
 */
#ifndef CX_CLI_PATHS_H
#define CX_CLI_PATHS_H

#include <stdbool.h>

#include <cxlog/error.h>

typedef enum cli_folder {
    CLI_FOLDER_CONFIG,
    CLI_FOLDER_DATA,
    CLI_FOLDER_CACHE,
    CLI_FOLDER_STATE
} cli_folder;

/* "$XDG_CONFIG_HOME/cxlog/NAME" and the like. A relative value of the variable counts as
 * unset; without HOME the password database is asked. Errors: ERR_CONFIG when there is no
 * home at all, ERR_NOMEM. */
CXLOG_MUST_USE cxlog_status cli_path_user(char **out, cli_folder folder, const char *name,
                                          cxlog_error *err);

/* "~/x" with the home in its place, everything else as it is. */
CXLOG_MUST_USE cxlog_status cli_path_expand(char **out, const char *path,
                                            cxlog_error *err);

/* The path with "~" for the home folder, for people. free(). NULL on lack of memory. */
char *cli_path_short(const char *path);

/* The path from the root on: "~/" expanded, a relative one below the folder the person
 * stands in. */
CXLOG_MUST_USE cxlog_status cli_path_absolute(char **out, const char *path,
                                              cxlog_error *err);

/* Two texts one after the other. */
CXLOG_MUST_USE cxlog_status cli_path_join(char **out, const char *folder,
                                          const char *name, cxlog_error *err);

/* Make every missing folder above `path`, 0700. Errors: ERR_CREATE. */
CXLOG_MUST_USE cxlog_status cli_path_make_parents(const char *path, cxlog_error *err);

/* Folder that this program's file stands in, without a slash at its end. False when the
 * system does not tell. */
bool cli_path_program_folder(char *buffer, size_t size);

#endif
