"""Training of what comes after the network: lexicons, and the judges of candidates, pairs and proposals.

The judges learn from abstracts that the network had not seen: the fold that the fine-tuning of the named predictions
(``.npz`` of :mod:`kg.train.finetune`) held out, and ``fresh`` annotations
that a network read before it was trained on them.  Pairs need no network and learn from all gold.
"""

from __future__ import annotations

import gzip
import json
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.extract import judge, pairs, proposals
from kg.extract.candidates import TYPES, Candidate, Floats, Place, find
from kg.extract.judge import Found
from kg.extract.lexicon import Lexicon, count, key
from kg.extract.network import Network
from kg.train.corpora import Document, gold
from kg.train.decode import best_tags, spans
from kg.train.smallnets import fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.encoding import Encoding

Row = tuple[list[float], int]  # evidence, and whether it is right
LONGEST = 6  # words of a string in a lexicon


def strings(text: str, encoding: Encoding, names: set[str]) -> set[str]:
    """Which of *names* stand in *text* between word borders."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return set()
    places = [p for p in encoding(text).places if p[0] >= 0]
    found = (key(lowered[a:b]) for i, (a, _) in enumerate(places) for _, b in places[i : i + LONGEST])
    return names.intersection(found)


def gold_lexicon(documents: Sequence[Document], encoding: Encoding) -> Lexicon:
    """What annotators call strings."""
    entities = [{(key(d.text[a:b]), TYPES.index(t)) for a, b, t, _ in d.spans} for d in documents]
    names = {name for found in entities for name, _ in found}
    rows = ((found, strings(d.text, encoding, names)) for found, d in zip(entities, documents, strict=True))
    return count(rows, len(TYPES), 1)


def silver_lexicon(texts: Sequence[str], network: Network, *, least: int = 5) -> Lexicon:
    """What *network* calls strings in unlabelled *texts*; strings of fewer than *least* texts are left out."""
    entities: list[set[tuple[str, int]]] = []
    for text in texts:
        reading = network.read(text)
        places = reading.encoded.places
        scores = np.log(reading.tags + 1e-6)
        scores[[word for word, (begin, _) in enumerate(places) if begin < 0], 1:] = -50
        found = spans(best_tags(scores[None])[0])
        entities.append({(key(text[places[a][0] : places[b - 1][1]]), kind) for a, b, kind in found})
    seen: dict[str, int] = {}
    for entity in entities:
        for name, _ in entity:
            seen[name] = seen.get(name, 0) + 1
    names = {name for name, times in seen.items() if times >= least}
    rows = ((e, strings(t, network.encoding, names)) for e, t in zip(entities, texts, strict=True))
    return count(rows, len(TYPES), least)


def held_out(stems: Sequence[str], documents: list[Document]) -> Iterator[tuple[Document, Floats, Floats]]:
    """Each held-out document with the tags and proposals that each network predicted for it."""
    for stem in stems:
        with np.load(stem) as file:
            ends = np.cumsum(file["lengths"])[:-1]
            tags, proposed = (np.split(file[n].astype(np.float32), ends) for n in ("tags", "proposed"))
        yield from zip(documents, tags, proposed, strict=True)


def candidate_rows(document: Document, places: list[Place], tags: Floats, lexicons: list[Lexicon]) -> Iterator[Row]:
    """Evidence of each candidate of *document*, and whether it is right."""
    right = {document.text[a:b]: kind for a, b, kind, _ in reversed(document.spans)}

    def is_right(candidate: Candidate) -> int:
        return int(right.get(candidate.surface) == TYPES[candidate.type])

    for candidate in find(document.text, places, tags):
        yield judge.evidence(candidate, document.text, places, lexicons), is_right(candidate)


def proposal_rows(document: Document, places: list[Place], proposed: Floats, lexicons: list[Lexicon]) -> Iterator[Row]:
    """Evidence of each gold entity of *document*, and whether it is proposed."""
    starts = {start: word for word, (start, _) in enumerate(places) if start >= 0}
    ends = {end: word + 1 for word, (_, end) in enumerate(places) if end > 0}
    entities: dict[str, list[Found]] = {}
    for a, b, kind, name in document.spans:
        if a in starts and b in ends:
            entities.setdefault(name, []).append(Found(starts[a], ends[b], a, b, TYPES.index(kind), 1.0))
    rows = proposals.evidence(document.text, list(entities.values()), proposed, lexicons)
    yield from zip(rows, (int(name in document.proposed) for name in entities), strict=True)


def pair_rows(document: Document) -> Iterator[Row]:
    """Evidence of each likely pair of strings of *document*, and whether they name one entity."""
    surfaces = {document.text[a:b]: (kind, name) for a, b, kind, name in reversed(document.spans)}
    for one, other in combinations(surfaces, 2):
        if surfaces[one][0] == surfaces[other][0] and pairs.may_match(one, other):
            yield pairs.evidence(document.text, one, other), int(surfaces[one][1] == surfaces[other][1])


def _fit(rows: Sequence[Row], path: Path, **options: float) -> None:
    fit(np.array([r for r, _ in rows], np.float32), [y for _, y in rows], **options).save(path)  # type: ignore[arg-type]


def run(table: dict[str, Any]) -> None:
    """Fill the folder of a model, which already holds its network and vocabulary."""
    out = Path(table["out"])
    documents = [d for p in table["gold"] for d in gold(Path(p))]
    fold = gold(Path(table["gold"][0]))
    held = [d for i, d in enumerate(fold) if i % table["every"] == table["held"]]
    network = Network(out / "network.onnx", out / "vocabulary.txt")
    encoding = network.encoding
    if "lexicon" in table:
        silver = Lexicon.read(Path(table["lexicon"]))
    else:
        with gzip.open(table["texts"], "rt", encoding="utf8") as lines:
            texts = [f"{r['title']}\n{r['abstract']}" for r in map(json.loads, lines)]
        silver = silver_lexicon(texts, network)
    fresh = gold(Path(table["fresh"]["gold"])) if "fresh" in table else []
    sets = [(held, table["predictions"], gold_lexicon([d for d in fold if d not in held], encoding))]
    if fresh:
        sets.append((fresh, table["fresh"]["predictions"], gold_lexicon(fold, encoding)))
    judged: list[Row] = []
    proposed: list[Row] = []
    for unseen, stems, seen in sets:
        for document, tags, new in held_out(stems, unseen):
            places = encoding(document.text).places[: len(tags)]
            judged += candidate_rows(document, places, tags, [seen, silver])
            proposed += proposal_rows(document, places, new, [silver])
    _fit(judged, out / "judge.npz", decay=0.1)
    _fit(proposed, out / "proposals.npz", hidden=16)
    _fit([r for d in documents for r in pair_rows(d)], out / "pairs.npz", decay=0.01, nets=3)
    gold_lexicon(documents, encoding).write(out / "lexicon-gold.tsv.gz")
    silver.write(out / "lexicon-silver.tsv.gz")
    (out / "settings.json").write_text(json.dumps(table["settings"], indent=1), encoding="utf8")
