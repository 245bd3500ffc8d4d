#!/bin/sh
# Builds the library, runs it as recoup does, on the items of items.jsonl, and compares what it says with expected.jsonl.
# `sh test.sh --accept` writes what it says into expected.jsonl: look at it before you keep it.
set -eu
cd "$(dirname "$0")"
${CC:-cc} -std=c99 -Wall -Wextra -O2 -shared -fPIC @FILE@ -o @LIBRARY@

session() {
    printf '{"open":{"options":{}}}\n'
    sed 's/.*/{"item":&}/' items.jsonl
    printf '{"finish":1}\n'
}

said=$(session | "${RECOUP:-recoup}" plugin-host ./@LIBRARY@)
said=$(printf '%s\n' "$said" | grep -E '^\{"(emit|report)"')
if [ "${1:-}" = --accept ]; then
    printf '%s\n' "$said" >expected.jsonl
elif printf '%s\n' "$said" | diff -u expected.jsonl -; then
    echo 'As expected.'
else
    echo 'Where this is right, keep it: sh test.sh --accept' >&2
    exit 1
fi
