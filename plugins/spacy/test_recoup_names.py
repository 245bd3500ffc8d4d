"""python3 plugins/spacy/test_recoup_names.py: what is a name, and what is known, without spaCy."""

from __future__ import annotations

import re
import unittest
from typing import Any, Iterable, Iterator
from unittest import mock

import recoup_names
from recoup_names import Failed, Known, Options

THEATRE = {
    "actor": [
        {
            "id": "mali",
            "name": "Mali",
            "names": ["Mali", "République du Mali"],
            "metonyms": ["Bamako", "régime de Bamako"],
            "demonyms": {"fr": ["malien|malienne", "sahélien"], "en": ["Malian"]},
        },
        {"id": "north-korea", "name_fr": "Corée du Nord", "names": ["Corée du Nord", "case:RPDC"]},
    ],
    "place": [{"id": "ml-tessit", "name": "Tessit", "names": ["Tessit", "Tésit"]}, {"id": "arbinda"}],
    "source": [
        {"id": "sissoko", "kind": "person", "names": ["Sissoko"]},
        {"id": "kyrylo-budanov", "kind": "person", "names": ["Kyrylo Budanov"]},
        {"id": "un", "kind": "igo", "names": ["ONU", "Nations unies"]},
    ],
}
KNOWN = Known(THEATRE)


class Entity:
    def __init__(self, text: str, label: str, start: int) -> None:
        self.label_, self.start_char, self.end_char = label, start, start + len(text)


class Model:
    """Marks some words wherever they stand, as spaCy marks what it takes for names."""

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels

    def pipe(self, texts: Iterable[str]) -> Iterator[Any]:
        for text in texts:
            marked = mock.Mock()
            marked.ents = [
                Entity(words, label, found.start())
                for words, label in self.labels.items()
                for found in re.finditer(re.escape(words), text)
            ]
            marked.ents.sort(key=lambda entity: entity.start_char)
            yield marked


def document(*sentences: str, kind: str = "paragraph", language: str = "fr") -> dict[str, Any]:
    text = " ".join(sentences)
    spans, at = [], 0
    for sentence in sentences:
        spans.append({"start": at, "end": at + len(sentence.encode())})
        at = spans[-1]["end"] + 1
    block = {"span": {"start": 0, "end": len(text.encode())}, "kind": kind, "repeats": None, "sentences": spans}
    return {"doc": "article", "language": language, "text": text, "blocks": [block]}


def reported(article: dict[str, Any], labels: dict[str, str], **options: Any) -> list[dict[str, Any]]:
    wanted = Options.checked({"kinds": ["PER", "LOC", "ORG"], "minimum": 1, "language": "fr", **options})
    with mock.patch.object(recoup_names, "warn") as warn:
        recoup_names.report(article, wanted, KNOWN, Model(labels))
    return [{"message": call.args[0], **call.kwargs} for call in warn.call_args_list]


def texts(article: dict[str, Any], labels: dict[str, str], **options: Any) -> list[str]:
    return [said["message"].split(" (")[0] for said in reported(article, labels, **options)]


class Folding(unittest.TestCase):
    def test_as_recoup_folds(self) -> None:
        self.assertEqual(recoup_names.words("L’Armée nord-coréenne"), ("l", "armee", "nord", "coreenne"))
        self.assertEqual(recoup_names.slug("Côte d’Ivoire"), "cote-d-ivoire")
        self.assertEqual(recoup_names.slug("Łódź, Œuvre"), "lodz-oeuvre")

    def test_dots_of_acronyms_are_none(self) -> None:
        self.assertEqual(recoup_names.words("O.N.U."), ("onu",))


class Knowing(unittest.TestCase):
    def known(self, *names: str, kind: str = "ORG") -> None:
        for name in names:
            self.assertTrue(KNOWN.has(name, kind), name)

    def unknown(self, *names: str, kind: str = "ORG") -> None:
        for name in names:
            self.assertFalse(KNOWN.has(name, kind), name)

    def test_names_metonyms_and_spellings(self) -> None:
        self.known("Mali", "BAMAKO", "Tesit", "Tésit", "O.N.U.", "Nations Unies", "Corée du Nord")

    def test_demonyms_in_every_form(self) -> None:
        self.known("Maliens", "Malienne", "Maliennes", "Sahélienne", "Sahéliens", "Malians")

    def test_an_exact_spelling_is_known_in_that_spelling(self) -> None:
        self.known("RPDC")
        self.unknown("Rpdc")

    def test_words_in_small_letters_add_nothing(self) -> None:
        self.known("région de Tessit", "armée de Corée du Nord")
        self.unknown("Université de Bamako", "Front du Mali", "")

    def test_a_first_name_or_its_lack_makes_no_other_person(self) -> None:
        self.known("Amadou Sissoko", "Budanov", kind="PER")
        self.unknown("Amadou Sissoko", "Budanov", kind="ORG")
        self.unknown("Sissoko Traoré", "Kyrylo", kind="PER")


