"""Runs the stage as recoup does, on the items of items.jsonl, and compares what it says with expected.jsonl.

    python3 @TEST@              compares
    python3 @TEST@ --accept     writes what it says into expected.jsonl: look at it before you keep it
"""

import json
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
OPTIONS = {}


def session(options):
    """What the stage emits and reports, a JSON object each."""
    items = [json.loads(line) for line in (HERE / "items.jsonl").read_text("utf-8").splitlines()]
    frames = [{"open": {"options": options}}, *({"item": item} for item in items), {"finish": 1}]
    lines = "".join(json.dumps(frame) + "\n" for frame in frames)
    stage = subprocess.run([sys.executable, HERE / "@FILE@"], input=lines.encode(), stdout=subprocess.PIPE)
    said = [json.loads(line) for line in stage.stdout.decode().splitlines()]
    return [frame for frame in said if "emit" in frame or "report" in frame]


class Stage(unittest.TestCase):
    maxDiff = None

    def test_what_it_makes_of_the_items(self):
        expected = (HERE / "expected.jsonl").read_text("utf-8").splitlines()
        self.assertEqual([json.loads(line) for line in expected], session(OPTIONS))

    def test_a_misspelt_option_is_refused(self):
        self.assertIn("unknown option `mispelt`", session({"mispelt": 1})[-1]["report"]["message"])


if __name__ == "__main__":
    if sys.argv[1:] == ["--accept"]:
        lines = (json.dumps(frame, ensure_ascii=False, separators=(",", ":")) + "\n" for frame in session(OPTIONS))
        (HERE / "expected.jsonl").write_text("".join(lines), "utf-8")
    else:
        unittest.main()
