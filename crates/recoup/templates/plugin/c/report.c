@HEAD@@JSON@@IS@typedef struct { unsigned long minimum_origins; text file; } state;

static int32_t open_stage(const recoup_host *host, recoup_bytes settings, void **stage) {
  json all = { (const char *)settings.ptr, settings.len };
  json minimum = get(get(all, "options"), "minimum_origins");
  state *made = (state *)calloc(1, sizeof(state));
  (void)host;
  if (!made) return RECOUP_FAILED;
  if (minimum.length) made->minimum_origins = strtoul(minimum.at, NULL, 10);
  say(&made->file, "{\"file\":\"@NAME@.csv\",\"text\":\"indicator;subject;low;high\\n");
  *stage = made;
  return RECOUP_OK;
}

/* The inside of a text, still in JSON, and a number without its `.0`. */
static void field(text *to, json value) {
  if (value.length && *value.at == '"') add(to, value.at + 1, value.length - 2);
  else if (value.length > 2 && !memcmp(value.at + value.length - 2, ".0", 2)) add(to, value.at, value.length - 2);
  else copy(to, value, "");
}

static int32_t process(void *stage, const recoup_host *host, recoup_bytes items) {
  static const char *const fields[] = { "indicator", "subject", "low", "high" };
  state *self = (state *)stage;
  const char *line = (const char *)items.ptr, *end = line + items.len;
  (void)host;
  for (const char *next; line < end; line = next + 1) {
    next = (const char *)memchr(line, '\n', (size_t)(end - line));
    json item = { line, (size_t)(next - line) }, finding = get(item, "finding");
    if (!is(get(item, "kind"), "\"finding\"")) continue;
    if (strtoul(get(finding, "independent_origins").at, NULL, 10) < self->minimum_origins) continue;
    for (size_t index = 0; index < sizeof fields / sizeof *fields; ++index) {
      if (index) say(&self->file, ";");
      field(&self->file, get(finding, fields[index]));
    }
    say(&self->file, "\\n");
  }
  return self->file.failed ? RECOUP_FAILED : RECOUP_OK;
}

@EMIT@static int32_t finish(void *stage, const recoup_host *host) {
  state *self = (state *)stage;
  say(&self->file, "\"}");
  return emit(host, &self->file);
}

static void close_stage(void *stage) {
  free(((state *)stage)->file.bytes);
  free(stage);
}

static const recoup_stage_table table = {
  RECOUP_ABI, sizeof table,
  TEXT("{\"name\":\"@NAME@\",\"kind\":\"report\",\"version\":\"0.1.0\",\"protocol\":\"" RECOUP_PROTOCOL "\",\"codecs\":[\"json\"],"
       "\"needs\":[],\"summary\":\"Writes a table with a line for each finding.\",\"options\":{\"type\":\"object\","
       "\"additionalProperties\":false,\"properties\":{\"minimum_origins\":{\"type\":\"integer\",\"minimum\":0,\"default\":0,"
       "\"description\":\"Leaves out what fewer independent origins say.\"}}}}"),
  open_stage, process, finish, close_stage
};

const recoup_stage_table *recoup_plugin_v1(uint32_t index) { return index == 0 ? &table : NULL; }
