@HEAD@@JSON@@EMIT@/* The options in JSON, and the document in hand. */
typedef struct { text language, document; } state;

static int32_t open_stage(const recoup_host *host, recoup_bytes settings, void **stage) {
  json all = { (const char *)settings.ptr, settings.len };
  state *made = (state *)calloc(1, sizeof(state));
  (void)host;
  if (!made) return RECOUP_FAILED;
  copy(&made->language, get(get(all, "options"), "language"), "null");
  *stage = made;
  return RECOUP_OK;
}

/* The next line of a JSON string, still in JSON; `at` goes behind it. recoup writes a line break as \n. */
static json cut(const char **at, const char *end) {
  json line = { *at, 0 };
  const char *here = *at;
  while (here < end && !(here[0] == '\\' && here[1] == 'n')) here += *here == '\\' ? 2 : 1;
  line.length = (size_t)(here - line.at);
  *at = here < end ? here + 2 : end;
  return line;
}

/* What stands before the next ` | `, which is taken from `rest`; of length 0 where there is none. */
static json before_bar(json *rest) {
  json field = { rest->at, 0 };
  for (size_t at = 0; at + 3 <= rest->length; ++at)
    if (!memcmp(rest->at + at, " | ", 3)) {
      field.length = at, rest->at += at + 3, rest->length -= at + 3;
      break;
    }
  return field;
}

static int is_day(json field) {
  static const char form[] = "0000-00-00";
  if (field.length != sizeof form - 1) return 0;
  for (size_t at = 0; at < field.length; ++at)
    if (form[at] == '0' ? field.at[at] < '0' || field.at[at] > '9' : field.at[at] != form[at]) return 0;
  return 1;
}

/* How many bytes the inside of a JSON string stands for: recoup escapes no character that takes more than one. */
static size_t bytes(json inside) {
  size_t count = 0;
  for (size_t at = 0; at < inside.length; ++count)
    at += inside.at[at] != '\\' ? 1 : inside.at[at + 1] == 'u' ? 6 : 2;
  return count;
}

static int32_t message(state *self, const recoup_host *host, json item, size_t number, json day, json outlet, json words) {
  json sidecar = get(item, "sidecar"), key = get(sidecar, "doc"), language = get(sidecar, "language");
  json otherwise = { self->language.bytes, self->language.length };
  text *to = &self->document;
  char part[160];
  say(to, "{\"doc\":"), add(to, key.at, key.length ? key.length - 1 : 0);
  snprintf(part, sizeof part, "-%zu\",\"outlet\":\"", number);
  say(to, part), add(to, outlet.at, outlet.length);
  say(to, "\",\"path\":"), copy(to, get(item, "origin"), "null");
  say(to, ",\"language\":"), copy(to, language.length ? language : otherwise, "null");
  say(to, ",\"published\":{\"date\":\""), add(to, day.at, day.length);
  say(to, "\",\"from\":\"metadata\"},\"text\":\""), add(to, words.at, words.length);
  size_t end = bytes(words);
  snprintf(part, sizeof part,
           "\",\"blocks\":[{\"span\":{\"start\":0,\"end\":%zu},\"kind\":\"paragraph\",\"sentences\":[{\"start\":0,\"end\":%zu}]}]}",
           end, end);
  say(to, part);
  return emit(host, to);
}

/* An item that is no log is left to the next stage: neither a document nor a report says so. */
static int32_t log_file(state *self, const recoup_host *host, json item) {
  json whole = get(item, "text"), key = get(get(item, "sidecar"), "doc");
  const char *at = whole.at + 1, *end = whole.at + whole.length - 1;
  for (size_t number = 1; whole.length && at < end; ++number) {
    json words = cut(&at, end), day = before_bar(&words), outlet = before_bar(&words);
    if (is_day(day) && outlet.length) {
      if (message(self, host, item, number, day, outlet, words)) return RECOUP_FAILED;
    } else if (number == 1) {
      return RECOUP_OK;
    } else if (words.length) {
      char part[160];
      text *said = &self->document;
      snprintf(part, sizeof part, "{\"level\":\"warning\",\"code\":\"@NAME@.line\",\"message\":\"line %zu is no message\"", number);
      say(said, part), say(said, ",\"document\":"), copy(said, key, "null");
      say(said, ",\"help\":\"write `2025-02-28 | Outlet | Words`\"}");
      recoup_bytes diagnostic = { (const uint8_t *)said->bytes, said->length };
      if (said->failed) return RECOUP_FAILED;
      host->report(host->ctx, diagnostic);
      said->length = 0;
    }
  }
  return RECOUP_OK;
}

static int32_t process(void *stage, const recoup_host *host, recoup_bytes items) {
  const char *line = (const char *)items.ptr, *end = line + items.len;
  for (const char *next; line < end; line = next + 1) {
    next = (const char *)memchr(line, '\n', (size_t)(end - line));
    json item = { line, (size_t)(next - line) };
    if (log_file((state *)stage, host, item)) return RECOUP_FAILED;
  }
  return RECOUP_OK;
}

static int32_t finish(void *stage, const recoup_host *host) {
  (void)stage, (void)host;
  return RECOUP_OK;
}

static void close_stage(void *stage) {
  state *self = (state *)stage;
  free(self->language.bytes), free(self->document.bytes), free(self);
}

static const recoup_stage_table table = {
  RECOUP_ABI, sizeof table,
  TEXT("{\"name\":\"@NAME@\",\"kind\":\"parse\",\"version\":\"0.1.0\",\"protocol\":\"" RECOUP_PROTOCOL "\",\"codecs\":[\"json\"],"
       "\"needs\":[],\"summary\":\"Reads a log, each of its lines as a document.\",\"options\":{\"type\":\"object\","
       "\"additionalProperties\":false,\"properties\":{\"language\":{\"type\":[\"string\",\"null\"],\"default\":null,"
       "\"description\":\"Language of the messages where no manifest gives it, such as `fr`.\"}}}}"),
  open_stage, process, finish, close_stage
};

const recoup_stage_table *recoup_plugin_v1(uint32_t index) { return index == 0 ? &table : NULL; }
