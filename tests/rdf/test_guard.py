"""What a query may not do is refused before it runs, however it is written."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryBoolean, Store

from kg.errors import QueryRefused
from kg.graph import Graph
from kg.rdf import query
from kg.rdf.guard import checked

SERVICE = [
    "SELECT * { SERVICE @ { ?s ?p ?o } }",
    "select * { service silent @ { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . OPTIONAL { { SELECT ?s { SERVICE @ { ?s ?p ?o } } } } }",
    "ASK { FILTER EXISTS { SERVICE @ { ?s ?p ?o } } }",
    "ASK { FILTER(1 = 2 || NOT EXISTS { { SERVICE @ { ?s ?p ?o } } }) }",
    "SELECT (EXISTS { SERVICE @ { ?s ?p ?o } } AS ?x) {}",
    "SELECT * { ?s ?p ?o } GROUP BY ?s ?p ?o HAVING (EXISTS { SERVICE @ { ?s ?p ?o } })",
    "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE @ { ?s ?p ?o } })",
    "SELECT * { ?s ?p ?o MINUS { GRAPH ?g { SERVICE @ { ?s ?p ?o } } } }",
    "SELECT * { { ?s ?p ?o } UNION { SERVICE @ { ?s ?p ?o } } }",
    "SELECT * { BIND(IF(EXISTS { SERVICE @ { ?s ?p ?o } }, 1, 2) AS ?x) }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE @ { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE @ { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { 1 } SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { # a comment that ends here\r SERVICE @ { ?s ?p ?o } \n }",
    "SELECT * { ?s ?p ?o # \r\n SERVICE # \n @ # \r { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a\\u005C' . SERVICE @ { ?s ?p ?o } #' }",
    "SELECT * { ?s ?p '\\u0027 . SERVICE @ { ?s ?p ?o } #\\u0027' }",
    "SELECT * { \\u0053ERVICE @ { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE @ { ?s ?p ?o } }",
    "SELECT * { ?s ?p '''it's''' . SERVICE @ { ?s ?p ?o } }",
    "PREFIX x: <http://e/#> SELECT * { ?s x:#\n SERVICE\n @ { ?s ?p ?o } }",
    "SELECT * { ?s <#> ?o . SERVICE @ { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2) SERVICE @ { ?s ?p ?o } FILTER(3>2) }",
    "SELECT * { { { OPTIONAL { { SELECT * { { } UNION { MINUS { SERVICE @ { ?s ?p ?o } } } } } } } } }",
    "SELECT * { SERVICE @ { SERVICE @ { ?s ?p ?o } } }",
    "BASE @ SELECT * { SERVICE <> { ?s ?p ?o } }",
    "PREFIX x: @ SELECT * { SERVICE x: { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o #' \n SERVICE #\" \r @ #''' \n { ?s ?p ?o } }",
    'SELECT * { ?s ?p """#""" . SERVICE @ { ?s ?p ?o } #""" \n }',
    "SELECT * { ?s ?p 'a'@en-SERVICE . sErViCe @ { ?s ?p ?o } }",
]


@pytest.mark.parametrize("attack", SERVICE)
def test_service_is_refused_and_nobody_is_called(five: Graph, attack: str, listener: tuple[str, list[object]]) -> None:
    address, calls = listener
    with pytest.raises(QueryRefused):
        query(five, attack.replace("@", address))
    assert calls == []


