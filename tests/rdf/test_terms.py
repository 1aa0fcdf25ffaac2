"""Terms are valid whatever the text they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO

import pyarrow as pa
import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.graph import Session
from kg.iris import BASE, paper_iri, slug
from kg.rdf.ntriples import escaping
from kg.rdf.rows import opened
from kg.rdf.terms import decimal, web_address
from tests.corpus import graph_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def round_trip(term: NamedNode | Literal, language: RdfFormat) -> object:
    buffer = BytesIO()
    node = NamedNode("http://e.org/x")
    serialize([Triple(node, node, term)], buffer, language)
    return next(parse(buffer.getvalue(), language)).object


@given(TEXT)
@example('"\\\n\r\t\b\f\x00\x7f\x85\u2028\ufeff\ufffe\'"""<>')
def test_every_text_survives_as_a_literal(text: str) -> None:
    for language in (RdfFormat.TURTLE, RdfFormat.N_TRIPLES):
        assert round_trip(Literal(text), language) == Literal(text)


@given(TEXT)
@example('"\\\n\r\t\b\f\x00\x7f\x85\u2028\ufeff\'"""<>')
def test_rdflib_reads_every_text_as_well(text: str) -> None:
    buffer = BytesIO()
    node = NamedNode("http://e.org/x")
    serialize([Triple(node, node, Literal(text))], buffer, RdfFormat.N_TRIPLES)
    (found,) = rdflib.Graph().parse(data=buffer.getvalue(), format="nt").objects()
    assert str(found) == text


@given(st.one_of(st.text(), TEXT.map("https://e.org/".__add__), TEXT.map("http://".__add__)))
@example('https://e.org/a>b"{}|^`\\\n%zz#x#y?[z]')
@example("http://[::1]/")
@example("http://e.org:port/")
def test_a_web_address_is_a_valid_iri_or_none(url: str) -> None:
    iri = web_address(url)
    if iri is not None:
        node = NamedNode(iri)
        assert round_trip(node, RdfFormat.N_TRIPLES) == round_trip(node, RdfFormat.TURTLE) == node
        assert iri.casefold().startswith(("http://", "https://"))


@given(st.from_regex(r"\Ahttps://[a-z]+\.org/[A-Za-z0-9/._~-]*\Z"))
def test_an_ordinary_address_stays_as_it_is(url: str) -> None:
    assert web_address(url) == url


@given(TEXT)
def test_minted_iris_are_valid(text: str) -> None:
    for scheme in ("doi", "arxiv", "title", text):
        NamedNode(paper_iri(f"{scheme}:{text}"))
    NamedNode(f"http://e.org/extractor/{slug(text)}")


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with opened(graph_of([])) as session:
        yield session


def made(session: Session, expression: str, values: Sequence[tuple[str | None, ...]]) -> list[str]:
    """What an expression of SQL makes of the columns a, b, … of each row."""
    columns = {
        name: pa.array(column, pa.string()) for name, column in zip("abc", zip(*values, strict=True), strict=False)
    }
    session.execute("DROP TABLE IF EXISTS given")
    session.add("given", pa.table(columns))
    answer = session.table(f"SELECT {expression} AS made FROM given")  # noqa: S608 - expressions of these tests
    return [str(text) for text in answer.column("made").to_pylist()]


@given(st.lists(st.tuples(st.one_of(TEXT, st.tuples(TEXT, TEXT).map(":".join))), min_size=1))
@example([("",), (":",), ("a",), ("a:b:c",), ('doi:10.1/a>b\\" {c}|d^`e\n',)])
def test_sql_names_papers_as_python_does(session: Session, papers: list[tuple[str]]) -> None:
    assert made(session, "paper_iri(a)", papers) == [paper_iri(paper) for (paper,) in papers]


PARTS = st.one_of(st.none(), TEXT)


@given(st.lists(st.tuples(PARTS, PARTS, PARTS), min_size=1))
@example([("a", None, "b"), ("a", "", "b"), ("1:a", "", "b"), ("", "1:a", "b"), ("-", None, "b"), (None, "-", "b")])
def test_records_share_an_iri_only_when_they_say_the_same(
    session: Session, records: list[tuple[str | None, ...]]
) -> None:
    iris = made(session, "record_iri('result', part(a) || part(b) || part(c))", records)
    assert len(set(iris)) == len(set(records))
    assert all(NamedNode(iri).value.startswith(f"{BASE}result/") for iri in iris)


@given(st.floats())
@example(1e17)
@example(5e-18)
@example(-0.0)
def test_a_decimal_is_the_number_or_nothing(number: float) -> None:
    text = decimal(number)
    if text is not None:
        assert Decimal(text) == Decimal(repr(number))
        assert "e" not in text.casefold()
        assert rdflib.Literal(text, datatype=rdflib.XSD.decimal).ill_typed is False


@given(st.lists(st.floats(0, 1), min_size=1))
def test_a_double_is_exact(session: Session, numbers: list[float]) -> None:
    session.execute("DROP TABLE IF EXISTS given")
    session.add("given", pa.table({"a": pa.array(numbers, pa.float64())}))
    written = session.table("SELECT CAST(a AS VARCHAR) AS a FROM given").column("a").to_pylist()
    assert [float(text) for text in written] == numbers


@given(st.lists(TEXT, min_size=1, max_size=4))
@example(['"\\\n\r\t\b\f\x00\x7f\x85\u2028\ufeff\ufffe\uffff\'"""<>'])
def test_texts_are_escaped_as_pyoxigraph_does(session: Session, values: list[str]) -> None:
    session.execute(f"CREATE OR REPLACE MACRO escaped(x) AS {escaping()}")
    node = NamedNode("http://e.org/x")
    expected = [serialize([Triple(node, node, Literal(text))], format=RdfFormat.N_TRIPLES) for text in values]
    lines = made(session, """'<http://e.org/x> <http://e.org/x> "' || escaped(a) || '" .\n'""", [(v,) for v in values])
    assert [line.encode() for line in lines] == expected
