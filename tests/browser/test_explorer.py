"""explorer.html as people use it: mouse, keyboard, phone, dark, tables, files, links."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

import kg
from kg.view import explorer_payload
from kg.view.render import explorer_html
from kg.view.safe import packed
from tests.browser.conftest import opening
from tests.corpus import FIVE, graph_of
from tests.view.made import iri, made, paper, planted, relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

    from kg.graph import Graph

    Opener = Callable[..., Page]

pytestmark = pytest.mark.browser

AXE = Path(kg.__file__).parent / "view/app/node_modules/axe-core/axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 780}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
READY = "() => performance.getEntriesByName('kg-complete').length > 0"


def html(graph: Graph, **options: Any) -> str:
    payload = explorer_payload(graph, **options)
    return explorer_html(title=payload.core.meta.title, core=packed(payload.core), detail=packed(payload.detail))


@pytest.fixture(scope="module")
def text() -> str:
    return html(graph_of(FIVE))


@pytest.fixture(scope="module")
def opened(chromium: Browser, text: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One page for many tests: to begin anew is to follow the empty link."""
    with opening(chromium, tmp_path_factory.mktemp("explorer")) as open_:
        yield ready(open_(text))


@pytest.fixture
def page(opened: Page) -> Page:
    return go(opened, "")


def ready(page: Page) -> Page:
    page.wait_for_function(READY, timeout=60_000)
    return page


def go(page: Page, fragment: str) -> Page:
    """Follow a link into the page."""
    page.evaluate("(fragment) => { location.hash = `#${fragment}`; }", fragment)
    return page


