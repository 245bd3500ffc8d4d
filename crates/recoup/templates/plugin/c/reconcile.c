@HEAD@@JSON@@IS@@EMIT@typedef struct { int without_denials; text finding; } state;

static int32_t open_stage(const recoup_host *host, recoup_bytes settings, void **stage) {
  json all = { (const char *)settings.ptr, settings.len };
  state *made = (state *)calloc(1, sizeof(state));
  (void)host;
  if (!made) return RECOUP_FAILED;
  made->without_denials = is(get(get(all, "options"), "without_denials"), "true");
  *stage = made;
  return RECOUP_OK;
}

/* A list of the ids of the sources. */
static void origins(text *to, json sources) {
  const char *at = sources.at + 1, *end = sources.at + sources.length;
  say(to, "[");
  for (const char *next; at < end && *at == '{'; at = next + 1) {
    next = skip(at, end);
    json source = { at, (size_t)(next - at) };
    if (at > sources.at + 1) say(to, ",");
    copy(to, get(source, "id"), "\"\"");
  }
  say(to, "]");
}

static void bounds(text *to, json quantity) {
  say(to, ",\"low\":"), copy(to, get(quantity, "low"), "null");
  say(to, ",\"high\":"), copy(to, get(quantity, "high"), "null");
  say(to, ",\"approximate\":"), copy(to, get(quantity, "approximate"), "false");
}

static int32_t finding(state *self, const recoup_host *host, json claim) {
  static const char *const fields[] = { "subject", "object", "measure", "time" };
  json quantity = get(claim, "quantity"), stance = get(claim, "stance"), id = get(claim, "id");
  int same = is(stance, "\"denied\"") || is(stance, "\"unconfirmed\"");
  const json none = { "", 0 };
  text *to = &self->finding;
  if (self->without_denials && is(stance, "\"denied\"")) return RECOUP_OK;
  say(to, "{\"indicator\":"), copy(to, get(claim, "indicator"), "\"\"");
  for (size_t index = 0; index < sizeof fields / sizeof *fields; ++index)
    say(to, ",\""), say(to, fields[index]), say(to, "\":"), copy(to, get(claim, fields[index]), "null");
  say(to, ",\"unit\":"), copy(to, get(quantity, "unit"), "null");
  say(to, ",\"places\":"), copy(to, get(claim, "places"), "[]");
  bounds(to, quantity);
  say(to, ",\"derived\":{},\"estimates\":{},\"rule_sensitive\":false,\"status\":");
  copy(to, same ? stance : none, "\"single-source\"");
  /* The id of a claim begins with c_, that of a position with p_. */
  say(to, ",\"independent_origins\":1,\"positions\":[{\"id\":\"p"), add(to, id.at + 2, id.length > 2 ? id.length - 2 : 0);
  say(to, ",\"origin\":"), origins(to, get(claim, "sources"));
  bounds(to, quantity);
  say(to, ",\"stance\":"), copy(to, stance, "null");
  say(to, ",\"reported\":"), copy(to, get(claim, "reported"), "null");
  /* F6: neither the source nor what it says has been judged. */
  say(to, ",\"grade\":\"F6\",\"interested\":false,\"claims\":["), copy(to, id, "");
  say(to, "],\"relayed_by\":["), copy(to, get(claim, "document"), "");
  say(to, "]}]}");
  return emit(host, to);
}

/* All claims are of one group. A stage that compares them keeps them, and emits in `finish`. */
static int32_t process(void *stage, const recoup_host *host, recoup_bytes items) {
  const char *line = (const char *)items.ptr, *end = line + items.len;
  for (const char *next; line < end; line = next + 1) {
    next = (const char *)memchr(line, '\n', (size_t)(end - line));
    json claim = { line, (size_t)(next - line) };
    if (finding((state *)stage, host, claim)) return RECOUP_FAILED;
  }
  return RECOUP_OK;
}

static int32_t finish(void *stage, const recoup_host *host) {
  (void)stage, (void)host;
  return RECOUP_OK;
}

static void close_stage(void *stage) {
  free(((state *)stage)->finding.bytes);
  free(stage);
}

static const recoup_stage_table table = {
  RECOUP_ABI, sizeof table,
  TEXT("{\"name\":\"@NAME@\",\"kind\":\"reconcile\",\"version\":\"0.1.0\",\"protocol\":\"" RECOUP_PROTOCOL "\",\"codecs\":[\"json\"],"
       "\"needs\":[],\"summary\":\"Makes a finding of each claim, and merges nothing.\",\"options\":{\"type\":\"object\","
       "\"additionalProperties\":false,\"properties\":{\"without_denials\":{\"type\":\"boolean\",\"default\":false,"
       "\"description\":\"Leaves out what is denied.\"}}}}"),
  open_stage, process, finish, close_stage
};

const recoup_stage_table *recoup_plugin_v1(uint32_t index) { return index == 0 ? &table : NULL; }
