"""From nodes to tables, in SQL: the inverse of :mod:`kg.rdf.sections`, on what :mod:`kg.rdf.nodes` gathers."""

# ruff: noqa: S608 - all SQL is made of constants

from __future__ import annotations

_LINKS = {"author": "author_nodes", "keyword": "keyword_nodes", "source": "source_nodes", "writtenAs": "label_nodes"}
_ONCE = "(SELECT DISTINCT s, p, o FROM triples)"


def _listed(name: str, item: str, column: str) -> str:
    """Put the nodes that a property leads to in the order of the numbers that their IRIs end in."""
    return f"""(
        SELECT s AS id, list({item} ORDER BY CAST(regexp_extract(o, '=([0-9]+)$', 1) AS BIGINT)) AS {column}
        FROM {_ONCE} links JOIN {_LINKS[name]} nodes ON o = nodes.id WHERE p = '{name}' GROUP BY s
    )"""


MADE: dict[str, str] = {
    "paper_ids": """
        SELECT paper_nodes.id AS iri, list_sort([x for x in identifiers if paper_iri(x) = paper_nodes.id])[1] AS paper
        FROM paper_nodes LEFT JOIN (
            SELECT s AS id, list(o) AS identifiers FROM triples WHERE p = 'identifier' GROUP BY s
        ) USING (id)
    """,
    "spans": f"""
        SELECT s AS id, list(span ORDER BY span) AS evidence FROM (
            SELECT s, {{'start': CAST(start AS INTEGER), 'end': CAST("end" AS INTEGER)}} AS span
            FROM {_ONCE} JOIN passage_nodes ON o = id WHERE p = 'evidence'
        ) GROUP BY s
    """,
}
"""What several tables need: the id of each paper, which is the identifier that its IRI is made of; the evidence."""


def _unknown(name: str, column: str) -> str:
    return f"""
        SELECT id, 'is of a paper that the file does not have' AS flaw FROM {name}
        WHERE "{column}" IS NOT NULL AND "{column}" NOT IN (SELECT iri FROM paper_ids)
    """


LINKS: dict[str, str] = {
    "paper_nodes": "SELECT iri, 'has no identifier that its IRI is made of' AS flaw FROM paper_ids WHERE paper IS NULL",
    "statement_nodes": _unknown("statement_nodes", "wasDerivedFrom"),
    "result_nodes": _unknown("result_nodes", "wasDerivedFrom"),
    "mention_nodes": _unknown("mention_nodes", "wasQuotedFrom"),
    "merge_nodes": _unknown("merge_nodes", "wasDerivedFrom"),
    "passage_nodes": """
        SELECT s, 'has evidence that is no passage' AS flaw FROM triples
        WHERE p = 'evidence' AND o NOT IN (SELECT id FROM passage_nodes)
    """,
    **{
        nodes: f"""
            SELECT s, 'has no such node for its {link}' AS flaw FROM triples
            WHERE p = '{link}' AND o NOT IN (SELECT id FROM {nodes})
        """
        for link, nodes in _LINKS.items()
    },
}
"""What finds nodes that lead to nothing."""

_SOURCE = "{'file': file, 'record': CAST(place AS BIGINT), 'id': identifier}"
_ALIAS = """{'surface': "literalForm", 'count': CAST(count AS BIGINT)}"""
_BY_CONTENT = ("type", '"left"', '"right"', "evidence", "coalesce(paper, '')", "against", "support", "score", "margin")

TABLES: dict[str, str] = {
    "papers": f"""
        SELECT paper AS id, title, abstract, CAST(issued AS INTEGER) AS year, venue, coalesce(authors, []) AS authors,
            coalesce("givenUrl", url) AS url, coalesce(keywords, []) AS keywords, doi, arxiv,
            coalesce(sources, []) AS sources
        FROM paper_nodes JOIN paper_ids ON iri = paper_nodes.id
            LEFT JOIN {_listed("author", "called", "authors")} USING (id)
            LEFT JOIN {_listed("keyword", "called", "keywords")} USING (id)
            LEFT JOIN {_listed("source", _SOURCE, "sources")} USING (id)
        ORDER BY paper
    """,
    "mentions": """
        SELECT paper, CAST(start AS INTEGER) AS start, CAST("end" AS INTEGER) AS "end", "entityType" AS type,
            text AS surface, "refersTo" AS entity, coalesce(CAST(proposed AS BOOLEAN), false) AS proposed,
            CAST(confidence AS DOUBLE) AS confidence
        FROM mention_nodes JOIN paper_ids ON iri = "wasQuotedFrom"
        ORDER BY paper, CAST(start AS INTEGER), CAST("end" AS INTEGER),
            CAST(nullif(regexp_extract(id, '#mention=[0-9]+,[0-9]+,([0-9]+)$', 1), '') AS INTEGER) NULLS FIRST
    """,
    "relations": """
        SELECT head, relation, tail, paper, coalesce(evidence, []) AS evidence, CAST(confidence AS DOUBLE) AS confidence
        FROM statement_nodes JOIN paper_ids ON iri = "wasDerivedFrom" LEFT JOIN spans USING (id)
        ORDER BY head, relation, tail, paper
    """,
    "results": """
        SELECT subject, metric, dataset, baseline, "valueText" AS value, number, coalesce(unit, '') AS unit, kind,
            paper, coalesce(evidence, []) AS evidence, CAST(confidence AS DOUBLE) AS confidence
        FROM result_nodes JOIN paper_ids ON iri = "wasDerivedFrom" LEFT JOIN spans USING (id)
            LEFT JOIN numbers USING ("valueText")
        ORDER BY subject, metric, coalesce(dataset, ''), coalesce(baseline, ''), kind, value, unit, paper
    """,
    "entities": f"""
        SELECT id AS iri, type, name, coalesce(aliases, []) AS aliases, CAST("paperCount" AS BIGINT) AS papers,
            coalesce(ids, []) AS ids, family, direction
        FROM entity_nodes
            LEFT JOIN {_listed("writtenAs", _ALIAS, "aliases")} USING (id)
            LEFT JOIN (
                SELECT s AS id, list(DISTINCT o ORDER BY o) AS ids FROM triples WHERE p = 'identifier' GROUP BY s
            ) USING (id)
        ORDER BY id
    """,
    "merges": f"""
        SELECT "entityType" AS type, "leftForm" AS "left", "rightForm" AS "right", ground AS evidence, against,
            CAST(support AS BIGINT) AS support, CAST(score AS DOUBLE) AS score, CAST(margin AS DOUBLE) AS margin,
            CAST(moves AS BIGINT) AS papers, CAST(same AS BOOLEAN) AS same, paper
        FROM merge_nodes LEFT JOIN paper_ids ON iri = "wasDerivedFrom"
        ORDER BY {", ".join(_BY_CONTENT)}, papers, same
    """,
    "inferred": "SELECT head, relation, tail, rule FROM inference_nodes ORDER BY head, relation, tail",
}
"""The tables, each in its order."""

STANDARD = ("relations", "results", "inferred")
"""The tables that the profile ``standard`` holds whole."""
