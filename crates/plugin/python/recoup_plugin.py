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

PROTOCOL = "1.0"
"""Version of the messages between host and stage."""

KINDS = ("parse", "extract", "reconcile", "report")
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
Kinds of stage:

    parse     reads Item, yields Document
    extract   reads Document, yields Claim
    reconcile reads Claim, yields Finding
    report    reads ReportItem, yields File

Types in JSON. A field with `?` may be missing or null; a date is a string, "2025-02-28"; a span counts bytes.

Actor
    demonyms?: Demonyms  # Adjectives and nouns for its people
    id: string  # Slug of the usual English short name
    kind?: ActorKind  # What kind of actor
    metonyms?: list of string  # Capital, palace, regime: what stands for it as a speaker or sender
    name?: string  # English display name
    name_fr?: string  # French display name
    names?: list of string  # Nouns for it, in every language
    place?: string  # Id of its territory among the places
    side?: string  # The side it is on in this conflict; null for who takes no part

ActorKind = "state" | "armed-group" | "alliance" | "organisation"

AppliedRuling
    claims?: integer  # How many claims it touches; of a date of documents, their claims
    gone?: list of string  # The targets that are not there: the data has changed, or this run read other articles
    ruling: Ruling  # The ruling
    undone_by?: string  # The later ruling that undid it

ArchiveState
    articles: integer  # How many articles, every version counted
    sha256: string  # SHA-256 over the hashes of all of them, in the order of their names
    taken_in: string  # When the last of them was taken in: nothing later is known to the report

ArchivedDocument
    blocks?: list of Block  # Headings, paragraphs, boilerplate, in order and without overlap
    byline?: string  # Who wrote it, as printed
    doc: string  # Key in the manifest, else the stem of the file
    fetched?: string  # When its page was fetched, as whoever fetched it says
    id?: string  # d_ and a hash of outlet, address, date and text; see Document::seal
    language?: string  # ISO 639-1 code
    modified?: Published  # The day of its last change, where that is another than the day of publication
    outlet?: string  # Who printed it
    page?: PageMap  # Of a text that was taken from a page: where it stands there
    path?: string  # The file it was read from, as the user named it
    published?: Published  # The day of publication; a date that is nowhere stays unknown
    quality?: number  # How sure the parse stage is that it found the article, the whole and nothing else: from 0 to
            1
    read_at: string  # When it was read
    relays?: list of string  # Who passed the text on before this outlet printed it, by name, nearest first: a
            channel that forwards another's message prints what that one wrote
    taken_in: string  # When this version was taken in
    text: string  # The text in Unicode normal form C
    title?: string  # The headline, where it is told apart from the text
    url?: string  # Where it was found

Because = "edited" | "ruled" | "reread"

Block
    kind: BlockKind  # Its role
    repeats?: integer  # Index of the earlier block whose words it repeats
    sentences?: list of Span  # The sentences of the block, in order and without overlap
    span: Span  # The text of the block, without surrounding white space

BlockKind = "heading" | "paragraph" | "list_item" | "quote" | "caption" | "table_row" | "front_matter" | "subscribe"
        | "credit" | "related" | "author"

Change
    after?: Finding  # The finding as it is
    before?: Finding  # The finding as it was
    change: ChangeKind  # What kind of change
    coverage_only: boolean  # Whether only a source that was not read before makes the difference
    finding: string  # The finding's id, now or (withdrawn) then

ChangeKind = "new" | "raised" | "lowered" | "narrowed" | "superseded" | "withdrawn" | "status" | "silent" |
        "unchanged"

