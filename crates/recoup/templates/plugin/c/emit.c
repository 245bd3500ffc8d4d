/* Hands an item to recoup, which copies it, and makes room for the next. */
static int emit(const recoup_host *host, text *item) {
  recoup_bytes bytes = { (const uint8_t *)item->bytes, item->length };
  int failed = item->failed;
  if (!failed) host->emit(host->ctx, bytes);
  item->length = 0, item->failed = 0;
  return failed ? RECOUP_FAILED : RECOUP_OK;
}

