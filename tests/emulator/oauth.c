#include "oauth.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "uri.h"

enum { SKEW_S = 300, LIFE_MAX_S = 3600 };

static const char clock_sentence[] =
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
    "timeframe. Check your iat and exp values in the JWT claim.";

static int refuse(json_t **answer, int code, const char *error, const char *description)
{
    *answer = json_pack("{s:s, s:s}", "error", error, "error_description", description);
    return code;
}

/* The bytes of base64url text, without padding; the caller frees them. */
static unsigned char *decode(const char *text, size_t length, size_t *size)
{
    char *plain = mem_new(length + 5, 1);
    memcpy(plain, text, length);
    for (char *p = plain; *p; p++)
        *p = *p == '-' ? '+' : *p == '_' ? '/' : *p;
    size_t padded = length;
    while (padded % 4 != 0)
        plain[padded++] = '=';
    unsigned char *bytes = mem_new(padded + 1, 1);
    int count = EVP_DecodeBlock(bytes, (unsigned char *)plain, (int)padded);
    free(plain);
    *size = count < 0 ? 0 : (size_t)count - (padded - length);
    bytes[*size] = '\0';
    return bytes;
}

static json_t *decode_json(const char *text, size_t length)
{
    size_t size;
    unsigned char *bytes = decode(text, length, &size);
    json_t *value = json_loadb((const char *)bytes, size, 0, NULL);
    free(bytes);
    return value;
}

static bool signature_ok(EVP_PKEY *key, const char *jwt, size_t signed_length,
                         const char *signature)
{
    size_t size;
    unsigned char *bytes = decode(signature, strlen(signature), &size);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool ok = context &&
              EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
              EVP_DigestVerify(context, bytes, size, (const unsigned char *)jwt,
                               signed_length) == 1;
    EVP_MD_CTX_free(context);
    free(bytes);
    return ok;
}

static bool has_scope(const char *scopes)
{
    static const char wanted[] = "https://www.googleapis.com/auth/spreadsheets";
    size_t length = sizeof wanted - 1;
    for (const char *at = strstr(scopes, wanted); at; at = strstr(at + 1, wanted)) {
        bool starts = at == scopes || at[-1] == ' ';
        if (starts && (at[length] == '\0' || at[length] == ' '))
            return true;
    }
    return false;
}

static json_t *grant(emu *e, account *who)
{
    unsigned char noise[48];
    char text[sizeof noise * 2 + 1];
    RAND_bytes(noise, sizeof noise);
    for (size_t i = 0; i < sizeof noise; i++)
        snprintf(text + i * 2, 3, "%02x", noise[i]);
    e->tokens = mem_resize(e->tokens, (size_t)e->token_count + 1, sizeof *e->tokens);
    token *made = &e->tokens[e->token_count++];
    made->text = mem_format("ya29.c.%s....", text);
    made->owner = who;
    made->expires_ms = emu_now_ms(e) + (int64_t)e->token_ttl_s * 1000;
    return json_pack("{s:s, s:i, s:s}", "access_token", made->text, "expires_in",
                     e->token_ttl_s, "token_type", "Bearer");
}

static int check_claims(emu *e, account *who, const json_t *claims, json_t **answer)
{
    json_int_t now = emu_now_ms(e) / 1000;
    json_int_t iat = js_int(claims, "iat", 0);
    json_int_t exp = js_int(claims, "exp", 0);
    char *own = mem_format("%s/token", e->base_url);
    bool right_audience = strcmp(js_text(claims, "aud", ""), own) == 0;
    free(own);
    if (!right_audience)
        return refuse(answer, 400, "invalid_grant",
                      "Invalid JWT: Failed audience check.");
    if (exp <= iat || exp - iat > LIFE_MAX_S || iat > now + SKEW_S || exp < now - SKEW_S)
        return refuse(answer, 400, "invalid_grant", clock_sentence);
    if (js_has(claims, "sub"))
        return refuse(
            answer, 401, "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, "
            "or client not authorized for any of the scopes requested.");
    if (!has_scope(js_text(claims, "scope", "")))
        return refuse(answer, 400, "invalid_scope",
                      "Invalid OAuth scope or ID token audience provided.");
    *answer = grant(e, who);
    return 200;
}

static int check_assertion(emu *e, const char *jwt, json_t **answer)
{
    const char *first = strchr(jwt, '.');
    const char *second = first ? strchr(first + 1, '.') : NULL;
    if (!second)
        return refuse(answer, 400, "invalid_grant", "Bad Request");
    json_t *header = decode_json(jwt, (size_t)(first - jwt));
    json_t *claims = decode_json(first + 1, (size_t)(second - first - 1));
    account *who = emu_account(e, js_text(claims, "iss", ""));
    const char *kid = js_text(header, "kid", who ? who->key_id : "");
    int code;
    if (!header || !claims || strcmp(js_text(header, "alg", ""), "RS256") != 0)
        code = refuse(answer, 400, "invalid_grant", "Bad Request");
    else if (!who || who->is_disabled)
        code = refuse(answer, 400, "invalid_grant", "Invalid grant: account not found");
    else if (who->is_key_revoked || strcmp(kid, who->key_id) != 0 ||
             !signature_ok(who->key, jwt, (size_t)(second - jwt), second + 1))
        code = refuse(answer, 400, "invalid_grant", "Invalid JWT Signature.");
    else
        code = check_claims(e, who, claims, answer);
    json_decref(header);
    json_decref(claims);
    return code;
}

int oauth_token(emu *e, const char *form, json_t **answer)
{
    json_t *fields = uri_query(form);
    const json_t *type = json_array_get(json_object_get(fields, "grant_type"), 0);
    const json_t *jwt = json_array_get(json_object_get(fields, "assertion"), 0);
    int code;
    if (!json_is_string(type) ||
        strcmp(json_string_value(type), "urn:ietf:params:oauth:grant-type:jwt-bearer") !=
            0)
        code = refuse(answer, 400, "unsupported_grant_type", "Invalid grant_type.");
    else
        code = check_assertion(e, jwt ? json_string_value(jwt) : "", answer);
    json_decref(fields);
    return code;
}

account *oauth_bearer(emu *e, const char *authorization)
{
    if (!authorization || strncmp(authorization, "Bearer ", 7) != 0)
        return NULL;
    for (int i = 0; i < e->token_count; i++) {
        const token *t = &e->tokens[i];
        if (strcmp(t->text, authorization + 7) == 0)
            return t->expires_ms > emu_now_ms(e) && !t->owner->is_disabled ? t->owner
                                                                           : NULL;
    }
    return NULL;
}
