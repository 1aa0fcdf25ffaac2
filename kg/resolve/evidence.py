"""Why two names may be one: each kind of evidence gives pairs with a score, or says what speaks against them.

A pair is accepted from :data:`ENOUGH`. The kinds, the surest first: a user's correction, spelling, the alias table,
abbreviations, generic heads, likeness, and being used for one thing in abstracts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.resolve.heads import GENERIC, HEADS
from kg.resolve.minhash import candidates
from kg.resolve.spelling import derived, spelling_key
from kg.resolve.vetoes import contrast, unlike, veto
from kg.resolve.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.resolve.abbreviations import Sense
    from kg.resolve.aliases import Table
    from kg.resolve.uses import Census
    from kg.types import EntityType

ENOUGH = 0.5
"""The least score of a pair that is taken as one."""

_KNOWN = 3
_RARE, _COMMON = 3, 50
_LONG = 7
_TIED = 3


class Evidence(NamedTuple):
    """What speaks for taking two forms as one, the lighter first, and against it: ``against`` vetoes."""

    left: str
    right: str
    kind: str
    support: int
    score: float
    against: str = ""

    @property
    def same(self) -> bool:
        """Tell whether it is enough."""
        return self.score >= ENOUGH and not self.against


def types_against(census: Census, left: str, right: str) -> str:
    """Return ``type`` where both forms are known well enough as things of unlike types."""
    known = min(census.papers[left], census.papers[right]) >= _KNOWN
    return "type" if known and unlike(census.major(left), census.major(right)) else ""


def by_spelling(census: Census) -> Iterator[Evidence]:
    """Pair the forms of one spelling key with the most frequent of them."""
    keyed: dict[str, list[str]] = defaultdict(list)
    for form in census.papers:
        keyed[spelling_key(form)].append(form)
    for forms in keyed.values():
        if len(forms) > 1:
            best = min(forms, key=lambda form: (-census.papers[form], form))
            for form in sorted(set(forms) - {best}):
                yield Evidence(form, best, "spelling", census.papers[form], 1.0, types_against(census, form, best))


def by_table(census: Census, table: Table) -> Iterator[Evidence]:
    """Pair the names of each row of the alias table with its most frequent one; ambiguous names are left alone."""
    for row in table.rows:
        forms = [form for form in row.forms if form in census.papers and len(table.same(form)) == 1]
        best = min(forms, key=lambda form: (-census.papers[form], form), default="")
        for form in sorted(set(forms) - {best}):
            yield Evidence(form, best, "alias table", census.papers[form], 1.0)


def by_abbreviation(senses: Mapping[str, Sequence[Sense]], sure: Mapping[str, Sense]) -> Iterator[Evidence]:
    """Pair long forms of one sense with its centre, and an abbreviation with its sense where that is sure."""
    for short, found in senses.items():
        total = sum(sense.support for sense in found)
        for sense in found:
            for form in set(sense.forms) - {sense.centre}:
                yield Evidence(
                    form, sense.centre, "one abbreviation", sense.support, 0.9, veto(form, sense.centre) or ""
                )
            score = sense.support / total
            against = "" if sure.get(short) == sense else "ambiguous"
            yield Evidence(short, sense.centre, "abbreviation", sense.support, score, against)


def by_head(census: Census) -> Iterator[Evidence]:
    """Pair "BLEU score" with "BLEU": a form that ends in a generic head of its type, with the same form without it."""
    for form in census.papers:
        bare, _, head = form.rpartition(" ")
        bare = bare.removesuffix(" data") if head == "set" else bare
        if bare not in census.papers:
            continue
        kind = census.major(form)
        if head in HEADS[kind]:
            share = census.papers[bare] / (census.papers[bare] + census.papers[form])
            yield Evidence(
                form, bare, "generic head", census.papers[form], 0.5 + share / 2, _head_against(census, form, bare)
            )


def _head_against(census: Census, form: str, bare: str) -> str:
    return "type" if census.major(bare) != census.major(form) else ""


def by_likeness(census: Census) -> Iterator[Evidence]:
    """Pair forms that share most of their trigrams, and weigh the words in which they differ."""
    forms = sorted(census.papers)
    words = Counter(word for form in forms for word in set(form.split()))
    weights = [census.papers[form] for form in forms]
    for left, right in candidates(forms, weights, Wording(forms).differ_in_one):
        if found := _likeness(census, words, left, right):
            yield found


def _likeness(census: Census, words: Mapping[str, int], left: str, right: str) -> Evidence | None:
    """Weigh two forms that differ in one word; None where nothing speaks for or against them."""
    ours, theirs = left.split(), right.split()
    (pair,) = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    score = _word_score(words, *pair, last=ours[-1] == pair[0])
    against = veto(left, right) or types_against(census, left, right)
    if not score and not against:
        return None
    if score and not against and pair[0] != theirs[-1] and left in census.introduced:
        against = "introduced" if score < 0.9 else ""
    return Evidence(left, right, "likeness", census.papers[left], score, against)


def _word_score(words: Mapping[str, int], rarer: str, other: str, *, last: bool) -> float:
    """Score two words that stand in one place: a derived form 0.9, a misspelling 0.8, anything else 0."""
    if not last and derived(rarer, other):
        return 0.9
    misspelt = words[rarer] <= _RARE and words[other] >= _COMMON * words[rarer] and one_slip(rarer, other)
    return 0.8 if misspelt and not contrast(rarer, other) else 0.0


def one_slip(left: str, right: str) -> bool:
    """Tell whether two long words differ by one slip of the pen: a letter lost, added, changed, or two swapped.

    The first letter must be right.

    >>> one_slip("convolutonal", "convolutional"), one_slip("recogntiion", "recognition"), one_slip("llama", "llava")
    (True, True, False)
    """
    if min(len(left), len(right)) < _LONG or not (left + right).isalpha() or left[0] != right[0]:
        return False
    start = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    ours, theirs = left[start:], right[start:]
    swapped = ours[1:2] + ours[:1] + ours[2:] == theirs
    return swapped or ours[1:] == theirs or ours == theirs[1:] or ours[1:] == theirs[1:]


def by_verb(census: Census) -> Iterator[Evidence]:
    """Pair "fine tuned" and "fine tune" with "fine tuning": a technique, and what is done with it."""
    for form in census.papers:
        for ending, stem in (("ed", form[:-2]), ("e", form[:-1])):
            noun = f"{stem}ing"
            if (
                form.endswith(ending)
                and noun in census.papers
                and " " in form
                and "Method" in _majors(census, form, noun)
            ):
                yield Evidence(form, noun, "verb", census.papers[form], 0.7, types_against(census, form, noun))


def _majors(census: Census, *forms: str) -> set[EntityType]:
    return {census.major(form) for form in forms}


def by_ties(census: Census, senses: Mapping[str, Sequence[Sense]]) -> Iterator[Evidence]:
    """Pair forms that abstracts use for one thing, where neither abbreviates the other: nearly all that can, must."""
    for (form, lead), support in census.ties.items():
        if form not in senses:
            score = support / max(census.papers[form], _TIED)
            yield Evidence(form, lead, "used alike", support, score, _tie_against(census, form, lead))


def _tie_against(census: Census, left: str, right: str) -> str:
    extra = set(left.split()) ^ set(right.split())
    modified = (
        set(left.split()) < set(right.split()) or set(left.split()) > set(right.split())
    ) and not extra <= GENERIC
    return veto(left, right) or types_against(census, left, right) or ("modifier" if modified else "")


def accepted(found: Iterable[Evidence]) -> dict[tuple[str, str], float]:
    """Give the pairs that are taken as one, with the best score of each."""
    scores: dict[tuple[str, str], float] = {}
    for item in found:
        if item.same:
            pair = item.left, item.right
            scores[pair] = max(item.score, scores.get(pair, 0.0))
    return scores
