"""The network as a component: what it says of every word of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import onnxruntime
from spacy.language import Language

from kg.extract.component import Component, raw_text
from kg.extract.network import Network, Reading
from kg.extract.shipped import weights_folder
from kg.extract.weighing import Weighed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.tokens import Doc


class Encoder(Weighed, Component[Reading]):
    """Run the network over documents; a GPU is used where onnxruntime offers one.

    Args:
        folder: Where ``network.onnx``, ``vocabulary.txt`` and ``settings.json`` are.
        threads: How many threads one batch may use.
    """

    files: ClassVar[tuple[str, ...]] = ("network.onnx", "vocabulary.txt", "settings.json")

    def __init__(self, folder: Path, threads: int = 1) -> None:
        Component.__init__(self)
        self.threads = threads
        self.use(folder)

    def load(self, folder: Path) -> None:
        """Open the network."""
        offered = onnxruntime.get_available_providers()
        providers = [name for name in ("CUDAExecutionProvider", "CPUExecutionProvider") if name in offered]
        network, vocabulary = folder / "network.onnx", folder / "vocabulary.txt"
        self.network = Network(network, vocabulary, threads=self.threads, providers=providers)

    def compute(self, doc: Doc) -> Reading:
        """Return the network's reading of a document."""
        return self.network.read(raw_text(doc))

    def compute_all(self, docs: Sequence[Doc]) -> list[Reading]:
        """Return the network's reading of each document."""
        return self.network.read_all(map(raw_text, docs))

    def write(self, doc: Doc, found: Reading) -> None:
        """Set ``doc._.reading``."""
        doc._.reading = found


@Language.factory("kg_encoder", default_config={"model": "fast", "threads": 1})
def make_encoder(nlp: Language, name: str, model: str, threads: int) -> Encoder:
    """Make the component for a pipeline; ``model`` names the weights that come with paperkg."""
    return Encoder(weights_folder(model), threads)
