"""A paper of figures: shares and percentages, an error, a metric that nobody knows, a value that is no number."""

from __future__ import annotations

from tests.corpus import Annotated

TOPIC = "Counting sheep at night"
ABSTRACT = (
    "NightNet, DayNet and DuskNet count sheep on SheepSet. NightNet has an accuracy of 0.9, DayNet of 85% and DuskNet "
    "of 97.5%. Their word error rate is 0.9, 12 and 3, their woolliness is 7 and 9, and 1,000,000,000,000,000,000,000."
)
SHEEP = Annotated(
    "arxiv:2601.00001",
    TOPIC,
    ABSTRACT,
    2026,
    {
        "night": ("Model", "NightNet", ["NightNet"], True),
        "day": ("Model", "DayNet", ["DayNet"], False),
        "dusk": ("Model", "DuskNet", ["DuskNet"], False),
        "sheep": ("Dataset", "SheepSet", ["SheepSet"], False),
        "acc": ("Metric", "accuracy", ["accuracy"], False),
        "wer": ("Metric", "word error rate", ["word error rate"], False),
        "wool": ("Metric", "woolliness", ["woolliness"], False),
    },
    [],
    [
        ("night", "acc", "sheep", "0.9", "", "absolute", None),
        ("day", "acc", "sheep", "85", "%", "absolute", None),
        ("dusk", "acc", "sheep", "97.5", "%", "absolute", None),
        ("night", "wer", "sheep", "0.9", "", "absolute", None),
        ("day", "wer", "sheep", "12", "", "absolute", None),
        ("dusk", "wer", "sheep", "3", "", "absolute", None),
        ("night", "wool", "sheep", "7", "", "absolute", None),
        ("day", "wool", "sheep", "1.2.3", "", "absolute", None),
        ("dusk", "wool", "sheep", "9", "", "absolute", None),
    ],
)
