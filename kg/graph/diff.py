"""What differs between two builds: papers, entities, facts and results that are new, gone, or now something else.

An entity is known again by its mentions: where most of what an old node was read from is now read as another node, that
is its *heir*; where most of what a new node is read from was another node, that is its *origin*. A node whose IRI went
is merged into its heir if that was there before or has another origin, and renamed or retyped if not; a node whose IRI
came is split from its origin. Facts and results are compared after their ends have been followed to their heirs, so
that a name that changes does not change every fact about it. Papers whose text changed lend no mentions to the
comparison.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from kg.graph.frame import Frame
from kg.phrases import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph.graph import Graph

_CHANGED = """
    SELECT id FROM papers JOIN old_papers USING (id)
    WHERE papers.title <> old_papers.title OR papers.abstract <> old_papers.abstract
"""
_PAPERS = f"""
    WITH changed AS ({_CHANGED})
    SELECT 'added' AS change, id, title FROM papers ANTI JOIN old_papers USING (id)
    UNION ALL SELECT 'removed', id, title FROM old_papers ANTI JOIN papers USING (id)
    UNION ALL SELECT 'changed', id, title FROM papers SEMI JOIN changed USING (id)
    ORDER BY change, id
"""  # noqa: S608 - constants
_KIN = f"""
    WITH changed AS ({_CHANGED}), shared AS (
        SELECT o.entity AS old, n.entity AS new, count(*) AS mentions
        FROM old_mentions AS o JOIN mentions AS n USING (paper, start, "end") ANTI JOIN changed ON paper = changed.id
        GROUP BY o.entity, n.entity
    )
    SELECT old, new,
        row_number() OVER (PARTITION BY old ORDER BY mentions DESC, old = new DESC, new) = 1 AS heir,
        row_number() OVER (PARTITION BY new ORDER BY mentions DESC, old = new DESC, old) = 1 AS origin
    FROM shared
"""  # noqa: S608 - constants
_ENTITIES = """
    WITH heirs AS (SELECT * FROM kin WHERE heir), origins AS (SELECT * FROM kin WHERE origin),
    went AS (SELECT * FROM old_entities ANTI JOIN entities USING (iri)),
    came AS (SELECT * FROM entities ANTI JOIN old_entities USING (iri)),
    changes AS (
        SELECT CASE WHEN heirs.new IS NULL THEN 'gone'
            WHEN NOT heirs.origin OR heirs.new IN (SELECT iri FROM old_entities) THEN 'merged'
            WHEN went.type <> entities.type THEN 'retyped' ELSE 'renamed' END AS change,
            went.iri AS before, went.name AS old_name, went.type AS old_type,
            entities.iri AS after, entities.name, entities.type, went.papers
        FROM went LEFT JOIN heirs ON went.iri = heirs.old LEFT JOIN entities ON heirs.new = entities.iri
        UNION ALL
        SELECT CASE WHEN origins.old IS NULL THEN 'new' ELSE 'split' END, o.iri, o.name, o.type,
            came.iri, came.name, came.type, came.papers
        FROM came LEFT JOIN origins ON came.iri = origins.new LEFT JOIN old_entities AS o ON origins.old = o.iri
        WHERE origins.old IS NULL OR NOT origins.heir OR o.iri IN (SELECT iri FROM entities)
        UNION ALL
        SELECT 'renamed', o.iri, o.name, o.type, n.iri, n.name, n.type, n.papers
        FROM old_entities AS o JOIN entities AS n USING (iri) WHERE o.name <> n.name
    )
    SELECT change, old_name, old_type, name, type, papers, before, after FROM changes
    ORDER BY change, papers DESC, coalesce(before, ''), coalesce(after, '')
"""
_NOW = """
    now AS (
        SELECT iri AS old, coalesce(CASE WHEN iri NOT IN (SELECT iri FROM entities) THEN new END, iri) AS iri
        FROM old_entities LEFT JOIN (SELECT * FROM kin WHERE heir) ON iri = old
    ),
    names AS (SELECT iri, name FROM entities UNION SELECT iri, name FROM old_entities ANTI JOIN entities USING (iri))
"""
_FACTS = f"""
    WITH {_NOW},
    before AS (
        SELECT heads.iri AS head, relation, tails.iri AS tail, count(DISTINCT paper) AS papers FROM old_relations
        JOIN now AS heads ON head = heads.old JOIN now AS tails ON tail = tails.old WHERE heads.iri <> tails.iri
        GROUP BY heads.iri, relation, tails.iri
    ),
    after AS (
        SELECT head, relation, tail, count(DISTINCT paper) AS papers FROM relations GROUP BY head, relation, tail
    ),
    changes AS (
        SELECT 'new' AS change, * FROM after ANTI JOIN before USING (head, relation, tail)
        UNION ALL SELECT 'gone', * FROM before ANTI JOIN after USING (head, relation, tail)
    )
    SELECT change, heads.name AS head_name, relation, tails.name AS tail_name, papers, head, tail
    FROM changes JOIN names AS heads ON head = heads.iri JOIN names AS tails ON tail = tails.iri
    ORDER BY change, papers DESC, head, relation, tail
