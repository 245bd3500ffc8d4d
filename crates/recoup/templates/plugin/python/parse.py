"""A parse stage of recoup: reads a log with a message a line, `2025-02-28 | Outlet | Words`, each as a document."""

import re

from recoup_plugin import serve, stage, warn

OPTIONS = {"language": (None, "Language of the messages where no manifest gives it, such as \"fr\".", {"type": ["string", "null"]})}
MESSAGE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) \| (.*?) \| (.*)")


@stage("@NAME@", kind="parse", summary="Reads a log, each of its lines as a document.", options=OPTIONS)
def @FUNCTION@(item, options, context):
    # What is no log is left to the next stage: neither a document nor a report says so.
    lines = item.get("text", "").splitlines()
    if not lines or not MESSAGE.fullmatch(lines[0]):
        return
    sidecar = item["sidecar"]
    for number, line in enumerate(lines, 1):
        message = MESSAGE.fullmatch(line)
        if message:
            day, outlet, words = message.groups()
            whole = {"start": 0, "end": len(words.encode())}
            yield {
                "doc": f"{sidecar['doc']}-{number}",
                "outlet": outlet,
                "path": item["origin"],
                "language": sidecar.get("language") or options["language"],
                "published": {"date": day, "from": "metadata"},
                "text": words,
                "blocks": [{"span": whole, "kind": "paragraph", "sentences": [whole]}],
            }
        elif line.strip():
            message = f"line {number} is no message"
            warn(message, "@NAME@.line", document=sidecar["doc"], help="write `2025-02-28 | Outlet | Words`")


serve()
