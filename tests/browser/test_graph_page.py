"""graph.html as people use it: mouse, keyboard, phone, dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kg.view import graph_page
from tests.corpus import FIVE, graph_of
from tests.view.made import planted

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opener = Callable[..., Page]

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 780}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
INK = """() => {
    const canvas = document.querySelector('canvas');
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
    let drawn = 0;
    for (let at = 3; at < pixels.length; at += 4) if (pixels[at] > 100) drawn += 1;
    return drawn;
}"""
SPOT = """([kind, id]) => {
    const box = document.getElementById('graph').getBoundingClientRect();
    const at = kind === 'node' ? network.getPositions([id])[id] : network.body.edges[id].edgeType.getPoint(0.5);
    const spot = network.canvasToDOM(at);
    return [box.x + spot.x, box.y + spot.y];
}"""


@pytest.fixture(scope="module")
def text() -> str:
    return graph_page(graph_of(FIVE))


@pytest.fixture
def page(open_page: Opener, text: str) -> Page:
    return open_page(text)


def node(page: Page, name: str) -> int:
    return int(page.evaluate("(name) => data.entities.findIndex((entity) => entity.name === name)", name))


def edge(page: Page, head: str, relation: str, tail: str) -> int:
    return int(
        page.evaluate(
            "([from, relation, to]) => data.edges.find("
            "(e) => e.from === from && e.relation === relation && e.to === to).id",
            [node(page, head), relation, node(page, tail)],
        )
    )


def click(page: Page, kind: str, number: int) -> None:
    x, y = page.evaluate(SPOT, [kind, number])
    page.mouse.click(x, y)


def heading(page: Page) -> str:
    return page.locator("#panel h2").inner_text()


def test_it_opens_and_draws(page: Page) -> None:
    assert "5 papers" in page.title()
    assert page.evaluate(INK) > 2000
    assert page.evaluate("network.getScale() > 0.2 && !network.physics.physicsEnabled")


def test_an_empty_graph_opens(open_page: Opener) -> None:
    assert "no entities" in open_page(graph_page(graph_of([]))).locator("main").inner_text()


def test_a_click_on_a_node_shows_its_papers_and_sentences(page: Page) -> None:
    click(page, "node", node(page, "LeafNet"))
    page.wait_for_selector("#panel.open")
    told = page.locator("#panel").inner_text()
    assert heading(page) == "LeafNet"
    for part in (
        "Model",
        "2 papers",
        "evaluated on",
        "PlantVillage",
        "91.4%",
        "Pruning Vision Transformers for the Field",
        "(2022)",
    ):
        assert part in told
    assert "LeafNet reaches a top-1 accuracy of 91.4% on PlantVillage and outperforms ResNet-50." in told
    links = page.locator("#panel a").evaluate_all("(links) => links.map((link) => [link.href, link.rel])")
    assert ["https://arxiv.org/abs/2101.00001", "noopener noreferrer"] in links


def test_a_click_on_an_edge_shows_the_sentence_of_every_paper(page: Page) -> None:
    click(page, "edge", edge(page, "LeafNet", "evaluatedOn", "PlantVillage"))
    page.wait_for_selector("#panel.open")
    assert heading(page) == "LeafNet — evaluated on → PlantVillage"
    assert page.locator("#panel blockquote").count() == 2
    assert "stated by 2 papers" in page.locator("#panel").inner_text()
    assert page.locator("#panel a").count() == 2


def test_facts_lead_on_to_the_next_entity(page: Page) -> None:
    page.evaluate("(id) => selectNode(id)", node(page, "LeafNet"))
    page.locator("#panel .go", has_text="PlantVillage").first.click()
    assert heading(page) == "PlantVillage"
    page.locator("#panel .go", has_text="all 2 papers").first.click()
    assert "evaluated on" in heading(page)


def test_a_click_on_nothing_clears(page: Page) -> None:
    page.evaluate("selectNode(0)")
    box = page.locator("#graph").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 4, box["y"] + 4)
    page.wait_for_selector("#panel:not(.open)")


@pytest.mark.parametrize(
    ("typed", "name"), [("leafn", "LeafNet"), ("ViTs", "Vision Transformer"), ("mlm", "masked language modeling")]
)
def test_search_finds_names_and_aliases_from_the_keyboard(page: Page, typed: str, name: str) -> None:
    page.locator("#search").press_sequentially(typed)
    assert name in page.locator("#hits li[aria-selected=true]").inner_text()
    page.keyboard.press("Enter")
    assert heading(page) == name
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert page.evaluate("network.getSelectedNodes()") == [node(page, name)]


def test_search_walks_its_hits_and_says_when_there_is_none(page: Page) -> None:
    search = page.locator("#search")
    search.press_sequentially("net")
    count = page.locator("#hits li").count()
    assert count > 1
    page.keyboard.press("ArrowUp")
    assert search.get_attribute("aria-activedescendant") == f"hit-{count - 1}"
    search.fill("zzz")
    assert "nothing found" in page.locator("#found").inner_text()
    assert search.get_attribute("aria-expanded") == "false"


def test_the_legend_takes_types_and_relations_away_and_back(page: Page) -> None:
    models = "visNodes.get({ filter: (node) => node.group === 'Model' && node.hidden }).length"
    gone = "visEdges.get({ filter: (edge) => edge.hidden }).length"
    before = page.evaluate(INK)
    page.get_by_label("Models").uncheck()
    assert page.evaluate(models) == 6
    assert page.evaluate(gone) > 10
    page.wait_for_timeout(100)
    assert page.evaluate(INK) < before
    page.get_by_label("Models").check()
    page.get_by_label("outperforms").uncheck()
    assert page.evaluate(gone) == 3
    assert page.evaluate(models) == 0


def test_a_hidden_type_comes_back_when_searched_for(page: Page) -> None:
    page.get_by_label("Models").uncheck()
    page.locator("#search").press_sequentially("LeafNet")
    page.keyboard.press("Enter")
    assert page.get_by_label("Models").is_checked()


def test_everything_is_reached_by_keyboard(page: Page) -> None:
    met: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        met.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.name || document.activeElement.className"
            )
        )
    for place in ("search", "list-button", "vis-network", "type", "relation", "go"):
        assert place in met
    page.locator("#panel .go").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel:not(.open)")
    assert page.evaluate("document.activeElement.className") == "vis-network"


def test_the_drawing_moves_and_zooms_by_keys_and_buttons(page: Page) -> None:
    scale = page.evaluate("network.getScale()")
    page.get_by_label("Zoom in").click()
    assert page.evaluate("network.getScale()") == pytest.approx(scale * 1.4, rel=0.01)
    page.get_by_label("Show all").click()
    assert page.evaluate("network.getScale()") == pytest.approx(scale, rel=0.01)


def test_the_list_has_every_entity_and_opens_it(page: Page) -> None:
    button = page.locator("#list-button")
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator("#list tbody tr").count() == 17
    page.locator("#list").get_by_role("button", name="AviCorpus", exact=True).click()
    assert heading(page) == "AviCorpus"
    assert page.locator("#stage").is_visible()


def test_every_control_has_a_name_and_every_target_is_there(page: Page) -> None:
    page.evaluate("selectNode(0); setListOpen(true)")
    nameless = page.locator("button, input, a[href], summary, aside, section").evaluate_all(
        """(all) => all.filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim()
            || [...(one.labels ?? [])].some((label) => label.textContent.trim()))).map((one) => one.outerHTML)"""
    )
    assert nameless == []
    dangling = page.evaluate(
        "[...document.querySelectorAll('[aria-controls]')]"
        ".filter((one) => !byId(one.getAttribute('aria-controls'))).length"
    )
    assert dangling == 0
    assert (
        page.evaluate("new Set([...document.querySelectorAll('[id]')].map((one) => one.id)).size")
        == page.locator("[id]").count()
    )


CONTRAST = """([ink, ground]) => {
    const style = getComputedStyle(document.documentElement);
    const light = (name) => {
        const digits = style.getPropertyValue(name).match(/[0-9a-f]{2}/gi);
        const parts = digits.map((part) => parseInt(part, 16) / 255);
        const [r, g, b] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
}"""
TEXT = ("--ink", "--soft", "--accent")
SHAPE = (
    "--task-edge",
    "--method-edge",
    "--model-edge",
    "--dataset-edge",
    "--metric-edge",
    "--purpose",
    "--makeup",
    "--measure",
    "--contest",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_out_enough(open_page: Opener, text: str, scheme: str) -> None:
    page = open_page(text, color_scheme=scheme)
    for names, least in ((TEXT, 4.5), (SHAPE, 3.0)):
        for name in names:
            for ground in ("--paper", "--card"):
                assert page.evaluate(CONTRAST, [name, ground]) >= least, (name, ground)


def test_dark_follows_the_reader_at_once(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, before = page.evaluate(ground), page.evaluate("colours.ink")
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light
    page.wait_for_function("(before) => colours.ink !== before", arg=before)


def test_on_a_phone_everything_fits_and_a_tap_opens_the_panel(open_page: Opener, text: str) -> None:
    page = open_page(text, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#legend").get_attribute("open") is None
    x, y = page.evaluate(SPOT, ["node", node(page, "SongBench")])
    page.touchscreen.tap(x, y)
    page.wait_for_selector("#panel.open")
    assert heading(page) == "SongBench"
    box: Any = page.locator("#panel").bounding_box()
    assert box["width"] == 390
    assert box["y"] + box["height"] <= 781
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [900, 1280])
def test_in_a_notebook_the_legend_leaves_the_map_its_room(open_page: Opener, text: str, width: int) -> None:
    legend = open_page(text, viewport={"width": width, "height": 600}).locator("#legend")
    assert legend.evaluate("(legend) => legend.open") == (width > 1000)
    legend.locator("summary").click()
    assert legend.evaluate("(legend) => legend.open") == (width < 1000)


def test_five_hundred_nodes_open_and_select_quickly(open_page: Opener) -> None:
    page = open_page(graph_page(planted(20, 30), limit=500))
    assert page.evaluate("visNodes.length") == 500
    assert page.evaluate(INK) > 5000
    spent = page.evaluate(
        "(() => { const from = performance.now(); selectNode(0); return performance.now() - from; })()"
    )
    assert spent < 2000
