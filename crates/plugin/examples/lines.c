/* A report stage in C: counts the findings and writes the number. Built with: cc -shared -fPIC -I../include lines.c */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "recoup.h"

#define TEXT(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }

static int32_t open_stage(const recoup_host *host, recoup_bytes settings, void **stage) {
  (void)host, (void)settings;
  *stage = calloc(1, sizeof(size_t));
  return *stage ? RECOUP_OK : RECOUP_FAILED;
}

/* recoup writes the fields of an item in their order, `kind` first; whoever reads more than that wants a JSON parser. */
static int32_t process(void *stage, const recoup_host *host, recoup_bytes items) {
  static const char finding[] = "{\"kind\":\"finding\"";
  const char *line = (const char *)items.ptr, *end = line + items.len;
  (void)host;
  for (const char *next; line < end; line = next) {
    next = (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
    if ((size_t)(next - line) > sizeof finding && !memcmp(line, finding, sizeof finding - 1)) ++*(size_t *)stage;
  }
  return RECOUP_OK;
}

static int32_t finish(void *stage, const recoup_host *host) {
  char file[64];
  int length = snprintf(file, sizeof file, "{\"file\":\"findings.txt\",\"text\":\"%zu\\n\"}", *(size_t *)stage);
  recoup_bytes item = { (const uint8_t *)file, (size_t)length };
  host->emit(host->ctx, item);
  return RECOUP_OK;
}

static const recoup_stage_table table = {
  RECOUP_ABI, sizeof table,
  TEXT("{\"name\":\"lines\",\"kind\":\"report\",\"version\":\"1.0.0\",\"protocol\":\"" RECOUP_PROTOCOL "\",\"codecs\":[\"json\"],"
       "\"needs\":[],\"summary\":\"Writes the number of findings.\",\"options\":{\"type\":\"object\"}}"),
  open_stage, process, finish, free
};

const recoup_stage_table *recoup_plugin_v1(uint32_t index) { return index == 0 ? &table : NULL; }