Claim
    civilian?: boolean  # Whether the people counted are civilians; null for mixed or unsaid
    doc: string  # The document's key: in the manifest, else the stem of its file
    document: string  # The document's id
    evidence?: dict of Evidence  # Span and rule of each slot that has words of its own
    id?: string  # c_ and a hash of document, span, indicator, figure, subject and sources; see Claim::seal
    indicator: string  # Dotted name from the pipeline's vocabulary, such as casualties.killed
    inherited?: list of string  # Slots that were carried over from elsewhere in the document
    measure?: Measure  # What kind of count the figure is; null where the text does not tell
    object?: string  # To, with or against whom
    part_of?: string  # Id of the claim that this one is a part of
    places?: list of PlaceRef  # Where, most specific first, never finer than the text
    quantity?: Quantity  # The figure as a bound; null where the text has none
    quote: string
    reported?: date  # When it was said: the date on the reporting verb, else the day of publication, else null
    rule: string  # The rule that made the claim
    sources?: list of SourceRef  # Who makes the claim; empty = the outlet itself
    span: Span
    stance: Stance  # Polarity and certainty, as worded
    subject?: string  # Whose people, equipment or ground: the slug of an actor, or several joined by +
    time?: Time  # When the event took place; not when it was said
    via?: list of SourceRef  # Who relays it

Context
    copies?: list of CopyGroup  # For reconcile: groups of near-identical texts among them
    documents?: list of DocumentHead  # For reconcile: the documents of the group's claims and every copy of them,
            without their texts
    report?: ReportContext  # What the report is to look like
    rulings?: GroupRulings  # For reconcile: what analysts decided about the group
    theatre?: Theatre  # Actors, places, sources with grades and owners, indicators: the base pack with the
            pipeline's theatre on top

CopyGroup
    documents: list of string  # Ids of the documents, first publisher first, undated ones last
    lag_days?: list of integer  # Days between the first and each following one; null where either is undated

Demonyms
    en?: list of string  # English: North Korean
    fr?: list of string  # French: nord-coréen, grec|grecque

Derived
    chain?: list of string  # Ids of the claims it follows from
    high?: number  # Upper bound
    low?: number  # Lower bound

Disagreement
    between: list of string  # Ids of the two positions
    class: DisagreementClass  # What kind of difference
    note: string  # One sentence in the language of the report
    within_document: boolean  # Whether both stand in one document

DisagreementClass = "definition" | "scope" | "place" | "period" | "date" | "stale" | "bound-compatible" | "hedge" |
        "headline" | "attribution" | "denial" | "genuine"

Document
    blocks?: list of Block  # Headings, paragraphs, boilerplate, in order and without overlap
    byline?: string  # Who wrote it, as printed
    doc: string  # Key in the manifest, else the stem of the file
    fetched?: string  # When its page was fetched, as whoever fetched it says
    id?: string  # d_ and a hash of outlet, address, date and text; see Document::seal
    language?: string  # ISO 639-1 code
    modified?: Published  # The day of its last change, where that is another than the day of publication
    outlet?: string  # Who printed it
    page?: PageMap  # Of a text that was taken from a page: where it stands there
    path?: string  # The file it was read from, as the user named it
    published?: Published  # The day of publication; a date that is nowhere stays unknown
    quality?: number  # How sure the parse stage is that it found the article, the whole and nothing else: from 0 to
            1
    relays?: list of string  # Who passed the text on before this outlet printed it, by name, nearest first: a
            channel that forwards another's message prints what that one wrote
    text: string  # The text in Unicode normal form C
    title?: string  # The headline, where it is told apart from the text
    url?: string  # Where it was found

DocumentHead
    doc: string
    id: string
    language?: string
    outlet?: string
    path?: string
    published?: Published
    relays?: list of string
    title?: string
    url?: string

Edit
    after: DocumentHead  # The document as it is
    before: DocumentHead  # The document as it was
    figures: list of EditedFigure  # The figures that differ
    taken_in: string  # When this one was taken in
    taken_in_before: string  # When the one before was taken in

EditedFigure
    after?: Claim  # What it says now
    before?: Claim  # What the article said

