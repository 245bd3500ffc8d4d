"""A reconcile stage of recoup: a finding for each claim. Nothing is merged and nothing weighed."""

from recoup_plugin import serve, stage

OPTIONS = {"without_denials": (False, "Leaves out what is denied.")}
STATUS = {"denied": "denied", "unconfirmed": "unconfirmed"}


@stage("@NAME@", kind="reconcile", summary="Makes a finding of each claim, and merges nothing.", options=OPTIONS)
def @FUNCTION@(claims, options, context):
    # All claims of one group. A stage that compares them reads them all before it yields.
    for claim in claims:
        if not (options["without_denials"] and claim["stance"] == "denied"):
            yield finding(claim)


def finding(claim):
    quantity = claim.get("quantity") or {}
    bounds = {name: quantity.get(name) for name in ("low", "high")}
    approximate = quantity.get("approximate", False)
    position = {
        "id": claim["id"].replace("c_", "p_", 1),
        "origin": [source["id"] for source in claim.get("sources", [])],
        **bounds,
        "approximate": approximate,
        "stance": claim["stance"],
        "reported": claim.get("reported"),
        "grade": "F6",  # Neither the source nor what it says has been judged.
        "interested": False,
        "claims": [claim["id"]],
        "relayed_by": [claim["document"]],
    }
    return {
        "indicator": claim["indicator"],
        "subject": claim.get("subject"),
        "object": claim.get("object"),
        "unit": quantity.get("unit"),
        "measure": claim.get("measure"),
        "places": claim.get("places", []),
        "time": claim.get("time"),
        **bounds,
        "approximate": approximate,
        "derived": {},
        "estimates": {},
        "rule_sensitive": False,
        "status": STATUS.get(claim["stance"], "single-source"),
        "independent_origins": 1,
        "positions": [position],
    }


serve()