class Names(unittest.TestCase):
    def test_known_names_are_not_reported(self) -> None:
        article = document("Le Mali et Tessit, selon les Maliens.")
        self.assertEqual(texts(article, {"Mali": "LOC", "Tessit": "LOC", "Maliens": "LOC"}), [])

    def test_once_a_document_sorted_with_the_span_of_the_first(self) -> None:
        article = document("Près de Zorgho, à Ébola-Ville.", "Puis à Zorgho.")
        said = reported(article, {"Zorgho": "LOC", "Ébola-Ville": "LOC"})
        self.assertEqual(
            [(s["message"].split(" is")[0], s["document"]) for s in said],
            [("Ébola-Ville (place, once)", "article"), ("Zorgho (place, 2 times)", "article")],
        )
        text = article["text"].encode()
        spans = [text[s["span"]["start"] : s["span"]["end"]].decode() for s in said]
        self.assertEqual(spans, ["Ébola-Ville", "Zorgho"])
        self.assertEqual(said[1]["span"]["start"], len("Près de ".encode()))

    def test_articles_and_titles_are_no_part_of_a_name(self) -> None:
        article = document("L’Agence Zorg écrit à M. Dupont, de La Haye.")
        labels = {"L’Agence Zorg": "ORG", "M. Dupont": "PER", "de La Haye": "LOC"}
        self.assertEqual(texts(article, labels), ["Agence Zorg", "Dupont", "La Haye"])

    def test_what_only_opens_sentences_has_its_capital_from_there(self) -> None:
        article = document("Selon lui, rien.", "« Aucun mort ».", "Zorgho brûle.", "À Zorgho, rien.")
        self.assertEqual(texts(article, {"Selon": "LOC", "Aucun": "PER", "Zorgho": "LOC"}), ["Zorgho"])

    def test_a_piece_of_a_known_name_is_no_other(self) -> None:
        self.assertEqual(texts(document("Les soldats de Corée du Nord."), {"Nord": "LOC"}), [])

    def test_a_word_cut_at_its_hyphen_is_made_whole(self) -> None:
        self.assertEqual(texts(document("Il voit Pak Jong-un."), {"Pak Jong": "PER"}), ["Pak Jong-un"])

    def test_common_words_and_debris_are_none(self) -> None:
        article = document("Au nom de l’État, il tweete @Zorg (Zorg) le 12 Mai et X dit 42.")
        labels = {"État": "LOC", "@Zorg (Zorg)": "ORG", "Mai": "LOC", "X": "PER", "42": "ORG", "tweete": "LOC"}
        self.assertEqual(texts(article, labels), [])

    def test_a_surname_alone_is_one_with_the_person(self) -> None:
        article = document("On a vu Awa Traoré hier.", "Hier, Traoré, lui, riait.")
        (said,) = reported(article, {"Awa Traoré": "PER", "Traoré,": "LOC"})
        self.assertIn("Awa Traoré (person, 2 times)", said["message"])
        self.assertIn('names = ["Awa Traoré", "Traoré"]', said["help"])

    def test_two_of_one_surname_do_not_take_it(self) -> None:
        article = document("On a vu Awa Traoré et Issa Traoré avec Traoré.")
        labels = {"Awa Traoré": "PER", "Issa Traoré": "PER", "Traoré.": "PER"}
        self.assertEqual(texts(article, labels), ["Awa Traoré", "Issa Traoré", "Traoré"])

    def test_boilerplate_and_other_labels_are_not_read(self) -> None:
        self.assertEqual(texts(document("Abonnez-vous à Zorg.", kind="subscribe"), {"Zorg": "ORG"}), [])
        self.assertEqual(texts(document("Il lit Zorg."), {"Zorg": "MISC"}), [])
        self.assertEqual(texts(document("COMBATS À ZORGHO"), {"ZORGHO": "LOC"}), [])

    def test_options(self) -> None:
        article = document("À Zorgho, et de Zorgho, a dit Awa Traoré.")
        labels = {"Zorgho": "LOC", "Awa Traoré": "PER"}
        self.assertEqual(texts(article, labels, kinds=["PER"]), ["Awa Traoré"])
        self.assertEqual(texts(article, labels, minimum=2), ["Zorgho"])
        for wrong in ({"kinds": ["PERS"]}, {"minimum": 0}, {"language": "en"}):
            with self.assertRaises(Failed) as failed:
                reported(article, labels, **wrong)
            self.assertEqual(failed.exception.path, f"options.{next(iter(wrong))}")


class Entries(unittest.TestCase):
    def entry(self, name: str, label: str) -> str:
        (said,) = reported(document(f"On parle de {name}."), {name: label})
        return said["help"]

    def test_each_kind_has_its_table(self) -> None:
        self.assertEqual(
            self.entry("Awa Traoré", "PER"),
            '[[source]]\nid = "awa-traore"\nname = "Awa Traoré"\nkind = "person"\nnames = ["Awa Traoré"]',
        )
        self.assertEqual(
            self.entry("Zorgho", "LOC"),
            '[[place]]\nid = "zorgho"\nname = "Zorgho"\nprecision = "locality"  # a guess\nnames = ["Zorgho"]',
        )
        self.assertIn('[[actor]]\nid = "ligue-zorg"\n', self.entry("Ligue Zorg", "ORG"))

    def test_an_id_of_the_theatre_is_not_given_twice(self) -> None:
        self.assertIn('id = "arbinda-2"', self.entry("Arbinda", "LOC"))

    def test_a_name_cannot_leave_its_string(self) -> None:
        self.assertEqual(recoup_names.quoted('a"\\\n b\x7f'), '"a\\"\\\\ b\\u007f"')


class Stage(unittest.TestCase):
    def test_other_languages_and_a_python_without_the_model_are_left_alone(self) -> None:
        options = {"kinds": ["LOC"], "minimum": 1, "language": "fr"}
        for article, lack in ((document("In Zorgho.", language="en"), None), (document("À Zorgho."), "has no spaCy")):
            with mock.patch.object(recoup_names, "lack", return_value=lack), mock.patch.object(
                recoup_names, "model", side_effect=AssertionError("loaded")
            ):
                self.assertEqual(list(recoup_names.unknown_names(article, options, {})), [])

    def test_the_remedy_is_a_command(self) -> None:
        with mock.patch.object(recoup_names, "warn") as warn:
            recoup_names.skip("has no spaCy")
        self.assertRegex(warn.call_args.kwargs["help"], r"-m pip install --require-hashes -r .*requirements\.txt$")


if __name__ == "__main__":
    unittest.main()