def test_the_engine_would_have_called(listener: tuple[str, list[object]]) -> None:
    """The attack that a look at rdflib's tree alone lets pass: the listener is real, and so is the danger."""
    from rdflib.plugins.sparql.parser import parseQuery

    address, calls = listener
    attack = f"SELECT * {{ # \r SERVICE {address} {{ ?s ?p ?o }} \n }}"
    assert "ServiceGraphPattern" not in repr(parseQuery(attack))
    with pytest.raises((OSError, SyntaxError, ValueError)):
        list(Store().query(attack))  # type: ignore[arg-type]
    assert calls
    calls.clear()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://e.org/> { ?s ?p ?o }",
        "ASK FROM <http://127.0.0.1/> { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } FROM <file:x> WHERE { ?s ?p ?o }",
        "CONSTRUCT FROM <file:x> WHERE { ?s ?p ?o }",
        "DESCRIBE <http://e.org/> FROM <file:x>",
        "SELECT * # \r FROM <file:///etc/passwd> \n { ?s ?p ?o }",
        "SELECT * #\n FROM #\n NAMED #\n <file:x> #\n { ?s ?p ?o }",
        "BASE <file:///etc/> SELECT * FROM <passwd> { ?s ?p ?o }",
        "PREFIX e: <file:///etc/> SELECT * from e:passwd from named e:shadow { ?s ?p ?o }",
    ],
)
def test_from_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match=r"FROM is refused.*Remove"):
        checked(text)


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <file:///etc/passwd>",
        "LOAD SILENT <http://e.org/> INTO GRAPH <http://e.org/>",
        "INSERT DATA { <a:a> <a:a> <a:a> }",
        "DELETE DATA { <a:a> <a:a> <a:a> }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { SERVICE <http://e.org/> { ?s ?p ?o } }",
        "PREFIX a: <a:> INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <a:a>",
        "ADD <a:a> TO <a:b>",
        "MOVE <a:a> TO <a:b>",
        "COPY <a:a> TO <a:b>",
        "# ASK {}\nCLEAR DEFAULT ; LOAD <file:x>",
        "# ASK {}\rLOAD <file:x>",
        "BASE <file:///etc/> LOAD <passwd>",
        "PREFIX a: <a:> # ASK {}\n load silent a:a into graph a:b",
        "INSERT DATA { <a:a> <a:a> <a:a> } ; LOAD <file:x>",
    ],
)
def test_updates_are_refused_as_such(text: str) -> None:
    with pytest.raises(QueryRefused, match="read-only"):
        checked(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s ?p 'SERVICE <http://e.org/> { } LOAD FROM <x> INSERT' }",
        'ASK { ?s ?p """# SERVICE " \'\'\' """ }',
        "ASK { ?s ?p '''\"\"\" FROM ''' }",
        "ASK { ?s ?p 'it\\'s # not a comment' }",
        'ASK { ?s ?p """a\\""" . SERVICE <http://e.org/> { ?s ?p ?o } #""" }',
        "# SERVICE, LOAD and FROM\nASK { ?s ?p ?o } # INSERT",
        "ASK { ?service ?load ?from }",
        "ASK { ?s <http://e.org/SERVICE#LOAD> <http://e.org/?FROM=INSERT> }",
        "PREFIX service: <http://e.org/#> ASK { ?s service:load service:from\\-x }",
        "ASK { FILTER(1<2 && 3>2) }",
        "ASK { ?s ?p 'caf\\u00e9 \\U0001F41B' }",
        "ASK { GRAPH ?g { ?s ?p ?o } }",
        "\r\nASK\r{ ?s ?p ?o }",
    ],
)
def test_words_in_strings_names_and_comments_pass(five: Graph, text: str) -> None:
    assert query(five, text).columns == ["answer"]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?v { VALUES ?v { -1.5 } }",
        "SELECT ?v { VALUES ?v { -.5 } }",
        "SELECT * { ?r pkg:value -1.5 }",
        "CONSTRUCT { ?r pkg:value -1.5 } WHERE { ?r pkg:value -1.5e0, -1, +1.5 }",
        "SELECT (-1.5 AS ?v) { FILTER(2-1.5 > -0.5) }",
    ],
)
def test_numbers_may_be_negative(five: Graph, text: str) -> None:
    assert checked(text) == text
    assert query(five, text).columns


def test_a_negative_decimal_is_the_number_that_it_says(five: Graph) -> None:
    assert list(query(five, "SELECT ?v { VALUES ?v { -1.5 } }")) == [{"v": -1.5}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1"),
        ("# nothing", "line 1"),
        ("SELEC ?s { ?s ?p ?o }", "line 1.*SELEC"),
        ("SELECT * {\n  ?s ?p ?o\n}\nORDER OF ?s", "line 4.*ORDER"),
        ("SELECT * { ?s ?p ?o ", "line 1"),
        ("SELECT * { ?s unknown:p ?o }", "unknown|Prefix"),
        ("SELECT * { ?s ?p 'x'@a-thousand-and-one-nights }", "."),
        ("ASK { ?s ?p '\\uD800' }", "escape"),
        ("ASK { ?s ?p '\\UFFFFFFFF' }", "escape"),
        ("SELECT * " + "{" * 500 + "}" * 500, "nested too deeply"),
        ("\x00", "line 1"),
    ],
)
def test_what_does_not_parse_is_explained(five: Graph, text: str, message: str) -> None:
    with pytest.raises(QueryRefused, match=message):
        query(five, text)


@pytest.mark.parametrize("unit", ["#", "'", '"', "\\", "<", "'a", '"a\\', "'" * 3 + "a"])
def test_a_million_characters_are_read_in_one_pass(unit: str) -> None:
    """The pattern for strings and comments goes back over nothing: no text of any size holds the guard up."""
    with pytest.raises(QueryRefused):
        checked("ASK { ?s ?p " + unit * (1_000_000 // len(unit)))


TOKENS = [
    *"'\"#\\\n\r{}<>. ?)a",
    "'''",
    '"""',
    "\\u0027",
    "\\u005C",
    "\\'",
    "'x'",
    "?s",
    "ex:",
    "FILTER(",
    "VALUES ?x {",
]
FRAGMENTS = st.sampled_from([*TOKENS, "<http://e/#>", "# SERVICE", "SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }"])


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_mixture_gets_a_service_past_the_guard(middle: str) -> None:
    try:
        text = checked(f"PREFIX ex: <http://e/> SELECT * {{ {middle} }}")
    except QueryRefused:
        return
    with suppress(SyntaxError):  # an OSError would tell of a connection that was tried
        run(text)


def run(text: str) -> None:
    answer = Store().query(text)
    assert isinstance(answer, QueryBoolean) or list(answer) is not None