"""  # noqa: S608 - constants
_SAME_RESULT = "(subject, metric, dataset, baseline, kind, value, unit, paper)"
_RESULTS = f"""
    WITH {_NOW},
    before AS (
        SELECT s.iri AS subject, m.iri AS metric, coalesce(d.iri, '') AS dataset, coalesce(b.iri, '') AS baseline,
            kind, value, unit, paper
        FROM old_results JOIN now AS s ON subject = s.old JOIN now AS m ON metric = m.old
        LEFT JOIN now AS d ON dataset = d.old LEFT JOIN now AS b ON baseline = b.old
    ),
    after AS (
        SELECT subject, metric, coalesce(dataset, '') AS dataset, coalesce(baseline, '') AS baseline,
            kind, value, unit, paper FROM results
    ),
    changes AS (
        SELECT 'new' AS change, * FROM after ANTI JOIN before USING {_SAME_RESULT}
        UNION ALL SELECT 'gone', * FROM before ANTI JOIN after USING {_SAME_RESULT}
    )
    SELECT change, s.name AS subject, m.name AS metric, d.name AS dataset, kind, value, unit, paper
    FROM changes JOIN names AS s ON changes.subject = s.iri JOIN names AS m ON changes.metric = m.iri
    LEFT JOIN names AS d ON changes.dataset = d.iri
    ORDER BY change, paper, changes.subject, changes.metric, changes.dataset, baseline, kind, value, unit
"""  # noqa: S608 - constants
_NOT_READ = {"change", "before", "after", "head", "tail"}
_OLD = ("papers", "mentions", "relations", "results", "entities")


@dataclass(frozen=True, slots=True, repr=False)
class Diff:
    """What is in one build and not, or not so, in another.

    Attributes:
        papers: ``change`` (added, removed, changed), id and title.
        entities: ``change`` (new, gone, renamed, retyped, merged, split), name, type and IRI before and after, and how
            many papers mention it.
        facts: ``change`` (new, gone), the names of both ends and the relation, how many papers state it, and IRIs.
        results: ``change`` (new, gone), the names of subject, metric and data set, what was reported, and the paper.
    """

    papers: Frame
    entities: Frame
    facts: Frame
    results: Frame

    def __bool__(self) -> bool:
        return any(len(frame) for _, frame in self._frames())

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many there are of each change, by table."""
        return {name: {change: len(part) for change, part in _by_change(frame)} for name, frame in self._frames()}

    def sections(self, limit: int | None = None) -> Iterator[tuple[str, Frame]]:
        """Give a heading and a table to read, of at most ``limit`` rows, for each change of each kind."""
        for name, frame in self._frames():
            for change, part in _by_change(frame):
                columns = [column for column in part.columns if column not in _NOT_READ]
                yield f"{many(len(part), name)} {change}", Frame(part.arrow.select(columns).slice(0, limit))

    def to_dict(self) -> dict[str, list[dict[str, Any]]]:
        """Return all of it as plain values, for JSON."""
        return {name: list(frame) for name, frame in self._frames()}

    def _frames(self) -> Iterator[tuple[str, Frame]]:
        return ((field.name, getattr(self, field.name)) for field in fields(self))

    def __repr__(self) -> str:
        return "\n\n".join(f"{heading}\n{table}" for heading, table in self.sections()) or "nothing differs"


def diff(old: Graph, new: Graph) -> Diff:
    """Compare two builds.

    Args:
        old: The build before.
        new: The build after.

    Raises:
        BuildFolderError: A table of either is missing or damaged.
    """
    before = {f"old_{name}": old.source(name) for name in _OLD}
    kin = new.sql(_KIN, **before).arrow
    return Diff(
        papers=new.sql(_PAPERS, **before),
        entities=new.sql(_ENTITIES, **before, kin=kin),
        facts=new.sql(_FACTS, **before, kin=kin),
        results=new.sql(_RESULTS, **before, kin=kin),
    )


def _by_change(frame: Frame) -> Iterator[tuple[str, Frame]]:
    """Part a table, whose rows are sorted by change, into one for each."""
    changes = frame["change"]
    for change in dict.fromkeys(changes):
        yield change, Frame(frame.arrow.slice(changes.index(change), changes.count(change)))
