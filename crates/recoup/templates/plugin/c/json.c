/* JSON as recoup writes it: without white space between its parts, and with no escapes in the names of fields. What is
   read here is a part of the line, still in JSON, so that it can be handed on as it stands. */
typedef struct { const char *at; size_t length; } json;

/* The end of the value that begins at `at`. */
static const char *skip(const char *at, const char *end) {
  int depth = 0, quoted = 0;
  for (; at < end; ++at) {
    if (quoted) {
      if (*at == '\\') ++at;
      else if (*at == '"') quoted = 0;
    } else if (*at == '"') quoted = 1;
    else if (*at == '{' || *at == '[') ++depth;
    else if ((*at == '}' || *at == ']') && depth-- == 0) break;
    else if (*at == ',' && depth == 0) break;
  }
  return at < end ? at : end;
}

/* A field of an object; of length 0 where it is missing or null. */
static json get(json object, const char *name) {
  const json none = { "", 0 };
  const char *at = object.at + 1, *end = object.at + object.length;
  size_t length = strlen(name);
  while (at < end && *at == '"') {
    const char *quote = (const char *)memchr(at + 1, '"', (size_t)(end - at - 1));
    const char *value = quote ? quote + 2 : end, *next = skip(value, end);
    json found = { value, (size_t)(next - value) };
    if (value < end && (size_t)(quote - at - 1) == length && !memcmp(at + 1, name, length))
      return found.length == 4 && !memcmp(value, "null", 4) ? none : found;
    at = next + 1;
  }
  return none;
}

/* Text that grows; `failed` where there was no memory for it. */
typedef struct { char *bytes; size_t length, room; int failed; } text;

static void add(text *to, const char *bytes, size_t length) {
  if (to->length + length > to->room) {
    size_t room = (to->length + length) * 2;
    char *grown = (char *)realloc(to->bytes, room);
    if (!grown) { to->failed = 1; return; }
    to->bytes = grown, to->room = room;
  }
  memcpy(to->bytes + to->length, bytes, length);
  to->length += length;
}

static void say(text *to, const char *words) { add(to, words, strlen(words)); }

/* The value as it stands, `otherwise` where there is none. */
static void copy(text *to, json value, const char *otherwise) {
  if (value.length) add(to, value.at, value.length); else say(to, otherwise);
}

