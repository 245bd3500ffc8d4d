/* Whether the value is this, in JSON. */
static int is(json value, const char *expected) {
  return value.length == strlen(expected) && !memcmp(value.at, expected, value.length);
}