Erratum
    after?: Finding  # The finding as it is; null where nothing is left of it
    because: Because  # Why it stands no more
    before: Finding  # The finding as printed
    documents: list of DocumentHead  # The documents that carried what is gone
    printed: date  # Cut-off of the last report that printed it

Estimates
    conservative?: number  # The smallest value that all live positions with a lower bound allow
    freshest?: number  # The value of the position said last
    most_supported?: number  # The value with most independent origins; printed as best

Evidence
    end: integer
    rule: string  # What read them
    start: integer

File
    base64?: string
    file?: string  # Name below the output path; null where the path names the single file
    text?: string

Finding
    approximate: boolean  # Whether any bound is approximate
    best?: number  # The most supported value; may be null
    derived: Derived  # What follows from other scopes; printed beside, never instead
    disagreements?: list of Disagreement  # What differs between them
    estimates: Estimates  # The named rules side by side
    high?: number  # Greatest upper bound of the live positions
    id?: string  # f_ and a hash of indicator, subject, object, unit and one claim: see Finding::seal
    independent_origins: integer  # How many origins are known to be independent
    indicator: string  # The indicator of its claims
    likelihood?: Likelihood  # How probable it is on a scale of words, never stronger than its sources' own; null
            where nothing is stated
    lineage?: Lineage  # From which earlier findings it comes
    low?: number  # Smallest lower bound of the live positions; null where a bare ceiling lies below it
    measure?: Measure  # What kind of count
    object?: string  # To, with or against whom
    places?: list of PlaceRef  # Where
    positions: list of Position  # Every position, live and superseded
    rule_sensitive: boolean  # Whether the rules differ by more than the band
    status: Status  # What can be concluded
    subject?: string  # Whose people, equipment or ground
    time?: FindingTime  # The period that the positions cover
    unit?: string  # What is counted

FindingItem
    claims: list of Claim  # The claims of its positions
    documents: list of DocumentHead  # The documents of these claims
    finding: Finding  # The finding

FindingTime
    end?: date  # Last day, or null where open or unknown
    start?: date  # First day, or null where open or unknown

Grade = string

GroupRulings
    apart?: list of list of list of string  # Claims, by id, that answer two questions: none of the first with any
            of the second
    one_origin?: list of list of string  # Sources, by canonical id, that are one origin
    together?: list of list of string  # Claims, by id, that answer one question; of each set the first says what it
            is about

Hashed
    name: string  # Relative to the pipeline where it lies below it
    sha256: string  # SHA-256 in lower-case hexadecimal

Head
    claims: integer  # How many claims were found
    copies?: list of CopyGroup  # Groups of near-identical texts
    documents: integer  # How many documents were read
    dormant?: integer  # Findings that are not printed because nothing was heard of them for longer than the horizon
            of the pipeline
    language: string  # Language of the report: fr or en
    manifest: RunManifest  # Hashes of everything that went in
    method?: list of MethodStep  # How the figures were made, printed from the pipeline itself
    newest?: date  # The newest day of publication among the documents
    period: Period  # The days since which something counts as a change; its end is the cut-off
    pipeline: string  # Name of the pipeline
    previous?: date  # Cut-off of the report before, where one can be recomputed
    rulings?: list of AppliedRuling  # What analysts decided by the cut-off, in the order of the file
    undated: list of string  # Documents of which the day of publication is unknown; they are read in every period

Indicator
    id: string  # Dotted name
    name?: string  # English display name
    name_fr?: string  # French display name
    triggers?: dict of Triggers  # Words that trigger it, by language code
    unit?: string  # The unit that it counts; what counts another unit is refused

Item
    base64?: string
    media_type?: string  # Media type where one is known (text/plain, text/html)
    origin: string  # Where it was found: a path as the user named it, or an address
    sidecar: Sidecar  # What a manifest says of it, or the feed or archive that held it
    text?: string

Likelihood = "very-likely" | "likely" | "even-chance" | "unlikely" | "very-unlikely"

