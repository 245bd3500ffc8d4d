"""A report stage in Python: a line for each finding, to be opened as a table."""

from recoup_plugin import Failed, serve, stage


@stage("lines", kind="report", summary="One line per finding.", options={"separator": (";", "Between fields.")})
def lines(items, options, context):
    if "\n" in options["separator"]:
        raise Failed("a separator with a line break would cut a line in two", path="options.separator")
    text = ""
    for item in items:
        if item["kind"] == "finding":
            finding = item["finding"]
            fields = (finding.get(name) for name in ("indicator", "subject", "low", "high", "status"))
            text += options["separator"].join("" if field is None else str(field) for field in fields) + "\n"
    yield {"file": "lines.csv", "text": text}


serve()
