@HEAD@@JSON@@IS@@EMIT@/* The bytes that a JSON string stands for. recoup escapes quotes, backslashes and control characters, and nothing else. */
static void decode(text *to, json string) {
  static const char escapes[] = "bfnrt", meant[] = "\b\f\n\r\t";
  for (const char *at = string.at + 1, *end = string.at + string.length - 1; at < end; ++at) {
    char byte = *at;
    if (byte == '\\' && ++at < end) {
      const char *escape = (const char *)memchr(escapes, *at, sizeof escapes - 1);
      byte = escape ? meant[escape - escapes] : *at;
      if (*at == 'u') {
        char digits[5] = { 0 };
        memcpy(digits, at + 1, 4);
        byte = (char)strtoul(digits, NULL, 16), at += 4;
      }
    }
    add(to, &byte, 1);
  }
}

/* The options in JSON, the word also as bytes; the article and the claim in hand. */
typedef struct { text indicator, quoted, word, article, claim; } state;

static void close_stage(void *stage) {
  state *self = (state *)stage;
  free(self->indicator.bytes), free(self->quoted.bytes), free(self->word.bytes);
  free(self->article.bytes), free(self->claim.bytes), free(self);
}

static int32_t open_stage(const recoup_host *host, recoup_bytes settings, void **stage) {
  static const char refused[] =
      "{\"level\":\"error\",\"code\":\"plugin.failed\",\"message\":\"without a word every figure would be a claim\","
      "\"path\":\"options.word\"}";
  json all = { (const char *)settings.ptr, settings.len }, options = get(all, "options");
  recoup_bytes why = TEXT(refused);
  state *made = (state *)calloc(1, sizeof(state));
  if (!made) return RECOUP_FAILED;
  copy(&made->indicator, get(options, "indicator"), "\"munitions.launched\"");
  copy(&made->quoted, get(options, "word"), "\"drones\"");
  json quoted = { made->quoted.bytes, made->quoted.length };
  decode(&made->word, quoted);
  if (made->word.length == 0 || made->word.failed) {
    host->report(host->ctx, why);
    close_stage(made);
    return RECOUP_FAILED;
  }
  *stage = made;
  return RECOUP_OK;
}

static int digit(char byte) { return byte >= '0' && byte <= '9'; }

/* Letters outside of ASCII count: their bytes have the highest bit. */
static int wordy(char byte) {
  return digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80);
}

static int blank(char byte) { return byte == ' ' || byte == '\n' || byte == '\t'; }

/* The claims of a block. `1,500 drones` is none: it takes more to read that. */
static int32_t block(state *self, const recoup_host *host, json document, size_t from, size_t to) {
  const char *all = self->article.bytes;
  json published = get(document, "published");
  size_t word = self->word.length;
  for (size_t at = from + 1; at + word <= to; ++at) {
    size_t start = at - 1, before;
    char number[160];
    if (memcmp(all + at, self->word.bytes, word) || all[start] != ' ' || (at + word < to && wordy(all[at + word]))) continue;
    while (start > from && digit(all[start - 1])) --start;
    for (before = start; before > from && blank(all[before - 1]);) --before;
    if (start + 1 == at || at - start > 10) continue;
    if (start > from && (before == start || (before > from && digit(all[before - 1])))) continue;
    text *claim = &self->claim;
    say(claim, "{\"doc\":"), copy(claim, get(document, "doc"), "\"\"");
    say(claim, ",\"document\":"), copy(claim, get(document, "id"), "\"\"");
    snprintf(number, sizeof number, ",\"span\":{\"start\":%zu,\"end\":%zu},\"quote\":\"%.*s ", start, at + word,
             (int)(at - 1 - start), all + start);
    say(claim, number), add(claim, self->quoted.bytes + 1, self->quoted.length - 1);
    say(claim, ",\"indicator\":"), add(claim, self->indicator.bytes, self->indicator.length);
    unsigned long figure = strtoul(all + start, NULL, 10);
    snprintf(number, sizeof number, ",\"quantity\":{\"low\":%lu,\"high\":%lu,\"approximate\":false,\"item\":", figure, figure);
    say(claim, number), add(claim, self->quoted.bytes, self->quoted.length);
    say(claim, "},\"reported\":"), copy(claim, published.length ? get(published, "date") : published, "null");
    say(claim, ",\"stance\":\"asserted\",\"rule\":\"@NAME@.word\"}");
    if (emit(host, claim)) return RECOUP_FAILED;
  }
  return RECOUP_OK;
}

static int32_t process(void *stage, const recoup_host *host, recoup_bytes items) {
  state *self = (state *)stage;
  const char *line = (const char *)items.ptr, *end = line + items.len;
  for (const char *next; line < end; line = next + 1) {
    next = (const char *)memchr(line, '\n', (size_t)(end - line));
    json document = { line, (size_t)(next - line) }, blocks = get(document, "blocks");
    self->article.length = 0;
    decode(&self->article, get(document, "text"));
    if (self->article.failed) return RECOUP_FAILED;
    const char *at = blocks.at + 1, *last = blocks.at + blocks.length;
    for (const char *behind; at < last && *at == '{'; at = behind + 1) {
      behind = skip(at, last);
      json this = { at, (size_t)(behind - at) }, kind = get(this, "kind"), span = get(this, "span");
      /* Other blocks are subscription calls, credits and the like. */
      if (!is(kind, "\"heading\"") && !is(kind, "\"paragraph\"") && !is(kind, "\"list_item\"")) continue;
      size_t from = strtoul(get(span, "start").at, NULL, 10), to = strtoul(get(span, "end").at, NULL, 10);
      if (get(this, "repeats").length || to > self->article.length) continue;
      if (block(self, host, document, from, to)) return RECOUP_FAILED;
    }
  }
  return RECOUP_OK;
}

static int32_t finish(void *stage, const recoup_host *host) {
  (void)stage, (void)host;
  return RECOUP_OK;
}

static const recoup_stage_table table = {
  RECOUP_ABI, sizeof table,
  TEXT("{\"name\":\"@NAME@\",\"kind\":\"extract\",\"version\":\"0.1.0\",\"protocol\":\"" RECOUP_PROTOCOL "\",\"codecs\":[\"json\"],"
       "\"needs\":[],\"summary\":\"Takes each figure before a certain word for a claim.\",\"options\":{\"type\":\"object\","
       "\"additionalProperties\":false,\"properties\":{\"word\":{\"type\":\"string\",\"default\":\"drones\","
       "\"description\":\"The word behind the figure.\"},\"indicator\":{\"type\":\"string\","
       "\"default\":\"munitions.launched\",\"description\":\"What such a figure says.\"}}}}"),
  open_stage, process, finish, close_stage
};

const recoup_stage_table *recoup_plugin_v1(uint32_t index) { return index == 0 ? &table : NULL; }
