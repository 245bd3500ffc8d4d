"""An extract stage of recoup: takes each figure that stands before a certain word, as in `30 drones`, for a claim."""

import re

from recoup_plugin import Failed, serve, span, stage

OPTIONS = {
    "word": ("drones", "The word behind the figure."),
    "indicator": ("munitions.launched", "What such a figure says."),
}
TEXT = ("heading", "paragraph", "list_item")  # Other blocks are subscription calls, credits and the like.


@stage("@NAME@", kind="extract", summary="Takes each figure before a certain word for a claim.", options=OPTIONS)
def @FUNCTION@(document, options, context):
    if not options["word"]:
        raise Failed("without a word every figure would be a claim", path="options.word")
    # `1,500 drones` is none: it takes more to read that.
    figure = re.compile(r"(?<![^\s])(?<![0-9]\s)([0-9]+) " + re.escape(options["word"]) + r"(?!\w)")
    text, published = document["text"], document.get("published")
    for block in document["blocks"]:
        if block["kind"] not in TEXT or block.get("repeats") is not None:
            continue
        # Spans count bytes, Python counts characters.
        start = len(text.encode()[: block["span"]["start"]].decode())
        end = len(text.encode()[: block["span"]["end"]].decode())
        for found in figure.finditer(text, start, end):
            number = int(found[1])
            yield {
                "doc": document["doc"],
                "document": document["id"],
                "span": span(text, *found.span()),
                "quote": found[0],
                "indicator": options["indicator"],
                "quantity": {"low": number, "high": number, "approximate": False, "item": options["word"]},
                "reported": published["date"] if published else None,
                "stance": "asserted",
                "rule": "@NAME@.word",
            }


serve()
