"""A report stage of recoup: a table with a line for each finding."""
from recoup_plugin import serve, stage


@stage("@NAME@", "report", "A line for each finding.", options={"minimum_origins": (0, "Independent origins to ask for.")})
def @FUNCTION@(items, options, context):
    text = "indicator;subject;low;high\n"
    for item in items:
        if item["kind"] == "finding" and item["finding"]["independent_origins"] >= options["minimum_origins"]:
            fields = [item["finding"].get(name) for name in ("indicator", "subject", "low", "high")]
            text += ";".join("" if field is None else str(field).removesuffix(".0") for field in fields) + "\n"
    yield {"file": "@NAME@.csv", "text": text}


serve()
