"""The author's side of a stage of recoup in Python: one file, no dependencies, Python 3.9 or later.

Put this file beside yours. A complete stage:

    from recoup_plugin import serve, stage

    @stage("lines", kind="report", summary="One line per finding.", options={"separator": (";", "Between fields.")})
    def lines(items, options, context):
        text = ""
        for item in items:
            if item["kind"] == "finding":
                finding = item["finding"]
                text += f"{finding['indicator']}{options['separator']}{finding.get('high')}\\n"
        yield {"file": "lines.txt", "text": text}

    serve()

- A function of kind report or reconcile is given the iterator of all items of one session, in order; what stands
  before its loop runs when the stage is opened. One of kind parse or extract is given one item at a time.
- It yields outputs: dicts, in JSON as below. What it yields for an item is used once it asks for the next one: after an
  exception nothing of that item is.
- options holds what the pipeline sets, on top of the defaults; the type of a default is the type of its option. A
  misspelt option is refused. context holds the theatre, the language of the report and more, see Context below.
- info, warn and error report something about an item and go on; error sets the item aside. raise Failed(...) where the
  stage cannot go on. Any other exception counts as a mistake of the stage; its traceback goes to stderr.
- print goes to stderr, which recoup keeps as a log: stdout belongs to the protocol.
- Same items, same output: no clock, no randomness, no order of a set. Ignore fields that you do not know.
- The function stays callable, for tests: list(lines(iter([...]), {"separator": ";"}, {})).

Written by `cargo xtask bindings` from crates/plugin/src/bindings/template.py.
"""

import difflib
import json
import os
import sys
import traceback

PROTOCOL = "@PROTOCOL@"
"""Version of the messages between host and stage."""

KINDS = (@KINDS@)
"""What kinds of stage there are."""

__all__ = ["KINDS", "PROTOCOL", "Failed", "error", "info", "serve", "span", "stage", "warn"]


class Failed(Exception):
    """The stage cannot go on.

    path is the option to blame, as in "options.separator"; help says what to do.
    """

    def __init__(self, message, path=None, help=None):
        super().__init__(message)
        self.path = path
        self.help = help


