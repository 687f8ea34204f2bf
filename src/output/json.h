/* The one way to cJSON. cJSON answers an allocation that fails with NULL, and whoever does not look gets a shorter document that is
 * valid all the same; it also takes equal keys, broken UTF-8 and any text as a number. Here an error sticks: the first thing
 * that goes wrong is said in a finding, every later call does nothing, and wres_json_write writes the whole document or not a
 * byte. Not public. */
#ifndef WRES_OUTPUT_JSON_H
#define WRES_OUTPUT_JSON_H

#include "wres/base.h"

/* A document under way; its root is an object. The run owns it, also where it unwinds; wres_json_write releases it. */
typedef struct wres_json wres_json;
/* An object or array of it; NULL once the document has failed. */
typedef struct cJSON wres_json_node;

wres_json *wres_json_new(wres_run *run);
wres_json_node *wres_json_root(const wres_json *json);
wres_status wres_json_status(const wres_json *json);

/* Each adds at the end of parent: under key in an object, which must be new there (case counts), or with key NULL in an array.
 * Keys and strings are copied and must be UTF-8. */
wres_json_node *wres_json_object(wres_json *json, wres_json_node *parent, const char *key);
wres_json_node *wres_json_array(wres_json *json, wres_json_node *parent, const char *key);
void wres_json_string(wres_json *json, wres_json_node *parent, const char *key, const char *value);
void wres_json_null(wres_json *json, wres_json_node *parent, const char *key);
void wres_json_count(wres_json *json, wres_json_node *parent, const char *key, uint64_t value);
/* The text of a number (wres_is_decimal), which stands in the document digit by digit: never by way of a double. */
void wres_json_decimal(wres_json *json, wres_json_node *parent, const char *key, const char *value);
/* As wres_json_string and wres_json_decimal, with null for "". */
void wres_json_string_or_null(wres_json *json, wres_json_node *parent, const char *key, const char *value);
void wres_json_decimal_or_null(wres_json *json, wres_json_node *parent, const char *key, const char *value);

/* Says that nothing more goes into this element of an array. It is kept as text from here on, in a sixth of the memory. */
void wres_json_close(wres_json *json, wres_json_node *array, wres_json_node *element);

/* The document, two levels indented and everything below them on one line, so that each result is a line. WRES_IO for memory,
 * WRES_DATA where something may not stand in a document; nothing has been written then. */
wres_status wres_json_write(wres_json *json, wres_sink *sink);
/* The same of a document whose last member is an empty array, up to the inside of that array: who calls writes its elements and the end. */
wres_status wres_json_write_open(wres_json *json, wres_sink *sink);
/* Writes a text as it stands in a document, and returns its length, which is at most WRES_JSON_WIDEST times the text's and two more. */
#define WRES_JSON_WIDEST 6
size_t wres_json_quote(char *out, const char *text);

#endif
