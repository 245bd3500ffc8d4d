"""Reads bundles back with stix2, the library of OASIS, as strictly as it can.

    python3 read_back.py BUNDLE OBJECTS [TLP]

BUNDLE is a file, OBJECTS how many objects it must hold, TLP the marking that every object but the markings must carry,
such as `amber`; without TLP no object may be marked. Ends with 0 and a line on what was read, else with an error.
"""

import json
import re
import sys

import stix2


def references(value, name=""):
    """Every id that an object refers to by a property such as `object_refs`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from references(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner, name)
    elif name.endswith(("_ref", "_refs")):
        yield value


def check(path, count, tlp):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    raw = json.loads(text)
    # What the standard does not know is refused here, and so is a predefined marking with other content.
    bundle = stix2.parse(text, allow_custom=False)
    assert bundle["type"] == "bundle", bundle["type"]
    assert len(bundle.objects) == count, f"{len(bundle.objects)} objects, not {count}"

    ids = [thing.id for thing in bundle.objects]
    assert len(set(ids)) == len(ids), "an id stands twice"
    for thing in raw["objects"]:
        for reference in references(thing):
            assert reference in ids, f"{thing['id']} refers to {reference}, which is not in the bundle"
        # What was read is what was written: no default was filled in, no value was read as another. The library writes
        # `published` without its milliseconds, which is the same instant.
        parsed = json.loads(stix2.parse(thing, allow_custom=False).serialize())
        if "published" in parsed:
            parsed["published"] = re.sub(r":(\d\d)Z$", r":\1.000Z", parsed["published"])
        assert parsed == thing, f"{thing['id']} reads as {parsed}"
        for key in {"created", "modified", "published"} & thing.keys():
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", thing[key]), thing[key]
        assert thing.get("modified", thing["created"]) >= thing["created"], thing["id"]

    marking = getattr(stix2, f"TLP_{tlp.upper()}") if tlp else None
    for thing in bundle.objects:
        if thing.type == "marking-definition":
            assert json.loads(thing.serialize()) == json.loads(serialized(marking)), thing.serialize()
        else:
            marked = list(thing.get("object_marking_refs", []))
            assert marked == ([marking.id] if marking else []), f"{thing.id} is marked {marked}"
    kinds = sorted({thing.type for thing in bundle.objects})
    print(f"{count} objects: {', '.join(kinds)}")


def serialized(marking):
    assert marking is not None and marking["spec_version"] == "2.1", "a marking that nobody asked for"
    return marking.serialize()


if __name__ == "__main__":
    check(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
