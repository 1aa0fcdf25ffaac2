"""What is written of a graph: one query for each kind of node, whose columns are names of the JSON-LD context.

A row is a node object of JSON-LD: ``id`` is its IRI, NULL is left out, a list is several values. Rows come in an order
that depends on content alone, each node once, so that every format streams, and equal graphs give equal bytes. The
macros and the small tables that queries name here are those of :mod:`kg.rdf.rows`.

Every fact is there twice: as a column of its head, for whoever just follows edges, and as one ``Statement`` for each
paper that states it, with the passage, the confidence and the extractor. Results are nodes of their own. What names
alone imply is an ``Inference`` beside its plain fact. Passages are shared: the sentence that three statements were read
in is written once.
"""

# ruff: noqa: S608 - all SQL is made of constants

from __future__ import annotations

from msgspec import Struct

from kg.types import RELATION_TYPES


class Section(Struct, frozen=True):
    """A kind of node.

    Attributes:
        query: What gives its rows.
        details: The columns that only a whole copy needs.
        parts: The columns for which RDF 1.2 has a triple term.
        triple: The column that holds the triple term.
    """

    query: str
    details: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    triple: tuple[str, ...] = ()


_RELATIONS = ", ".join(sorted(RELATION_TYPES))
_FACTS = ", ".join(
    f"list_sort(list(tail) FILTER (relation = '{relation}')) AS {relation}" for relation in RELATION_TYPES
)
_PARTS = ("head", "relation", "tail")
_TRIPLE = "head, relation, tail, {'head': head, 'relation': relation, 'tail': tail} AS reifies"
_PLACES = '[passage_iri(paper, e.start, e."end") for e in evidence] AS evidence'
_SOURCE = f"""
    paper_iri(paper) AS "wasDerivedFrom", {_PLACES}, CAST(confidence AS VARCHAR) AS confidence,
    extractor() AS "wasAttributedTo"
"""


def _parts_of_papers(list_column: str, columns: str) -> Section:
    """Give a node for each item of a list that papers have; the number in its IRI is its place in the list."""
    return Section(f"""
        SELECT paper_iri(id) || '#{list_column[:-1]}=' || n AS id, {columns} FROM (
            SELECT id, unnest({list_column}) AS item, generate_subscripts({list_column}, 1) AS n FROM papers
        ) listed ORDER BY listed.id, n
    """)


