#include "output/json.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct wres_json {
    wres_run *run;
    wres_status status;
    cJSON *root;
    char *piece; /* the text of a node as cJSON gave it, held here so that unwinding frees it */
    char *text;  /* the document, once it is written out */
    size_t length, room;
};

static void drop_piece(wres_json *json) {
    cJSON_free(json->piece);
    json->piece = NULL;
}

static void release_json(void *what) {
    wres_json *json = what;
    drop_piece(json);
    cJSON_Delete(json->root);
    json->root = NULL;
}

static void fail_memory(wres_json *json) {
    if (json->status != WRES_OK) return;
    json->status = WRES_IO;
    wres_find(json->run, WRES_ERROR, "out-of-memory", (wres_place){0}, 0,
              "out of memory while the JSON was made: nothing was written");
}

static void fail_key(wres_json *json, const char *key, const char *reason) {
    if (json->status != WRES_OK) return;
    json->status = WRES_DATA;
    const char *shown = key ? wres_visible(json->run, wres_text_of(key)) : "(an element of an array)";
    wres_find(json->run, WRES_ERROR, "invalid-output", (wres_place){.field = shown}, 0, "the JSON cannot be written: %s: %s", shown,
              reason);
}

wres_json *wres_json_new(wres_run *run) {
    wres_json *json = wres_alloc(run, sizeof *json);
    json->run = run;
    wres_defer(run, release_json, json);
    json->root = cJSON_CreateObject();
    if (!json->root) fail_memory(json);
    return json;
}

wres_json_node *wres_json_root(const wres_json *json) { return json->status == WRES_OK ? json->root : NULL; }

wres_status wres_json_status(const wres_json *json) { return json->status; }

static bool may_add(wres_json *json, const cJSON *parent, const char *key) {
    if (json->status != WRES_OK) return false;
    if (!parent)
        fail_key(json, key, "there is nothing to add it to");
    else if (cJSON_IsObject(parent) != (key != NULL))
        fail_key(json, key, "objects have keys and arrays have none");
    else if (key && !wres_text_is_utf8(wres_text_of(key)))
        fail_key(json, key, "the key is not UTF-8");
    else if (key && cJSON_GetObjectItemCaseSensitive(parent, key))
        fail_key(json, key, "the key is there already");
    return json->status == WRES_OK;
}

/* Takes the item over, NULL included: what cannot be added is freed and fails the document. */
static cJSON *add_item(wres_json *json, cJSON *parent, const char *key, cJSON *item) {
    if (item && (key ? cJSON_AddItemToObject(parent, key, item) : cJSON_AddItemToArray(parent, item))) return item;
    cJSON_Delete(item);
    fail_memory(json);
    return NULL;
}

wres_json_node *wres_json_object(wres_json *json, wres_json_node *parent, const char *key) {
    return may_add(json, parent, key) ? add_item(json, parent, key, cJSON_CreateObject()) : NULL;
}

wres_json_node *wres_json_array(wres_json *json, wres_json_node *parent, const char *key) {
    return may_add(json, parent, key) ? add_item(json, parent, key, cJSON_CreateArray()) : NULL;
}

void wres_json_null(wres_json *json, wres_json_node *parent, const char *key) {
    if (may_add(json, parent, key)) add_item(json, parent, key, cJSON_CreateNull());
}

void wres_json_string(wres_json *json, wres_json_node *parent, const char *key, const char *value) {
    if (!may_add(json, parent, key)) return;
    if (!value)
        fail_key(json, key, "there is no text");
    else if (!wres_text_is_utf8(wres_text_of(value)))
        fail_key(json, key, "the text is not UTF-8");
    else
        add_item(json, parent, key, cJSON_CreateString(value));
}

/* Raw text is not looked at by cJSON: what comes here has passed a grammar or was printed as digits. */
void wres_json_decimal(wres_json *json, wres_json_node *parent, const char *key, const char *value) {
    if (!may_add(json, parent, key)) return;
    if (!value || !wres_is_decimal(value))
        fail_key(json, key, "the text is no decimal number");
    else
        add_item(json, parent, key, cJSON_CreateRaw(value));
}

void wres_json_count(wres_json *json, wres_json_node *parent, const char *key, uint64_t value) {
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRIu64, value);
    if (may_add(json, parent, key)) add_item(json, parent, key, cJSON_CreateRaw(digits));
}

void wres_json_string_or_null(wres_json *json, wres_json_node *parent, const char *key, const char *value) {
    if (value && value[0] == '\0')
        wres_json_null(json, parent, key);
    else
        wres_json_string(json, parent, key, value);
}

