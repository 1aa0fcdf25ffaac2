from __future__ import annotations

import gc
import io
import json
from functools import partial
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.json import decode, encode

from kg.errors import KgError, ModelError, PaperFormatError
from kg.extract import extract, extract_parallel, load, parallel, version_of
from kg.extract.batches import Extractor
from kg.extract.extraction import to_extraction
from kg.extract.jsonl import read_predictions, write_predictions, writing
from kg.types import Extraction, Paper, allowed
from tests.building.fake import Fake
from tests.corpus import FIVE

PAPERS = [one.paper for one in FIVE]
HOSTILE = [
    "",
    "x",
    "\n",
    "a" * 20_000,
    "BERT-" * 5_000,
    "We use BERT on GLUE. " * 600,
    r"$\alpha_{i}^{2}$ \textbf{\cite{x}} {\SST}",
    "שלום עולם (שע) BERT",
    "😀 " * 200,
    "\0\0 BERT \0",
    "(" * 500 + ")" * 500,
    "[email protected] band- width caf\u00c3\u00a9 \u200bBERT\u200b",
    " \t\r\n \u00a0\u2028 ",
]


def holds(found: Extraction, paper: Paper) -> None:
    """Check all that an extraction promises."""
    text, types = paper.text, {entity.key: entity.type for entity in found.entities}
    last = 0
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.surface != ""
        assert last <= mention.start
        last = mention.end
        assert types[mention.entity] == mention.type
        assert 0 <= mention.confidence <= 1
    for relation in found.relations:
        assert relation.head != relation.tail
        assert allowed(types[relation.head], relation.relation, types[relation.tail])
        assert 0 <= relation.confidence <= 1
    for result in found.results:
        assert types[result.metric] == "Metric"
        assert result.value in text
    spans = [span for r in found.relations for span in r.evidence] + [
        span for r in found.results for span in r.evidence
    ]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_what_is_promised_holds_on_real_prose() -> None:
    for paper, found in zip(PAPERS, extract(PAPERS), strict=True):
        assert found.paper == paper.id
        holds(found, paper)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text(text: str) -> None:
    for paper in (Paper("p", text, "We propose BERT."), Paper("p", "A title", text)):
        (found,) = extract([paper])
        holds(found, paper)


@given(st.text(max_size=300))
@settings(max_examples=50, deadline=None)
def test_any_text(text: str) -> None:
    paper = Paper("p", "BERT: a model", text)
    (found,) = extract([paper])
    holds(found, paper)


def test_it_is_plain_spacy(tmp_path: Path) -> None:
    nlp = load()
    doc = nlp(PAPERS[0].text)
    assert doc.ents
    assert doc.spans["kg"]
    nlp.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")(PAPERS[0].text)
    assert [(e.text, e.label_) for e in again.ents] == [(e.text, e.label_) for e in doc.ents]


def test_batches_do_not_matter() -> None:
    alone = [next(iter(extract([paper]))) for paper in PAPERS]
    assert list(extract(PAPERS)) == alone


@pytest.fixture(scope="module")
def alone() -> dict[str, bytes]:
    """What is read in each text when it is read by itself."""
    papers = [*PAPERS, *(Paper(f"hostile {n}", "A title", text[:4000]) for n, text in enumerate(HOSTILE))]
    return {encode(paper).decode(): encode(list(extract([paper]))) for paper in papers}


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_neighbours_never_change_a_byte(alone: dict[str, bytes], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(sorted(alone)), max_size=12))
    found = extract([decode(line, type=Paper) for line in chosen])
    assert [encode([read]) for read in found] == [alone[line] for line in chosen]


def test_a_doc_says_what_a_page_says() -> None:
    nlp = load()
    papers = [*PAPERS, *(Paper("p", "We use BERT", text[:4000]) for text in HOSTILE)]
    found = list(extract(papers))
    assert [to_extraction(nlp(paper.text), paper.id, version_of("fast")) for paper in papers] == found
    piped = nlp.pipe([paper.text for paper in papers], batch_size=3)
    assert [to_extraction(doc, read.paper, read.extractor) for doc, read in zip(piped, found, strict=True)] == found


def test_reading_collects_no_garbage_for_others() -> None:
    next(iter(extract(PAPERS)))
    assert gc.isenabled()


def test_workers_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "Extractor", partial(Extractor, batch=2))
    assert list(extract_parallel(PAPERS, jobs=2)) == list(extract(PAPERS))


def test_a_megabyte_without_a_space() -> None:
    doc = load()("We use BERT\n" + "a" * 900_000)
    assert [entity.text for entity in doc.ents] == ["BERT"]


def test_it_can_join_another_pipeline() -> None:
    """Behind spaCy's own tokenizer, in somebody else's pipeline."""
    nlp = spacy.blank("en")
    for name in ("sentences", "encoder", "mentions", "identity", "links", "relations", "results"):
        nlp.add_pipe(f"kg_{name}")
    assert {"LeafNet", "PlantVillage"} <= {entity.text for entity in nlp(PAPERS[0].text).ents}


def test_no_such_model() -> None:
    with pytest.raises(ModelError, match="fast"):
        load("nonsense")


def test_lines_there_and_back(tmp_path: Path) -> None:
    read = [one.extraction for one in FIVE]
    with writing(str(tmp_path / "out.jsonl")) as stream:
        assert write_predictions(read, stream) == len(read)
    assert list(read_predictions(tmp_path / "out.jsonl")) == read


def test_a_file_appears_only_whole(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(str(tmp_path / "out.jsonl")) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KgError, match="cannot be written"), writing(str(tmp_path / "no" / "out")):
        pass


@pytest.mark.parametrize("line", ["no json", "[]", '{"no": "id"}', '{"id": "a", "relations": [["a", "likes", "b"]]}'])
def test_broken_lines_are_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "a"}\n' + line + "\n")
    with pytest.raises(PaperFormatError, match="line 2"):
        list(read_predictions(path))


def test_predictions_have_the_form_of_the_guidelines() -> None:
    stream = io.BytesIO()
    write_predictions([FIVE[0].extraction], stream)
    line = json.loads(stream.getvalue())
    assert ["leafnet", "usedFor", "pdc"] in line["relations"]
    assert len(line["relations"]) == len(line["relation_evidence"])
    assert line["mentions"][0].keys() >= {"start", "end", "type", "entity"}


def test_papers_that_cannot_be_read_are_handed_over_and_the_others_keep_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    papers = [Paper(f"p{n}", f"Paper {n}", "This RAISES." if n in {1, 4} else "Netrix is new.") for n in range(6)]
    monkeypatch.setattr(parallel, "Extractor", lambda *_: Fake())
    lost: list[str] = []
    found = extract_parallel(papers, on_failure=lambda paper, _: lost.append(paper.id))
    assert [read.paper for read in found] == ["p0", "p2", "p3", "p5"]
    assert lost == ["p1", "p4"]
