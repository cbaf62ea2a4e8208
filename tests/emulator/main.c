/* cxlog-emulator: Google Sheets and its token endpoint on a loopback port, for tests. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "http.h"
#include "json.h"
#include "oauth.h"
#include "serve.h"

enum { LIST_MAX = 64 };

typedef struct options {
    unsigned short port;
    const char *ready_file;
    const char *keys[LIST_MAX];
    int key_count;
    const char *sheets[LIST_MAX];
    int sheet_count;
    const char *cert_file;
    const char *key_file;
    int quota;
    const char *locale;
    const char *zone;
} options;

static int usage(void)
{
    fputs("usage: cxlog-emulator [--port N] [--ready-file F] [--key-out F]... [--sheet "
          "ID]...\n"
          "                      [--quota N] [--locale L] [--zone Z]\n"
          "                      [--tls-cert F --tls-key F]\n",
          stderr);
    return 64;
}

static bool read_options(int argc, char **argv, options *o)
{
    static const struct option names[] = {
        {"port", required_argument, NULL, 'p'},
        {"ready-file", required_argument, NULL, 'r'},
        {"key-out", required_argument, NULL, 'k'},
        {"sheet", required_argument, NULL, 's'},
        {"quota", required_argument, NULL, 'q'},
        {"locale", required_argument, NULL, 'l'},
        {"zone", required_argument, NULL, 'z'},
        {"tls-cert", required_argument, NULL, 'c'},
        {"tls-key", required_argument, NULL, 'y'},
        {NULL, 0, NULL, 0},
    };
    for (int code; (code = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        if (code == 'p')
            o->port = (unsigned short)strtoul(optarg, NULL, 10);
        else if (code == 'r')
            o->ready_file = optarg;
        else if (code == 'k' && o->key_count < LIST_MAX)
            o->keys[o->key_count++] = optarg;
        else if (code == 's' && o->sheet_count < LIST_MAX)
            o->sheets[o->sheet_count++] = optarg;
        else if (code == 'q')
            o->quota = (int)strtol(optarg, NULL, 10);
        else if (code == 'l')
            o->locale = optarg;
        else if (code == 'z')
            o->zone = optarg;
        else if (code == 'c')
            o->cert_file = optarg;
        else if (code == 'y')
            o->key_file = optarg;
        else
            return false;
    }
    return optind == argc && !o->cert_file == !o->key_file;
}

static char *read_file(const char *path)
{
    FILE *in = path ? fopen(path, "rb") : NULL;
    if (!in)
        return NULL;
    buf text = {0};
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;)
        buf_add(&text, block, n);
    fclose(in);
    return text.data;
}

static bool tell_ready(const char *path, unsigned short port, const char *url)
{
    if (!path)
        return true;
    char *beside = mem_format("%s.new", path);
    FILE *out = fopen(beside, "w");
    bool ok = out && fprintf(out, "{\"port\":%d,\"url\":\"%s\"}\n", port, url) > 0;
    if (out && fclose(out) != 0)
        ok = false;
    ok = ok && rename(beside, path) == 0;
    free(beside);
    return ok;
}

static bool furnish(emu *e, const options *o)
{
    for (int i = 0; i < o->key_count; i++) {
        if (!oauth_add_account(e, o->keys[i])) {
            fprintf(stderr, "cxlog-emulator: cannot write key file %s\n", o->keys[i]);
            return false;
        }
    }
    for (int i = 0; i < o->sheet_count; i++) {
        const book *b = emu_add_book(e, o->sheets[i], "emulated");
        for (int k = 0; k < e->account_count; k++)
            json_object_set_new(b->shares, e->accounts[k]->email, json_string("writer"));
    }
    return true;
}

int main(int argc, char **argv)
{
    options o = {0};
    if (!read_options(argc, argv, &o))
        return usage();
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);

    emu e;
    emu_init(&e);
    e.quota = o.quota;
    e.locale = o.locale ? o.locale : e.locale;
    e.zone = o.zone ? o.zone : e.zone;
    char *cert = read_file(o.cert_file);
    char *key = read_file(o.key_file);
    unsigned short port = o.port;
    pthread_mutex_lock(&e.lock);
    http_server *server = http_start(&e, &port, cert, key);
    if (!server) {
        fprintf(stderr, "cxlog-emulator: cannot listen on 127.0.0.1:%d\n", o.port);
        return 69;
    }
    free(e.base_url);
    e.base_url = mem_format("http%s://127.0.0.1:%d", cert ? "s" : "", port);
    bool ok = furnish(&e, &o) && tell_ready(o.ready_file, port, e.base_url);
    pthread_mutex_unlock(&e.lock);
    int got = 0;
    if (ok)
        sigwait(&signals, &got);
    emu_stop_pauses();
    http_stop(server);
    serve_finish();
    emu_clear(&e);
    free(cert);
    free(key);
    return ok ? 0 : 73;
}