void wres_json_decimal_or_null(wres_json *json, wres_json_node *parent, const char *key, const char *value) {
    if (value && value[0] == '\0')
        wres_json_null(json, parent, key);
    else
        wres_json_decimal(json, parent, key, value);
}

/* Fills json->piece. */
static void make_piece(wres_json *json, const cJSON *item) {
    drop_piece(json);
    json->piece = item ? cJSON_PrintUnformatted(item) : NULL;
}

static bool has_piece(wres_json *json) {
    if (!json->piece) fail_memory(json);
    return json->piece != NULL;
}

static bool print_piece(wres_json *json, const cJSON *item) {
    make_piece(json, item);
    return has_piece(json);
}

void wres_json_close(wres_json *json, wres_json_node *array, wres_json_node *element) {
    if (json->status != WRES_OK) return;
    if (!cJSON_IsArray(array) || !element) {
        fail_key(json, NULL, "only an element of an array can be closed");
        return;
    }
    if (!print_piece(json, element)) return;
    cJSON *text = cJSON_CreateRaw(json->piece);
    if (text && cJSON_ReplaceItemViaPointer(array, element, text)) return;
    cJSON_Delete(text);
    fail_memory(json);
}

static void put_text(wres_json *json, const char *bytes) {
    const size_t more = strlen(bytes);
    if (json->room - json->length < more) {
        size_t room = json->room ? json->room : 4096;
        while (room - json->length < more) room *= 2;
        json->text = wres_grow(json->run, json->text, json->room, room);
        json->room = room;
    }
    memcpy(json->text + json->length, bytes, more);
    json->length += more;
}

static bool put_item(wres_json *json, const cJSON *item) {
    if (!print_piece(json, item)) return false;
    put_text(json, json->piece);
    return true;
}

static bool put_key(wres_json *json, const char *key) {
    cJSON *name = cJSON_CreateStringReference(key);
    make_piece(json, name);
    cJSON_Delete(name); /* before a failure is said: there may be no memory for that either */
    if (!has_piece(json)) return false;
    put_text(json, json->piece);
    put_text(json, ": ");
    return true;
}

static bool put_line(wres_json *json, const char *indent, const cJSON *item) {
    put_text(json, indent);
    if (item->string && !put_key(json, item->string)) return false;
    if (!put_item(json, item)) return false;
    put_text(json, item->next ? ",\n" : "\n");
    return true;
}

static bool put_member(wres_json *json, const cJSON *item) {
    if (!item->child) return put_line(json, "  ", item);
    put_text(json, "  ");
    if (!put_key(json, item->string)) return false;
    put_text(json, cJSON_IsArray(item) ? "[\n" : "{\n");
    for (const cJSON *child = item->child; child; child = child->next)
        if (!put_line(json, "    ", child)) return false;
    put_text(json, cJSON_IsArray(item) ? "  ]" : "  }");
    put_text(json, item->next ? ",\n" : "\n");
    return true;
}

/* Of an open document the last member is left inside. */
static bool put_document(wres_json *json, bool is_open) {
    if (json->status != WRES_OK) return false;
    put_text(json, "{\n");
    for (const cJSON *item = json->root->child; item; item = item->next) {
        if (!is_open || item->next) {
            if (!put_member(json, item)) return false;
            continue;
        }
        put_text(json, "  ");
        if (!put_key(json, item->string)) return false;
        put_text(json, "[\n");
    }
    if (!is_open) put_text(json, "}\n");
    return true;
}

static wres_status write_document(wres_json *json, wres_sink *sink, bool is_open) {
    if (put_document(json, is_open)) wres_sink_write(sink, json->text, json->length);
    wres_drop(json->run, json->text);
    json->text = NULL;
    wres_release(json->run, json);
    return json->status;
}

wres_status wres_json_write(wres_json *json, wres_sink *sink) { return write_document(json, sink, false); }
wres_status wres_json_write_open(wres_json *json, wres_sink *sink) { return write_document(json, sink, true); }

size_t wres_json_quote(char *out, const char *text) {
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt", digits[] = "0123456789abcdef";
    char *at = out;
    *at++ = '"';
    for (; *text; text++) {
        const unsigned char byte = (unsigned char)*text;
        const char *form = short_forms;
        if (byte >= ' ' && byte != '"' && byte != '\\') {
            *at++ = *text;
            continue;
        }
        while (*form && *form != *text) form += 2;
        *at++ = '\\';
        if (*form) {
            *at++ = form[1];
            continue;
        }
        at[0] = 'u', at[1] = at[2] = '0', at[3] = digits[byte >> 4], at[4] = digits[byte & 15];
        at += 5;
    }
    *at++ = '"';
    return (size_t)(at - out);
}
