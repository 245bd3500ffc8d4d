/* The boundary of a stage in a shared library of recoup. Written by `cargo xtask bindings`: change it in
   crates/plugin/src/boundary/abi.rs.

   A library exports one symbol, `recoup_plugin_v1`, and needs nothing else. Ownership: input belongs to the host and lives
   until the call returns; what goes through `emit` and `report` is copied before they return; an instance is made by
   `open` and freed by `close`, both in the library. Nothing else outlives a call, and nobody frees the memory of the
   other side. C99, C++11. */
#ifndef RECOUP_H
#define RECOUP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of these tables, and of the messages that go through them. */
#define RECOUP_ABI 1
#define RECOUP_PROTOCOL "1.0"

/* What a verb returns; any other value counts as RECOUP_FAILED. Nothing that a failed call
   emitted is used: it should say why with `report`, at level "error". */
enum { RECOUP_OK = 0, RECOUP_FAILED = 1, RECOUP_PANICKED = 2 };

/* Borrowed bytes without a closing NUL; ptr may be null where len is 0. Whoever is given them may read them
   until the call returns. */
typedef struct recoup_bytes {
  /* The first byte. */
  const uint8_t *ptr;
  /* How many. */
  size_t len;
} recoup_bytes;

/* What the host lends a stage for the time of one call; its functions are for the thread of that call. */
typedef struct recoup_host {
  /* The ABI of the table that follows. */
  uint32_t abi;
  /* Size of the whole table in bytes. */
  uint32_t size;
  /* Handed back in each call below. */
  void *ctx;
  /* Takes one output item in JSON, and copies it before it returns. */
  void (*emit)(void *ctx, recoup_bytes item);
  /* Takes one diagnostic in JSON, and copies it before it returns. */
  void (*report)(void *ctx, recoup_bytes diagnostic);
  /* Nonzero: the stage should return soon. */
  uint32_t (*cancelled)(void *ctx);
} recoup_host;

/* What a library says of one stage, and the four verbs; static for the life of the process.
   None of the functions may be null. An instance is used by one thread at a time and may move. */
typedef struct recoup_stage_table {
  /* The ABI of the table that follows. */
  uint32_t abi;
  /* Size of the whole table in bytes. */
  uint32_t size;
  /* The manifest in JSON, static for the life of the process. */
  recoup_bytes manifest;
  /* Makes an instance from {"options":{...},"context":{...}} and puts it into stage; the library owns it. */
  int32_t (*open)(const recoup_host *host, recoup_bytes settings, void **stage);
  /* Reads items: JSON, one a line, each line ended by \n, the last too. */
  int32_t (*process)(void *stage, const recoup_host *host, recoup_bytes items);
  /* There are no more items. */
  int32_t (*finish)(void *stage, const recoup_host *host);
  /* Frees the instance: once per successful open, also after a failure. */
  void (*close)(void *stage);
} recoup_stage_table;

/* The only symbol: the table of stage 0, 1, ...; NULL past the last. */
#if defined(_WIN32)
__declspec(dllexport)
#elif defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const recoup_stage_table *recoup_plugin_v1(uint32_t index);

#ifdef __cplusplus
}
#endif

#endif