SECTIONS: dict[str, Section] = {
    "run": Section("""
        SELECT run() AS id, 'RdfDataset' AS type, base() AS "uriSpace", extractor() AS "wasAttributedTo"
    """),
    "extractor": Section("SELECT extractor() AS id, 'SoftwareAgent' AS type, extractor_name() AS label"),
    "papers": Section(
        """
        SELECT paper_iri(id) AS id, 'Paper' AS type, title, format('{:04d}', year) AS issued,
            list_sort(list_distinct([x for x in [id, 'doi:' || nullif(doi, ''), 'arxiv:' || nullif(arxiv, '')]
                if x IS NOT NULL])) AS identifier,
            keys([title, id, 'doi:' || nullif(doi, ''), 'arxiv:' || nullif(arxiv, '')], foreign_keys) AS "key",
            address AS url, proposes, mentions, abstract, venue, doi, arxiv,
            CASE WHEN url IS DISTINCT FROM address THEN url END AS "givenUrl",
            [paper_iri(id) || '#author=' || n for n in range(1, len(authors) + 1)] AS author,
            [paper_iri(id) || '#keyword=' || n for n in range(1, len(keywords) + 1)] AS keyword,
            [paper_iri(id) || '#source=' || n for n in range(1, len(sources) + 1)] AS source
        FROM papers LEFT JOIN addresses USING (url) LEFT JOIN foreign_papers USING (id) LEFT JOIN (
            SELECT paper AS id, list_sort(list(entity)) AS mentions, list_sort(list(entity) FILTER (new)) AS proposes
            FROM (SELECT paper, entity, bool_or(proposed) AS new FROM mentions GROUP BY paper, entity) GROUP BY paper
        ) read USING (id) ORDER BY papers.id
        """,
        details=("abstract", "venue", "doi", "arxiv", "givenUrl", "author", "keyword", "source"),
    ),
    "authors": _parts_of_papers("authors", "'Person' AS type, item AS called, n AS position"),
    "keywords": _parts_of_papers("keywords", "'DefinedTerm' AS type, item AS called"),
    "sources": _parts_of_papers("sources", "'Record' AS type, item.file, item.record AS place, item.id AS identifier"),
    "entities": Section(
        f"""
        SELECT iri AS id, type, name,
            list_sort(list_distinct([a.surface for a in aliases if a.surface <> name])) AS alias,
            keys(list_append([a.surface for a in aliases], name), foreign_keys) AS "key",
            papers AS "paperCount", direction, family, {_RELATIONS}, ids AS identifier,
            ['http://www.wikidata.org/entity/' || substr(x, 10) for x in ids if starts_with(x, 'wikidata:')]
                AS "exactMatch",
            [iri || '#label=' || n for n in range(1, len(aliases) + 1)] AS "writtenAs"
        FROM entities LEFT JOIN foreign_entities USING (iri) LEFT JOIN (
            SELECT head AS iri, {_FACTS}
            FROM (SELECT head, relation, tail FROM relations UNION SELECT head, relation, tail FROM inferred)
            GROUP BY head
        ) USING (iri) ORDER BY iri
        """,
        details=("identifier", "exactMatch", "writtenAs"),
    ),
    "labels": Section("""
        SELECT iri || '#label=' || n AS id, 'Label' AS type, item.surface AS "literalForm", item.count FROM (
            SELECT iri, unnest(aliases) AS item, generate_subscripts(aliases, 1) AS n FROM entities
        ) ORDER BY iri, n
    """),
    "statements": Section(
        f"""
        SELECT record_iri('statement', part(paper) || part(head) || part(relation) || part(tail)) AS id,
            'Statement' AS type, {_TRIPLE}, {_SOURCE}
        FROM (SELECT * FROM relations ORDER BY head, relation, tail, paper)
        """,
        parts=_PARTS,
        triple=("reifies",),
    ),
    "inferences": Section(
        f"""
        SELECT record_iri('inference', part(head) || part(relation) || part(tail)) AS id,
            'Inference' AS type, {_TRIPLE}, rule
        FROM (SELECT * FROM inferred ORDER BY head, relation, tail)
        """,
        parts=_PARTS,
        triple=("reifies",),
    ),
    "results": Section(f"""
        SELECT record_iri('result', part(paper) || part(subject) || part(metric) || part(dataset) || part(baseline)
                || part(kind) || part(value) || part(unit)) AS id,
            'Result' AS type, subject, metric, dataset, baseline, kind, written AS value, value AS "valueText",
            nullif(unit, '') AS unit, {_SOURCE}
        FROM results LEFT JOIN decimals USING (number)
        ORDER BY subject, metric, dataset, baseline, kind, "valueText", unit, paper
    """),
    "passages": Section("""
        SELECT passage_iri(id, span.start, span."end") AS id, 'Passage' AS type,
            substr(title || chr(10) || abstract, span.start + 1, greatest(span."end" - span.start, 0)) AS text,
            span.start, span."end", paper_iri(id) AS "wasQuotedFrom"
        FROM (
            SELECT id, title, abstract, unnest(spans) AS span FROM papers JOIN (
                SELECT paper AS id, list(DISTINCT span ORDER BY span) AS spans FROM (
                    SELECT paper, unnest(evidence) AS span FROM relations
                    UNION ALL SELECT paper, unnest(evidence) AS span FROM results
                ) GROUP BY paper
            ) USING (id)
        ) quoted ORDER BY quoted.id, span
    """),
    "mentions": Section("""
        SELECT paper_iri(paper) || '#mention=' || start || ',' || "end" || CASE WHEN n > 1 THEN ',' || n ELSE '' END
                AS id,
            'Mention' AS type, surface AS text, start, "end", paper_iri(paper) AS "wasQuotedFrom",
            entity AS "refersTo", type AS "entityType", nullif(proposed, false) AS proposed,
            CAST(confidence AS VARCHAR) AS confidence
        FROM (
            SELECT *, row_number() OVER (
                PARTITION BY paper, start, "end" ORDER BY type, entity, surface, confidence, proposed
            ) AS n FROM mentions
        ) ORDER BY paper, start, "end", n
    """),
    "merges": Section("""
        SELECT record_iri('merge', part(type) || part("left") || part("right") || part(evidence) || part(against)
                || part(paper) || part(support) || part(score) || part(margin) || part(papers) || part(same)) AS id,
            'Merge' AS type, type AS "entityType", "left" AS "leftForm", "right" AS "rightForm", evidence AS ground,
            against, support, CAST(score AS VARCHAR) AS score, CAST(margin AS VARCHAR) AS margin, papers AS moves, same,
            paper_iri(paper) AS "wasDerivedFrom"
        FROM merges
        ORDER BY type, "left", "right", evidence, coalesce(paper, ''), against, support, score, margin, papers, same
    """),
}
"""Every kind of node by name."""


class Profile(Struct, frozen=True):
    """How much of a graph is written: which sections, in which order, and whether with their details."""

    sections: tuple[str, ...]
    details: bool = False


_RECORDS = ("statements", "inferences", "results", "passages")

PROFILES: dict[str, Profile] = {
    "plain": Profile(("papers", "entities")),
    "standard": Profile(("extractor", "papers", "entities", *_RECORDS)),
    "full": Profile(
        (
            *("run", "extractor", "papers", "authors", "keywords", "sources", "entities", "labels"),
            *(*_RECORDS, "mentions", "merges"),
        ),
        details=True,
    ),
}
"""What ``--profile`` chooses from: bare triples; with all evidence; all that the tables hold."""