Lineage
    merged_from?: list of string  # Ids of findings that became this one
    split_from?: string  # Id of the finding that this one was split from

Measure = "stock" | "cumulative" | "increment"

MethodStep
    name: string  # Name of the built-in, the library or the command
    options: string  # Its options as given, in JSON
    stage: string  # parse, extract, reconcile or report
    summary: string  # One sentence on what it does
    version: string  # Version of what ran

PageMap = list of list of integer

PerLanguage_of_Array_size_2_of_double
    en?: dict of list of number  # English: "dozens" = 20, 99
    fr?: dict of list of number  # French: "des dizaines" = 20, 99

PerLanguage_of_double
    en?: dict of number  # English: "dozens" = 20, 99
    fr?: dict of number  # French: "des dizaines" = 20, 99

Period
    end: date  # Last day; the cut-off
    start: date  # First day

Place
    id: string  # Id: the country's ISO 3166 code, then a slug (ru-kursk)
    lat?: number  # Latitude in degrees
    lon?: number  # Longitude in degrees
    name?: string  # English display name
    name_fr?: string  # French display name
    names?: list of string  # Every spelling, in every language
    precision?: Precision  # How fine it is
    within?: string  # Id of the place that contains it

PlaceRef
    id?: string  # Id in the theatre's or the world's places
    lat?: number  # Latitude in degrees
    lon?: number  # Longitude in degrees
    name: string  # As written
    precision?: Precision  # How fine the place is

Position
    addition?: boolean  # Whether its figure comes on top of what its origin counted before ('three more'): it
            bounds nothing and rivals nobody
    approximate: boolean  # Whether the text says so
    claims: list of string  # Ids of the claims
    grade: Grade  # Admiralty grade
    high?: number  # Upper bound
    id: string  # p_ and a hash of its claims
    interested: boolean  # Whether the origin is a party that speaks of its own or its enemy's losses or gains
    low?: number  # Lower bound
    origin: list of string  # Who first made it, canonical ids; several where they speak together; empty = an
            unnamed outlet
    relayed_by: list of string  # Ids of the documents that carry it
    reported?: date  # When it was said
    stance: Stance  # As worded
    superseded_by?: string  # Id of the position that replaced it

Precision = "point" | "locality" | "district" | "region" | "country" | "theatre"

Published
    date: date  # The day
    from: PublishedFrom  # Where the day was found

PublishedFrom = "ruling" | "sidecar" | "metadata" | "json_ld" | "meta" | "microdata" | "feed" | "feed_link" |
        "time_element" | "dateline" | "address" | "file_name"

Quantity
    approximate: boolean  # Whether the text says 'about', 'nearly', or a vague plural
    high?: number
    item?: string  # What is counted, in the words of the text
    low?: number
    text?: string  # The words of the figure with its modifier
    unit?: string  # What is counted, from the list of the annotation guide (person, drone, km2 ...)

Reliability = "A" | "B" | "C" | "D" | "E" | "F"

ReportContext
    files?: dict of string  # The contents of the files that a report stage's options name (templates), by their
            name in the options
    language?: string  # fr or en

ReportItem with kind: "head", and the fields of Head
ReportItem with kind: "finding", and the fields of FindingItem
ReportItem with kind: "change", and the fields of Change
ReportItem with kind: "edit", and the fields of Edit
ReportItem with kind: "erratum", and the fields of Erratum
ReportItem with kind: "source", and the fields of SourceState
ReportItem with kind: "set_aside", and the fields of SetAside
ReportItem with kind: "document", and the fields of ArchivedDocument
ReportItem with kind: "claim", and the fields of Claim