def heading(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def scope(page: Page) -> str:
    """What the map says it shows, after the frame that is under way."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.locator("#scope").inner_text()


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=name)


def walk_of(page: Page) -> list[str]:
    return page.locator("#trail li").all_inner_texts()


def test_it_opens_and_says_what_it_shows(page: Page) -> None:
    assert page.title() == "What 5 papers say · paperkg explorer"
    assert "17 of 17 entities" in scope(page)
    assert page.locator("#loading").count() == 0
    assert "LeafNet" in page.locator("#panel").inner_text()


def test_an_empty_graph_opens(open_page: Opener) -> None:
    assert "No entities were found" in ready(open_page(html(graph_of([])))).locator("#panel").inner_text()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lea", "LeafNet"),
        ("leefnet", "LeafNet"),
        ("ViTs", "Vision Transformer"),
        ("mlm", "masked language modeling"),
        ("resnet50", "ResNet-50"),
        ("songbnech", "SongBench"),
    ],
)
def test_three_letters_an_alias_or_a_typo_lead_there(page: Page, typed: str, name: str) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type(typed)
    assert name in page.locator("#search [aria-selected=true]").inner_text()
    page.keyboard.press("Enter")
    assert heading(page) == name
    assert "node=" in page.evaluate("location.hash")


def test_the_search_says_when_nothing_is_found(page: Page) -> None:
    search = page.locator("#search input")
    search.fill("zzzzzzzz")
    assert "Nothing is called zzzzzzzz" in page.locator("#search [role=listbox]").inner_text()
    search.press("Escape")
    assert search.get_attribute("aria-expanded") == "false"


def test_a_card_has_facts_with_sentences_and_papers(page: Page) -> None:
    go(page, "node=model/leafnet")
    told = page.locator("#panel").inner_text()
    for part in ("Model", "2 papers", "evaluated on", "PlantVillage", "91.4%", "confidence"):
        assert part in told
    assert "LeafNet reaches a top-1 accuracy of 91.4% on PlantVillage and outperforms ResNet-50." in told
    assert "2021: 1, 2022: 1" in str(page.locator("#panel [role=img]").get_attribute("aria-label"))
    links = page.locator("#panel a").evaluate_all("(links) => links.map((link) => [link.href, link.rel])")
    assert ["https://arxiv.org/abs/2101.00001", "noopener noreferrer"] in links
    page.locator("#panel .row", has_text="PlantVillage").get_by_role("button", name="all 2 papers").click()
    assert "evaluated on" in heading(page)
    assert page.locator("#panel blockquote").count() == 2


def test_a_click_selects_and_a_click_on_nothing_clears(page: Page) -> None:
    go(page, "node=dataset/plantvillage")
    stage: Any = page.locator("#stage").bounding_box()
    page.wait_for_timeout(300)
    page.mouse.click(stage["x"] + 6, stage["y"] + 6)
    assert heading(page) == "Where to begin"
    page.mouse.click(stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    page.wait_for_function("() => document.querySelector('#panel h2').innerText === 'PlantVillage'")


def test_a_walk_goes_hop_by_hop_and_back(page: Page) -> None:
    go(page, "node=model/birdbert")
    page.get_by_role("button", name="Walk from here").click()
    assert walk_of(page) == ["Whole map", "BirdBERT"]
    first = scope(page)
    page.locator("#panel .facts .go").first.click()
    name = heading(page)
    page.get_by_role("button", name="Open its neighbours").click()
    assert walk_of(page) == ["Whole map", "BirdBERT", name]
    page.get_by_role("button", name="Undo").click()
    assert walk_of(page) == ["Whole map", "BirdBERT"]
    assert scope(page) == first
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('#trail li').length === 3")
    page.get_by_role("button", name="Whole map").click()
    assert "17 of 17" in scope(page)


def test_one_step_back_and_forward_again(page: Page) -> None:
    names = ["BirdBERT", "LeafNet", "PlantVillage"]
    for name in names:
        page.keyboard.press("Control+k")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.wait_for_function("() => location.hash.includes('at=')")
    for step, expected in [("back", "LeafNet"), ("back", "BirdBERT"), ("forward", "LeafNet")]:
        page.evaluate(f"() => history.{step}()")
        page.wait_for_function("(name) => document.querySelector('#panel h2').innerText === name", arg=expected)


def test_the_skip_link_leads_to_the_details_and_keeps_the_view(page: Page) -> None:
    go(page, "node=dataset/plantvillage&without=Task")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    assert heading(page) == "PlantVillage"
    assert not box(page, "Tasks").is_checked()


SPOTS = """() => {
    const [stage, mouse] = [document.getElementById('stage'), document.querySelector('canvas.sigma-mouse')];
    const { left, top, width, height } = stage.getBoundingClientRect();
    const found = [];
    for (let x = left + 40; x < left + width - 60; x += 12)
        for (let y = top + 40; y < top + height - 40; y += 12) {
            mouse.dispatchEvent(new MouseEvent('mousemove', { clientX: x, clientY: y, bubbles: true }));
            if (stage.style.cursor === 'pointer') found.push([x, y]);
        }
    return found;
}"""
NAMES = "() => document.querySelector('canvas.sigma-labels').toDataURL()"


def test_a_double_click_opens_a_walk_that_is_wholly_seen(open_page: Opener, text: str) -> None:
    page = ready(open_page(text, reduced_motion="no-preference"))
    page.clock.install()
    page.mouse.dblclick(*page.evaluate(SPOTS)[0])
    page.wait_for_function("() => document.querySelectorAll('#trail li').length === 2")
    page.get_by_role("button", name="All of it").hover()
    page.clock.run_for(1000)
    names = page.evaluate(NAMES)
    page.get_by_role("button", name="All of it").click()
    page.clock.run_for(1000)
    assert page.evaluate(NAMES) == names


def test_what_a_walk_has_not_met_becomes_a_step_and_what_is_hidden_says_so(page: Page) -> None:
    go(page, "walk=model/birdbert&node=model/birdbert")
    page.locator("#search input").fill("plantvillage")
    page.keyboard.press("Enter")
    assert walk_of(page) == ["Whole map", "BirdBERT", "PlantVillage"]
    go(page, "walk=model/birdbert&path=model/leafnet~model/resnet-50")
    page.get_by_role("note").get_by_role("button", name="Leave the walk").click()
    assert "17 of 17" in scope(page)
    assert page.get_by_role("note").count() == 0
    go(page, "node=model/leafnet&without=Model")
    assert "Hidden by the filters" in page.get_by_role("note").inner_text()
    page.get_by_role("note").get_by_role("button", name="Show all again").click()
    assert "17 of 17" in scope(page)
    assert page.get_by_role("note").count() == 0


def test_the_legend_takes_away_and_brings_back(page: Page) -> None:
    box(page, "Models").uncheck()
    assert "11 of 17 entities" in scope(page)
    assert "left" in page.locator("#legend [role=status]").inner_text()
    page.get_by_role("button", name="Show all again").click()
    assert "17 of 17 entities" in scope(page)
    page.get_by_role("button", name="only Tasks").click(force=True)
    assert box(page, "Tasks").is_checked()
    assert not box(page, "Metrics").is_checked()
    page.get_by_role("button", name="only Tasks").click(force=True)
    assert box(page, "Metrics").is_checked()


def test_filters_by_year_support_and_confidence(page: Page) -> None:
    before = int(scope(page).split(" · ")[1].split()[0])
    page.get_by_role("spinbutton", name="from").fill("2022")
    page.get_by_role("spinbutton", name="from").press("Enter")
    within = int(scope(page).split(" · ")[1].split()[0])
    assert 0 < within < before
    go(page, "papers=2")
    assert int(scope(page).split(" · ")[1].split()[0]) < before
    go(page, "confidence=1")
    assert "0 of" in scope(page)
    assert page.get_by_role("slider", name="Confidence").input_value() == "1"
    go(page, "papers=999")
    assert page.get_by_role("slider", name="Papers that state it").get_attribute("aria-valuetext") == "100 or more"


def test_a_path_is_told_step_by_step(page: Page) -> None:
    go(page, "node=model/leafnet")
    page.get_by_role("button", name="Path to …").click()
    page.get_by_role("combobox", name="To", exact=True).fill("resnet")
    page.keyboard.press("Enter")
    assert heading(page) == "Shortest path"
    assert page.evaluate("document.activeElement.innerText") == "Shortest path"
    assert page.locator("#panel .numbers").inner_text() == "1 step"
    assert "outperforms" in page.locator("#panel .path").inner_text()
    go(page, "path=model/leafnet~dataset/songbench")
    assert "No path leads" in page.locator("#panel").inner_text()
    go(page, "")
    page.get_by_title("Find a shortest path").click()
    assert page.evaluate("document.activeElement.ariaLabel") == "From"
    box(page, "Models").focus()
    page.keyboard.press("Space")
    assert not box(page, "Models").is_checked()
    assert page.evaluate("document.activeElement.type") == "checkbox"


def test_two_entities_side_by_side(page: Page) -> None:
    go(page, "view=compare&compare=model/leafnet~model/resnet-50")
    told = page.locator("#sheet").inner_text()
    assert "Said of both together" in told
    assert "outperforms" in told
    assert "Only LeafNet" in told


def test_nothing_is_compared_with_itself(page: Page) -> None:
    go(page, "view=compare&compare=model/leafnet~model/leafnet")
    assert "Choose two different entities" in page.locator("#sheet").inner_text()
    go(page, "view=compare&compare=model/leafnet~")
    page.get_by_role("combobox", name="with", exact=True).fill("leafnet")
    page.keyboard.press("Enter")
    assert "cannot be compared with itself" in page.locator("#toast").inner_text()
    assert page.evaluate("location.hash").endswith("compare=model/leafnet~")


def test_the_tables_have_all_that_the_map_has(page: Page) -> None:
    page.get_by_role("button", name="Entities", exact=True).click()
    assert page.locator("#sheet tbody tr").count() == 17
    page.get_by_role("button", name="Papers", exact=True).click()
    column = page.locator("#sheet tbody td:nth-child(3)").all_inner_texts()
    assert column == sorted(column, key=int, reverse=True)
    page.get_by_role("searchbox").fill("vits")
    assert page.locator("#sheet tbody tr").all_inner_texts()[0].startswith("Vision Transformer")
    page.get_by_role("button", name="Facts", exact=True).first.click()
    facts = len(graph_of(FIVE).edges())
    assert page.locator("#sheet tbody tr").count() == facts
    assert page.locator("#sheet tbody blockquote").count() == facts
    page.locator("#sheet .go", has_text="LeafNet").first.click()
    assert heading(page) == "LeafNet"
    assert page.locator("#map").is_visible()


def test_a_table_finds_in_all_that_it_shows_and_keeps_what_was_asked(page: Page) -> None:
    go(page, "view=facts")
    page.get_by_role("searchbox").fill("evaluated on")
    assert 0 < page.locator("#sheet tbody tr").count() < len(graph_of(FIVE).edges())
    page.get_by_role("searchbox").fill("outperforms resnet-50.")
    page.get_by_role("button", name="Latest").click()
    subjects = page.locator("#sheet tbody td:first-child")
    rows = subjects.all_inner_texts()
    assert 0 < len(rows) < len(graph_of(FIVE).edges())
    box(page, "Tasks").uncheck()
    assert page.get_by_role("searchbox").input_value() == "outperforms resnet-50."
    box(page, "Tasks").check()
    page.locator("#sheet .go").first.click()
    page.go_back()
    page.wait_for_function("() => !document.querySelector('#sheet').hidden")
    assert subjects.all_inner_texts() == rows
    assert page.locator("#sheet [aria-sort=descending]").inner_text().startswith("Latest")
    page.get_by_role("searchbox").fill("")
    assert page.locator("#sheet tbody .confidence").count() == 0


def test_what_years_are_shown_is_what_is_counted_and_quoted(page: Page) -> None:
    go(page, "node=model/leafnet&years=2022-2022")
    assert "1 of 2 papers" in page.locator("#panel .numbers").inner_text()
    cited = page.locator("#panel .facts cite, #panel .result + cite").all_inner_texts()
    assert cited
    assert all("2022" in one for one in cited)
    assert page.get_by_role("button", name="all 2 papers").count() == 0


def test_filters_that_hide_everything_say_so_and_can_be_taken_back(page: Page) -> None:
    go(page, "years=2030-2031")
    assert heading(page) == "Nothing is shown"
    page.locator("#panel").get_by_role("button", name="Show all again").click()
    assert heading(page) == "Where to begin"


def test_what_only_names_tell_is_told_apart(open_page: Opener) -> None:
    inferred = [{"head": iri(a), "relation": "variantOf", "tail": iri("b"), "rule": "version"} for a in "ac"]
    page = ready(open_page(html(made([(name, "Model") for name in "abc"], inferred=inferred))))
    assert (
        "0 relations that 1 abstract states and 2 more that only the names tell" in page.locator("#panel").inner_text()
    )
    go(page, "view=compare&compare=x/a~x/c")
    assert page.locator("#sheet td").all_inner_texts().count("from the names") == 2


def test_long_names_and_sentences_are_read_in_full(open_page: Opener) -> None:
    name, said = "Long" * 60, "A sentence that goes on. " * 20
    span = {"start": 10, "end": 10 + len(said)}
    rows = [relation(name, "outperforms", "b", evidence=[span]), relation("b", "outperforms", name, evidence=[span])]
    papers = [paper(0, abstract=said)]
    page = ready(open_page(html(made([(name, "Model"), ("b", "Model")], papers=papers, relations=rows))))
    assert page.evaluate(
        "() => document.getElementById('panel').scrollWidth <= document.getElementById('panel').clientWidth"
    )
    go(page, f"node=x/{name}")
    assert heading(page) == name
    go(page, "view=facts")
    sentence = page.locator("#sheet blockquote").first
    cut: Any = sentence.bounding_box()
    page.get_by_role("button", name="more").first.press("Enter")
    whole: Any = sentence.bounding_box()
    assert whole["height"] > cut["height"]
    page.get_by_role("button", name="less").click()
    again: Any = sentence.bounding_box()
    assert again["height"] == cut["height"]


def test_a_leaderboard_is_sorted_by_the_direction_of_its_metric(page: Page) -> None:
    page.get_by_role("button", name="Leaderboards").click()
    page.get_by_role("button", name="PlantVillage").first.click()
    board = page.locator("#sheet .table").first.inner_text()
    assert "top-1 accuracy" in board
    assert "higher is better" in board
    assert "91.4%" in board


def saved(page: Page, name: str) -> bytes:
    page.locator("#tools summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return Path(str(download.value.path())).read_bytes()


def test_the_view_is_saved_as_picture_table_and_graph(page: Page) -> None:
    picture = saved(page, "Picture (PNG)")
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5_000
    facts = list(csv.DictReader(io.StringIO(saved(page, "Facts (CSV)").decode())))
    assert len(facts) == len(graph_of(FIVE).edges())
    assert {"LeafNet", "outperforms", "ResNet-50"} <= {cell for row in facts for cell in row.values()}
    entities = list(csv.DictReader(io.StringIO(saved(page, "Entities (CSV)").decode())))
    assert len(entities) == 17
    box(page, "Models").uncheck()
    graph = nx.read_gexf(io.BytesIO(saved(page, "Graph (GEXF)")))
    assert len(graph) == 11
    assert graph.nodes["https://w3id.org/paperkg/dataset/plantvillage"]["label"] == "PlantVillage"
    page.locator("#tools summary").click()
    page.get_by_role("button", name="Copy the link to this view").click()
    page.locator("#toast", has_text=re.compile("Link copied|take the link from the address bar")).wait_for()
    assert not page.locator("#tools ul").is_visible()


def test_a_link_leads_to_the_same_view(page: Page, open_page: Opener, text: str) -> None:
    go(page, "node=model/birdbert")
    page.get_by_role("button", name="Walk from here").click()
    box(page, "Metrics").uncheck()
    box(page, "used for").uncheck()
    page.wait_for_function("() => location.hash.includes('at=')")
    fragment = page.evaluate("location.hash")
    other = ready(open_page(text))
    go(other, fragment)
    assert heading(other) == "BirdBERT"
    assert walk_of(other) == walk_of(page)
    assert scope(other) == scope(page)
    assert not box(other, "Metrics").is_checked()
    assert not box(other, "used for").is_checked()
    assert other.evaluate("location.hash") == fragment


def test_a_link_with_nonsense_opens_the_page_all_the_same(page: Page) -> None:
    go(page, "view=what&node=no/such&walk=~~&path=a~b&years=0-x&confidence=NaN&at=1,2&edge=~~~&compare=%")
    assert "17 of 17" in scope(page)
    assert heading(page) == "Where to begin"
    assert "Not on this page: no/such, a, b and 1 more" in page.locator("#toast").inner_text()


def test_a_walk_is_linked_to_with_where_it_is_looked_at_from(page: Page) -> None:
    def nearer() -> list[float]:
        before = page.evaluate("location.hash")
        page.locator("#stage").press("+")
        page.wait_for_function("(before) => location.hash !== before", arg=before)
        return [float(part) for part in page.evaluate("location.hash.split('at=')[1]").split(",")]

    go(page, "node=model/birdbert&walk=model/birdbert")
    page.wait_for_function("() => location.hash.includes('at=')")
    nearer()
    x, y, ratio = nearer()
    page.reload()
    ready(page)
    assert nearer() == pytest.approx([x, y, ratio / 1.6], abs=0.001)
    page.get_by_role("button", name="Whole map").click()
    assert "17 of 17" in scope(page)


def test_a_walk_by_keyboard_alone(open_page: Opener, text: str) -> None:
    page = ready(open_page(text))
    met: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        met.append(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('role') || ''"))
        outline = page.evaluate(
            "() => { const style = getComputedStyle(document.activeElement);"
            " return document.activeElement.matches('#panel, h2') || style.outlineStyle !== 'none'; }"
        )
        assert outline, met[-1]
        if met[-1] == "stage":
            break
    assert met[-1] == "stage"
    assert "combobox" in met
    page.keyboard.press("n")
    assert "1 of 17" in page.locator("#live").inner_text()
    page.keyboard.press("Enter")
    first = heading(page)
    assert first in page.locator("#live").inner_text() or first
    page.keyboard.press("e")
    page.wait_for_function("() => document.querySelectorAll('#trail li').length === 2")
    page.keyboard.press("n")
    told = page.locator("#live").inner_text()
    page.keyboard.press("Enter")
    assert heading(page) in told
    page.keyboard.press("e")
    page.wait_for_function("() => document.querySelectorAll('#trail li').length === 3")
    page.keyboard.press("u")
    assert len(walk_of(page)) == 2
    page.keyboard.press("Escape")
    assert heading(page) == "Where to begin"


def test_keys_move_the_map(page: Page) -> None:
    page.locator("#stage").focus()
    for key in ("+", "ArrowRight", "ArrowDown"):
        before = page.evaluate("location.hash")
        page.keyboard.press(key)
        page.wait_for_function("(before) => location.hash !== before", arg=before)
    page.keyboard.press("0")
    page.get_by_label("Nearer").click()


STATES = [
    "node=model/leafnet",
    "walk=model/birdbert&node=model/birdbert",
    "edge=model/leafnet~outperforms~model/resnet-50",
    "path=model/leafnet~model/resnet-50",
    "node=no/such",
    "view=entities",
    "view=facts",
    "view=boards",
    "view=disputes",
    "view=compare&compare=model/leafnet~model/resnet-50",
]


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_nothing(open_page: Opener, text: str, options: dict[str, Any]) -> None:
    page = ready(open_page(text, **options))
    page.evaluate(AXE.read_text("utf-8"))
    for state in ["", *STATES]:
        go(page, state)
        page.wait_for_timeout(50)
        assert violations(page) == [], state
    page.get_by_role("button", name="Help").click()
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "async () => (await axe.run()).violations.flatMap((one) =>"
        " one.nodes.map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary}`))"
    )
    return found


def test_light_and_dark_are_the_readers_choice(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(ground) != light
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(ground) == light
    page.evaluate("localStorage.clear()")


def test_on_a_phone_everything_fits_and_the_card_lies_below(open_page: Opener, text: str) -> None:
    page = ready(open_page(text, **PHONE))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    go(page, "node=dataset/songbench")
    card: Any = page.locator("#panel").bounding_box()
    assert (card["width"], card["y"] > 300) == (390, True)
    page.get_by_role("button", name="Close details").click()
    assert not page.locator("#panel").is_visible()
    filters = page.get_by_role("button", name="Filters")
    filters.click()
    box(page, "Models").uncheck()
    page.keyboard.press("Escape")
    assert "11 of 17" in scope(page)
    filters.click()
    only = page.get_by_role("button", name="only Tasks")
    assert only.evaluate("(button) => getComputedStyle(button).opacity") == "1"
    only.tap()
    assert not box(page, "Metrics").is_checked()
    page.touchscreen.tap(370, 400)
    assert filters.get_attribute("aria-expanded") == "false"
    assert not page.locator("#legend").is_visible()
    page.get_by_role("button", name="Facts", exact=True).click()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    go(page, "view=compare")
    assert seen(page, "#views")
    go(page, "walk=model/leafnet~model/birdbert~dataset/plantvillage~dataset/songbench")
    assert seen(page, "#trail")


def seen(page: Page, bar: str) -> bool:
    """Whether what is current in a bar is wholly within its width."""
    boxes: list[Any] = [page.locator(one).bounding_box() for one in (f"{bar} [aria-current]", bar)]
    inner, outer = boxes
    return bool(outer["x"] <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1)


def test_above_the_budget_the_page_says_what_it_leaves_out(open_page: Opener) -> None:
    page = ready(open_page(html(planted(10, 30), most_nodes=100)))
    note = page.locator("#panel [role=note]").inner_text()
    assert "the 100 most mentioned and connected entities" in note
    assert "it leaves out 200 entities" in note
    assert "kg serve" in note
    for view in ("boards", "disputes"):
        go(page, f"view={view}")
        told = page.locator("#sheet").inner_text()
        assert "This page holds 100 of 300 entities" in told
        assert "filters" not in told


def test_ten_thousand_entities_and_fifty_thousand_relations(open_page: Opener) -> None:
    page = open_page(html(planted(200, 50, extra=6)))
    page.wait_for_function("() => performance.getEntriesByName('kg-interactive').length > 0", timeout=60_000)
    assert "10,000 of 10,000 entities" in scope(page)
    ready(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("e1250")
    assert "entities found, the first 12 listed" in str(page.locator("#search [role=status]").text_content())
    page.keyboard.press("Enter")
    assert heading(page) == "e1250"
    page.get_by_role("button", name="Walk from here").click()
    assert "25 entities of your walk" in scope(page)
    page.locator("#stage").press("n")
    assert page.locator("#live").inner_text().endswith("1 of 24")