def stage(name, kind, summary, version="0.0.0", options=None, needs=()):
    """Marks the function that is the stage; a file has one.

    options: {name: (default, what it is for)}, or with a third member: more of the option's JSON Schema, such as
    {"enum": ["a", "b"]}. An option whose default is None takes any value.
    needs: features of recoup without which the stage cannot work.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no kind {kind!r}: use one of {', '.join(KINDS)}")

    def mark(function):
        _stages.append(_Stage(name, kind, summary, version, options or {}, list(needs), function))
        return function

    return mark


def info(message, **place):
    """Reports what is good to know; for what it takes, see warn."""
    _report("info", message, **place)


def warn(message, code=None, path=None, document=None, span=None, help=None):
    """Reports something that the stage can live with.

    code: stable and dotted, "lines.no_figure"; the name of the stage and the level where there is none.
    path: the option it is about, "options.separator". document: the id of the document it is about.
    span: bytes of the document's text, as a pair or as made by span(). help: what to do.
    """
    _report("warning", message, code, path, document, span, help)


def error(message, **place):
    """Reports that an item cannot be handled and is set aside; for what it takes, see warn."""
    _report("error", message, **place)


def span(text, start, end):
    """Bytes start to end, as spans count them, of what Python calls text[start:end]."""
    first = len(text[:start].encode())
    return {"start": first, "end": first + len(text[start:end].encode())}


def serve():
    """Serves the stage of this file to recoup, then ends the process: call it last."""
    if len(_stages) != 1:
        sys.exit(f"a file serves one stage, and {sys.argv[0]} has {len(_stages)}: mark one function with @stage(...)")
    if sys.stdin.isatty():
        sys.exit(f"{sys.argv[0]} is the stage `{_stages[0].name}` of recoup, which starts it where a pipeline names it")
    sys.exit(_Session(_stages[0]).run())


_stages = []
_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
_FRAMES = ("open", "item", "flush", "finish")


class _Leave(BaseException):
    """The session is over. No Exception, so that a stage that catches those does not swallow it.

    The message says what is wrong with the host; there is none where it has merely gone.
    """


class _Stage:
    def __init__(self, name, kind, summary, version, options, needs, function):
        self.name, self.kind, self.summary, self.version = name, kind, summary, version
        self.options, self.needs, self.function = options, needs, function

    def manifest(self):
        return {
            "name": self.name, "kind": self.kind, "version": self.version, "protocol": PROTOCOL, "codecs": ["json"],
            "needs": self.needs, "summary": self.summary, "options": self.schema(),
        }

    def schema(self):
        properties = {}
        for name, (default, description, *more) in self.options.items():
            expected = _TYPES.get(type(default))
            properties[name] = {"type": expected} if expected else {}
            properties[name].update(description=description, default=default)
            properties[name].update(*more)
        return {"type": "object", "additionalProperties": False, "properties": properties}

    def configured(self, given):
        """The options with their defaults. Raises Failed over one that is unknown or of another type."""
        options = {name: default for name, (default, *_) in self.options.items()}
        for name, value in given.items():
            path = f"options.{name}"
            if name not in options:
                raise Failed(f"unknown option `{name}`", path, self.advice(name))
            default = options[name]
            expected, found = _TYPES.get(type(default)), _TYPES.get(type(value))
            if expected and found != expected and (expected, found) != ("number", "integer"):
                article = "an" if expected[0] in "aeiou" else "a"
                raise Failed(f"expected {article} {expected}, not {json.dumps(value, ensure_ascii=False)}", path)
            options[name] = value
        return options

    def advice(self, name):
        near = difflib.get_close_matches(name, self.options, 1)
        known = ", ".join(f"`{name}`" for name in self.options)
        return "".join(f"did you mean `{n}`? " for n in near) + (f"options: {known}" if known else "there are no options")


class _Session:
    """One talk with the host. The items are pulled: whoever asks for the next one is done with the one before."""

    def __init__(self, stage):
        global _session
        _session = self
        self.stage = stage
        self.fed = False
        self.finished = False
        self.pending = _early
        self.input = os.fdopen(os.dup(0), "rb")
        self.output = os.fdopen(os.dup(1), "wb")
        # From here on nobody else reads or writes the wire, not even a program that the stage starts.
        nowhere = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nowhere, 0)
        os.close(nowhere)
        os.dup2(2, 1)
        sys.stdout.flush()
        sys.stdout = sys.stderr

    def run(self):
        """Gives the exit status."""
        try:
            self.send("hello", self.stage.manifest())
            options, context = self.opened()
            function = self.stage.function
            if self.stage.kind in ("reconcile", "report"):
                self.take(function(self.items(), options, context))
            else:
                for item in self.items():
                    self.take(function(item, options, context))
            for _ in self.items():
                pass
            self.settle()
            self.send("done", 1)
        except _Leave as why:
            return self.failed("plugin.failed", str(why)) if str(why) else 0
        except Failed as why:
            return self.failed("plugin.failed", str(why), path=why.path, help=why.help)
        except Exception as why:
            traceback.print_exc()
            return self.failed("plugin.panicked", ": ".join(filter(None, (type(why).__name__, str(why)))))
        return 0

    def opened(self):
        verb, settings = self.frame()
        if verb != "open":
            raise _Leave(f"the host sent `{verb}` before `open`")
        return self.stage.configured(settings.get("options") or {}), settings.get("context") or {}

    def items(self):
        while not self.finished:
            self.settle()
            verb, body = self.frame()
            if verb == "item":
                if not isinstance(body, dict):
                    raise Failed(f"an item is an object, and this is {type(body).__name__}")
                self.fed = True
                yield body
            elif verb == "flush":
                self.send("ok", body)
            elif verb == "finish":
                self.fed = self.finished = True
            else:
                raise _Leave(f"the host sent `{verb}` a second time")

    def frame(self):
        line = self.input.readline()
        if not line.endswith(b"\n"):
            raise _Leave
        try:
            frame = json.loads(line)
        except ValueError as why:
            raise _Leave(f"a line of the host is no JSON: {why}")
        names = list(frame) if isinstance(frame, dict) else []
        for verb in _FRAMES:
            if verb in names:
                return verb, frame[verb]
        what = f"unknown frame `{names[0]}`" if names else "a line of the host is no frame"
        raise _Leave(f"{what}: known are {', '.join(_FRAMES)}")

    def take(self, outputs):
        for output in outputs or ():
            if not isinstance(output, dict):
                raise TypeError(f"a stage yields dicts, not {type(output).__name__}")
            self.pending.append(("emit", _encoded("emit", output)))

    def settle(self):
        """Writes what the item in hand has led to, now that it is done with; outputs not before there was one."""
        early = []
        for verb, line in self.pending:
            if self.fed or verb == "report":
                self.write(line)
            else:
                early.append((verb, line))
        self.pending[:] = early

    def failed(self, code, message, **place):
        self.pending[:] = [(verb, line) for verb, line in self.pending if verb == "report"]
        try:
            _report("error", message, code, **place)
            self.settle()
            self.output.flush()
        except (_Leave, BrokenPipeError):
            self.abandon()
        return 1

    def send(self, verb, body):
        self.write(_encoded(verb, body))
        try:
            self.output.flush()
        except BrokenPipeError:
            self.abandon()
            raise _Leave from None

    def write(self, line):
        try:
            self.output.write(line)
        except BrokenPipeError:
            self.abandon()
            raise _Leave from None

    def abandon(self):
        """The host has gone: what is left to write goes nowhere, without a complaint at the end of the process."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.output.fileno())
        os.close(nowhere)


_session = None
_early = []


def _report(level, message, code=None, path=None, document=None, span=None, help=None):
    code = code or f"{_stages[0].name if _stages else 'stage'}.{level}"
    span = span if span is None or isinstance(span, dict) else dict(zip(("start", "end"), span))
    given = dict(level=level, code=code, message=str(message), path=path, document=document, span=span, help=help)
    given = {name: value for name, value in given.items() if value is not None}
    (_session.pending if _session else _early).append(("report", _encoded("report", given)))


def _encoded(verb, body):
    return json.dumps({verb: body}, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


__doc__ += """
@FIELDS@
"""
