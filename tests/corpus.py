"""Five papers written and annotated for the tests: every room after extraction is tested on them without a model."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.graph import Graph, Manifest, assemble
from kg.iris import BASE
from kg.resolve import resolve
from kg.types import Evidence, Extraction, LocalEntity, Mention, Paper, Relation, Result, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.types import EntityType, RelationType, ResultKind


@dataclass
class Annotated:
    """A paper and, by key, what it speaks of: (type, canonical name, surfaces, proposed)."""

    id: str
    title: str
    abstract: str
    year: int | None
    entities: dict[str, tuple[EntityType, str, list[str], bool]]
    relations: list[tuple[str, RelationType, str]] = field(default_factory=list)
    results: list[tuple[str, str, str | None, str, str, ResultKind, str | None]] = field(default_factory=list)

    @property
    def paper(self) -> Paper:
        source = Source("tests/corpus.py", record=1, id=self.id)
        url = f"https://arxiv.org/abs/{self.id[6:]}" if self.id.startswith("arxiv:") else None
        arxiv = self.id[6:] if url else None
        return Paper(self.id, self.title, self.abstract, year=self.year, url=url, arxiv=arxiv, sources=(source,))

    @property
    def extraction(self) -> Extraction:
        text = self.paper.text
        mentions = [
            Mention(m.start(), m.end(), kind, key, m.group(), 0.9)
            for key, (kind, _, surfaces, _) in self.entities.items()
            for surface in surfaces
            for m in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(surface)}(?![A-Za-z0-9])", text)
        ]
        assert {m.entity for m in mentions} == set(self.entities), f"{self.id}: an entity is not in its text"
        local = [LocalEntity(key, kind, name, new, 0.9) for key, (kind, name, _, new) in self.entities.items()]
        relations = [Relation(h, r, t, (self._sentence(mentions, h, t),), 0.8) for h, r, t in self.relations]
        results = [
            Result(s, m, value, unit, kind, d, b, (self._sentence(mentions, s, m),), 0.7)
            for s, m, d, value, unit, kind, b in self.results
        ]
        return Extraction(self.id, "by-hand 1", tuple(sorted(mentions)), tuple(local), tuple(relations), tuple(results))

    def _sentence(self, mentions: list[Mention], *keys: str) -> Evidence:
        """Return the first sentence that mentions all, else the one that mentions the last of them last."""
        found = [m for m in mentions if m.entity in keys]
        spans = sorted({self._sentence_around(m.start) for m in found})
        full = [s for s in spans if {m.entity for m in found if s.start <= m.start < s.end} == set(keys)]
        return (full or spans[-1:])[0]

    def _sentence_around(self, place: int) -> Evidence:
        text = self.paper.text
        stops = [0, *(m.end() for m in re.finditer(r"\n|\. ", text)), len(text) + 1]
        start = max(stop for stop in stops if stop <= place)
        return Evidence(start, min(stop for stop in stops if stop > place) - 1)


FIVE = [
    Annotated(
        "arxiv:2101.00001",
        "LeafNet: A Vision Transformer for Plant Disease Classification",
        "Vision transformers (ViTs) are rarely used for plant disease classification. We propose LeafNet, a ViT with "
        "window attention. LeafNet reaches a top-1 accuracy of 91.4% on PlantVillage and outperforms ResNet-50.",
        2021,
        {
            "leafnet": ("Model", "LeafNet", ["LeafNet"], True),
            "vit": ("Model", "Vision Transformer", ["Vision Transformer", "Vision transformers", "ViTs", "ViT"], False),
            "pdc": (
                "Task",
                "plant disease classification",
                ["Plant Disease Classification", "plant disease classification"],
                False,
            ),
            "wa": ("Method", "window attention", ["window attention"], False),
            "acc": ("Metric", "top-1 accuracy", ["top-1 accuracy"], False),
            "pv": ("Dataset", "PlantVillage", ["PlantVillage"], False),
            "rn": ("Model", "ResNet-50", ["ResNet-50"], False),
        },
        [
            ("leafnet", "usedFor", "pdc"),
            ("leafnet", "variantOf", "vit"),
            ("wa", "partOf", "leafnet"),
            ("leafnet", "evaluatedOn", "pv"),
            ("leafnet", "measuredBy", "acc"),
            ("leafnet", "outperforms", "rn"),
            ("pv", "benchmarkFor", "pdc"),
        ],
        [("leafnet", "acc", "pv", "91.4", "%", "absolute", None)],
    ),
    Annotated(
        "arxiv:2202.00002",
        "Pruning Vision Transformers for the Field",
        "Vision transformers are too large for phones. We prune the window attention of LeafNet by magnitude pruning, "
        "which reduces FLOPs by 42% on PlantVillage while top-1 accuracy stays at 90.8%. "
        "ResNet-50 is compared with LeafNet.",
        2022,
        {
            "vit": ("Model", "Vision Transformer", ["Vision Transformers", "Vision transformers"], False),
            "leafnet": ("Model", "LeafNet", ["LeafNet"], False),
            "prune": ("Method", "magnitude pruning", ["magnitude pruning"], False),
            "wa": ("Method", "window attention", ["window attention"], False),
            "flops": ("Metric", "FLOPs", ["FLOPs"], False),
            "acc": ("Metric", "top-1 accuracy", ["top-1 accuracy"], False),
            "pv": ("Dataset", "PlantVillage", ["PlantVillage"], False),
            "rn": ("Model", "ResNet-50", ["ResNet-50"], False),
        },
        [
            ("prune", "partOf", "leafnet"),
            ("wa", "partOf", "leafnet"),
            ("leafnet", "evaluatedOn", "pv"),
            ("leafnet", "measuredBy", "acc"),
            ("prune", "measuredBy", "flops"),
            ("rn", "comparedWith", "leafnet"),
        ],
        [
            ("prune", "flops", "pv", "42", "%", "reduction", None),
            ("prune", "acc", "pv", "90.8", "%", "absolute", None),
        ],
    ),
    Annotated(
        "doi:10.5555/birdsong.3",
        "BirdBERT learns birdsong",
        "We present BirdBERT, a BERT pre-trained on AviCorpus by masked language modeling (MLM) for bird "
        "sound classification. On SongBench, a new benchmark for bird sound classification, it gains 3.1 F1 over BERT.",
        2023,
        {
            "birdbert": ("Model", "BirdBERT", ["BirdBERT"], True),
            "bert": ("Model", "BERT", ["BERT"], False),
            "avi": ("Dataset", "AviCorpus", ["AviCorpus"], False),
            "mlm": ("Method", "masked language modeling", ["masked language modeling", "MLM"], False),
            "bsc": ("Task", "bird sound classification", ["bird sound classification"], False),
            "song": ("Dataset", "SongBench", ["SongBench"], True),
            "f1": ("Metric", "F1", ["F1"], False),
        },
        [
            ("birdbert", "usedFor", "bsc"),
            ("birdbert", "variantOf", "bert"),
            ("birdbert", "trainedOn", "avi"),
            ("mlm", "partOf", "birdbert"),
            ("birdbert", "evaluatedOn", "song"),
            ("birdbert", "measuredBy", "f1"),
            ("birdbert", "outperforms", "bert"),
            ("song", "benchmarkFor", "bsc"),
        ],
        [("birdbert", "f1", "song", "3.1", "", "gain", "bert")],
    ),
    Annotated(
        "title:00000000000000a4",
        "Does <b>masking</b> help? MLM & friends",
        'We study MLM on AviCorpus. A plain CNN, trained on AviCorpus, has an F1 of 71 on SongBench; "BERT" has 75.2.',
        None,
        {
            "mlm": ("Method", "MLM", ["MLM"], False),
            "avi": ("Dataset", "AviCorpus", ["AviCorpus"], False),
            "cnn": ("Model", "CNN", ["CNN"], False),
            "f1": ("Metric", "F1", ["F1"], False),
            "song": ("Dataset", "SongBench", ["SongBench"], False),
            "bert": ("Model", "BERT", ["BERT"], False),
        },
        [
            ("mlm", "trainedOn", "avi"),
            ("cnn", "trainedOn", "avi"),
            ("cnn", "evaluatedOn", "song"),
            ("bert", "evaluatedOn", "song"),
            ("bert", "outperforms", "cnn"),
        ],
        [
            ("cnn", "f1", "song", "71", "", "absolute", None),
            ("bert", "f1", "song", "75.2", "", "absolute", None),
        ],
    ),
    Annotated("arxiv:2505.00005", "On nothing in particular", "This paper names no system at all.", 2025, {}),
]


def graph_of(annotated: Iterable[Annotated]) -> Graph:
    """Resolve and assemble annotated papers into a graph in memory."""
    chosen = list(annotated)
    extractions = [one.extraction for one in chosen]
    tables = assemble([one.paper for one in chosen], extractions, resolve(extractions))
    counts = {name: table.num_rows for name, table in tables.items()}
    manifest = Manifest(1, "0.0", "by-hand 1", BASE, ("tests/corpus.py",), {}, counts, {})
    return Graph(manifest, tables)
