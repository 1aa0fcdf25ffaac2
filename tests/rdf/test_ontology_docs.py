"""What docs/ontology.md says is so, and the reference page that docs/build.py makes has every term."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import rdflib
from rdflib.namespace import RDFS, SH, SKOS

from kg.rdf import INVERSES, PKG
from kg.rdf.ontology import TERMS, read
from kg.rdf.writers import prefixes
from kg.types import SIGNATURES
from tests.corpus import FIVE, graph_of
from tests.rdf.more import exported
from tests.rdf.test_mappings import ROWS

ROOT = Path(__file__).parents[2]
OVERVIEW = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
NS = rdflib.Namespace(PKG)
PREFIXED = prefixes("https://w3id.org/paperkg/")
UNDER = ("rdfs:subClassOf", "rdfs:subPropertyOf")
COLUMNS = (UNDER, ("skos:closeMatch",), ("skos:broadMatch",), ("skos:narrowMatch",), ("skos:relatedMatch",))


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", OVERVIEW, re.MULTILINE | re.DOTALL)


def table(heading: str) -> list[list[str]]:
    """The cells of the table whose first heading is this, without its head."""
    lines = OVERVIEW.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {heading} |")) + 2
    rows = lines[start:]
    end = next((i for i, line in enumerate(rows) if not line.startswith("|")), len(rows))
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[:end]]


def test_every_term_is_introduced_and_no_other() -> None:
    named = set(re.findall(r"\bpkg:(\w+)", OVERVIEW))
    assert named == set(TERMS)


def test_the_table_of_relations_is_that_of_the_code() -> None:
    rows = {cells[0].strip("`").removeprefix("pkg:"): cells[1:4] for cells in table("relation")}
    assert rows.keys() == SIGNATURES.keys()
    names = {frozenset({"Method", "Model"}): "System"}
    for relation, signature in SIGNATURES.items():
        head, tail = (names.get(types) or ("Entity" if len(types) == 5 else next(iter(types))) for types in signature)
        assert rows[relation] == [head, tail + " of like kind" * (tail == "Entity"), f"`pkg:{INVERSES[relation]}`"]


def test_the_table_of_classes_has_all_that_shapes_allow() -> None:
    shapes = rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")
    shapes.namespace_manager = rdflib.namespace.NamespaceManager(rdflib.Graph(), bind_namespaces="none")
    for prefix, iri in PREFIXED.items():
        shapes.bind(prefix, iri)
    told = {kind: cells[1] for cells in table("of") for kind in re.findall(r"`(\w+:[A-Z]\w+)`", cells[0])}
    for shape in shapes.subjects(SH.closed):
        paths = {path for one in shapes.objects(shape, SH.property) for path in shapes.objects(one, SH.path)}
        for kind in shapes.objects(shape, SH.targetClass):
            words = set(re.findall(r"`(\w+:\w+)`", told[shapes.qname(str(kind))]))
            assert {shapes.qname(str(path)) for path in paths} - {f"pkg:{name}" for name in SIGNATURES} <= words


def test_the_table_of_mappings_is_that_of_sssom() -> None:
    shown = {
        (cells[0].strip("`"), column, other.strip("` "))
        for cells in table("term")
        for column, cell in enumerate(cells[1:])
        for other in cell.split(",")
        if other.strip()
    }
    listed = {
        (row["subject_id"], column, row["object_id"])
        for row in ROWS
        for column, predicates in enumerate(COLUMNS)
        if row["predicate_id"] in predicates
    }
    assert shown == listed


def test_the_example_is_in_an_export() -> None:
    (turtle,) = blocks("turtle")
    declared = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXED.items())
    example = rdflib.Graph().parse(data=declared + turtle, format="turtle")
    assert len(example) > 10
    assert set(example) <= set(exported(graph_of(FIVE)))


def test_the_query_finds_the_words() -> None:
    (query,) = blocks("sparql")
    (row,) = exported(graph_of(FIVE)).query(query, initNs=PREFIXED)
    assert str(row[1]).endswith("outperforms ResNet-50.")  # type: ignore[index]


class Page(HTMLParser):
    """The identifiers, links, addresses that load something, and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.loaded: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.ids += [named["id"]] if "id" in named else []
        if tag == "a":
            self.links.add(named.get("href", ""))
        elif tag in {"link", "script", "img", "iframe"}:
            self.loaded += [named[name] for name in ("href", "src") if name in named]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_has_every_term_at_its_name_with_all_that_is_said_of_it(
    ontology_page: str, ontology: rdflib.Graph
) -> None:
    shown = Page(ontology_page)
    words = " ".join(shown.text.split())
    assert len(shown.ids) == len(set(shown.ids))
    assert set(TERMS) <= set(shown.ids)
    for name in TERMS:
        for predicate in (RDFS.label, SKOS.definition):
            assert " ".join(str(ontology.value(NS[name], predicate)).split()) in words, (name, predicate)


def test_the_page_tells_inverses_and_mappings_and_its_links_lead_somewhere(ontology_page: str) -> None:
    shown = Page(ontology_page)
    assert {link[1:] for link in shown.links if link.startswith("#")} <= set(shown.ids)
    for row in ROWS:
        assert row["comment"] in " ".join(shown.text.split())
    assert shown.text.count("Inverse: ") == 2 * (len(set(INVERSES.values()) - {"comparedWith"}) + 2)


def test_the_page_loads_nothing_and_says_its_language(ontology_page: str) -> None:
    assert [address for address in Page(ontology_page).loaded if not address.startswith("data:")] == []
    assert '<html lang="en">' in ontology_page