Ruling
    accept?: list of string  # Claims that were checked against their source; takes back that they were rejected
    apart?: list of string  # Two targets whose claims answer two questions
    author: string  # Who decided
    because: string  # Why
    claims?: list of list of string  # For each target the claims that it stood for
    date: date  # The day on which it was decided
    depend?: list of string  # Sources that are one origin
    id?: string  # r_ and a hash of all else
    merge?: list of string  # Claims that answer one question
    reject?: list of string  # Claims or documents that do not count
    set_date?: list of string  # Documents of which the day of publication is set, or claims of which the event's
            time is
    set_place?: list of string  # Claims of which the place is set
    to?: string  # The time or place that is set
    undo?: list of string  # Earlier rulings that hold no more

RunManifest
    archive?: ArchiveState  # What the store held
    inputs?: list of Hashed  # Articles, by name; where there is a store, those taken in since the report before
    packs?: list of Hashed  # Files of the theatre and the base packs
    pipeline?: Hashed  # The pipeline's file
    plugins?: list of Hashed  # Shared libraries
    rulings?: Hashed  # The file of rulings, as far as they were decided by the cut-off
    version: string  # Version of recoup

SetAside
    code: string  # Stable code of the reason
    help?: string  # What to do
    origin: string  # Where it was found
    reason: string  # The reason, one sentence

Sidecar
    doc: string  # The document's key; the stem of the file where no manifest gives one
    fetched?: string  # When it was fetched from there
    language?: string  # ISO 639-1 code
    outlet?: string  # Who printed it
    published?: date  # Day of publication
    published_from?: PublishedFrom  # Where that day was found; in a manifest unless said
    title?: string  # The headline
    url?: string  # Where it was found on the web

Source
    actor?: string  # The actor whose body it is
    id: string  # Id
    kind?: SourceKind  # What kind of source
    name?: string  # The short name that a reader knows
    name_fr?: string  # The same in French
    names?: list of string  # The forms that stand in running text, in every language
    of?: string  # The source it belongs to: a person's service, a title's owner
    reliability?: Reliability  # Admiralty reliability; null where nobody has judged it
    side?: string  # The side from which it speaks

SourceKind = "government" | "military" | "intelligence" | "person" | "media" | "agency" | "ngo" | "igo" |
        "think-tank" | "expert" | "medical" | "local"

SourceRef
    cue?: string  # The words that attribute ('selon', 'a déclaré')
    id: string  # Canonical id: of the theatre or the world, else a slug of the name
    name: string  # Canonical name

SourceState
    id: string  # Canonical id
    in_period: integer  # Those of the period
    in_previous?: integer  # Those of the period before
    missing?: boolean  # Whether it was expected and is not heard this period: its rhythm would have it speak twice
            at least in as many days, or it spoke in each of the three periods before
    name: string  # Display name
    new?: boolean  # Whether it is first heard this period, and others were heard before
    newest?: date  # The newest day
    reliability: Reliability  # Admiralty reliability, F where nobody has judged it
    rhythm_days?: number  # How many days usually lie between the days on which it is heard: the median up to the
            cut-off; null where it was heard on fewer than three
    role: string  # Whether it prints (outlet) or is quoted (origin)
    total: integer  # Documents or claims up to the cut-off

Span
    end: integer
    start: integer

Stance = "asserted" | "hedged" | "denied" | "unconfirmed" | "planned"

Status = "superseded" | "denied" | "disputed" | "corroborated" | "unconfirmed" | "single-source"

Theatre
    actor?: list of Actor  # Who fights, sends, suffers
    collectives?: PerLanguage_of_double  # About how many a collective is, where not as many as the language pack
            says
    indicator?: list of Indicator  # Indicators that the program does not have built in
    place?: list of Place  # Where
    source?: list of Source  # Who says
    vague?: PerLanguage_of_Array_size_2_of_double  # What vague words stand for, where not for what the language
            pack says

Time
    edtf?: string
    end?: date
    start?: date
    text?: string  # The words of the text that were resolved

Triggers
    active?: list of string  # Verbs whose subject is the claim's subject
    nouns?: list of string  # Nouns
    passive?: list of string  # Verbs whose object, or passive subject, is the claim's subject
"""
