"""Terms are valid whatever the text they are made of."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.iris import paper_iri, slug
from kg.rdf.terms import content_iri, decimal, double, passage_iri, web_address, year

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
    assert iri is None or round_trip(iri, RdfFormat.N_TRIPLES) == round_trip(iri, RdfFormat.TURTLE) == iri
    assert iri is None or iri.value.casefold().startswith(("http://", "https://"))


@given(st.from_regex(r"\Ahttps://[a-z]+\.org/[A-Za-z0-9/._~-]*\Z"))
def test_an_ordinary_address_stays_as_it_is(url: str) -> None:
    assert web_address(url) == NamedNode(url)


@given(TEXT, TEXT, st.integers(0), st.integers(0))
def test_minted_iris_are_valid(paper: str, form: str, start: int, end: int) -> None:
    for scheme in ("doi", "arxiv", "title", paper):
        NamedNode(paper_iri(f"{scheme}:{paper}"))
        passage_iri("http://e.org/", f"{scheme}:{paper}", start, end)
    NamedNode(f"http://e.org/extractor/{slug(form)}")
    content_iri("http://e.org/", "result", [paper, None, form])


@given(st.lists(st.one_of(st.none(), TEXT), max_size=4), st.lists(st.one_of(st.none(), TEXT), max_size=4))
def test_records_share_an_iri_only_when_they_say_the_same(one: list[str | None], other: list[str | None]) -> None:
    same = content_iri("http://e.org/", "result", one) == content_iri("http://e.org/", "result", other)
    assert same == (one == other)


@given(st.floats())
@example(1e17)
@example(5e-18)
@example(-0.0)
def test_a_decimal_is_the_number_or_nothing(number: float) -> None:
    literal = decimal(number)
    if literal is not None:
        assert Decimal(literal.value) == Decimal(repr(number))
        assert "e" not in literal.value.casefold()
        assert rdflib.Literal(literal.value, datatype=literal.datatype.value).ill_typed is False


@given(st.floats(0, 1))
def test_a_double_is_exact(number: float) -> None:
    assert float(double(number).value) == number


def test_a_year_has_four_digits() -> None:
    assert (year(2021).value, year(800).value) == ("2021", "0800")
