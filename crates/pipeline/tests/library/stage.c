/* A report stage in C against the bare table of recoup.h. As it stands it is sound; each test breaks one thing with -D. */
#include <stdlib.h>

#include "recoup.h"

#define TEXT(literal) ((recoup_bytes){ (const uint8_t *)(literal), sizeof(literal) - 1 })

#ifndef ABI
#define ABI RECOUP_ABI
#endif
#ifndef SIZE
#define SIZE sizeof(recoup_stage_table)
#endif
#ifndef STAGES
#define STAGES 1
#endif
#ifndef PROTOCOL
#define PROTOCOL "1.4"
#endif
#ifndef CODECS
#define CODECS "\"cbor\",\"json\""
#endif
#ifndef NEEDS
#define NEEDS ""
#endif
#ifndef MANIFEST
#define MANIFEST TEXT("{\"name\":\"tally\",\"kind\":\"report\",\"version\":\"0.3\",\"protocol\":\"" PROTOCOL "\",\"codecs\":[" CODECS \
  "],\"needs\":[" NEEDS "],\"summary\":\"Counts lines.\",\"options\":{},\"colour\":\"a field of the future\"}")
#endif
#ifndef SYMBOL
#define SYMBOL recoup_plugin_v1
#endif
#ifndef FINISH
#define FINISH finish
#endif
#ifndef ON_OPEN
#define ON_OPEN
#endif
#ifndef ON_PROCESS
#define ON_PROCESS
#endif

/* The instance: how many lines it has read. */
static int32_t open_stage(const recoup_host *host, recoup_bytes settings, void **stage) {
  (void)host; (void)settings;
  ON_OPEN
  return (*stage = calloc(1, sizeof(size_t))) ? RECOUP_OK : RECOUP_FAILED;
}

static int32_t process(void *stage, const recoup_host *host, recoup_bytes items) {
  (void)host;
  ON_PROCESS
  for (size_t at = 0; at < items.len; at++) *(size_t *)stage += items.ptr[at] == '\n';
  return RECOUP_OK;
}

static int32_t finish(void *stage, const recoup_host *host) {
  uint8_t text[] = "{\"file\":\"tally.txt\",\"text\":\"?, ?\"}";
  text[sizeof text - 7] = (uint8_t)('0' + *(size_t *)stage);
  text[sizeof text - 4] = host->cancelled(host->ctx) ? 'y' : 'n';
  host->emit(host->ctx, TEXT(text));
  return RECOUP_OK;
}

static const recoup_stage_table table = {
  ABI, SIZE, MANIFEST, open_stage, process, FINISH, free
};

const recoup_stage_table *SYMBOL(uint32_t index) { return index < STAGES ? &table : NULL; }
