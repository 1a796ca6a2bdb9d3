"""The picture under a hand: drag, pin, zoom, links opened by a click, names beside each other."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

#: Where a mark stands on the screen.
_SPOT = """mark => {
  const { renderer, canvas } = kg.stage;
  const { camera, drawing } = renderer;
  const box = canvas.getBoundingClientRect();
  return [drawing.x[mark] * camera.k + camera.x + box.left,
          drawing.y[mark] * camera.k + camera.y + box.top];
}"""
#: The picture is painted for just where the camera is, and nothing is coarse.
_SHARP = """() => {
  const { renderer } = kg.stage;
  return renderer.sheet !== null && renderer.next === null && renderer.exact(renderer.sheet);
}"""


@pytest.fixture
def opened(open_explorer, example):
    """The network of the example harvest, gathered."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"))
    opened.page.keyboard.press("2")
    opened.wait("kg.stage !== null && kg.stage.drawing.count > 5")
    opened.wait(_SHARP)
    return opened


def _drag(opened, mark: int, right: int, down: int) -> None:
    x, y = opened.page.evaluate(_SPOT, mark)
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + right / 2, y + down / 2)
    opened.page.mouse.move(x + right, y + down)
    opened.page.mouse.up()
    opened.settled()


def test_a_thing_is_dragged_and_stays_where_it_was_put(opened):
    """It follows the mouse, is not chosen by that, and keeps its place when links are hidden."""
    mark = opened.page.evaluate("kg.stage.drawing.node.findIndex((node) => node >= 0)")
    x, y = opened.page.evaluate(_SPOT, mark)
    _drag(opened, mark, 60, -40)
    there = opened.page.evaluate(_SPOT, mark)
    camera = "[kg.stage.renderer.camera.k, kg.stage.renderer.camera.x]"
    before = opened.page.evaluate(camera)
    opened.page.evaluate("kg.store.set({ hidden: ['mentioned'] })")
    opened.settled()

    assert there == pytest.approx([x + 60, y - 40], abs=1)
    assert opened.page.evaluate("kg.store.state.node") is None
    assert opened.page.evaluate(_SPOT, mark) == pytest.approx(there, abs=1)
    assert opened.page.evaluate(camera) == before


def test_a_pin_ends_with_another_gathering(opened):
    """What is gathered otherwise is laid out anew."""
    mark = opened.page.evaluate("kg.stage.drawing.node.findIndex((node) => node >= 0)")
    places = "[...kg.stage.drawing.x].join()"
    before = opened.page.evaluate(places)
    _drag(opened, mark, 60, -40)
    moved = opened.page.evaluate(places)
    opened.page.locator(".tools select").first.select_option("country")
    opened.settled()
    opened.page.locator(".tools select").first.select_option("objective")
    opened.settled()

    assert moved != before
    assert opened.page.evaluate(places) == before


def test_after_pan_and_zoom_the_picture_is_painted_anew(opened):
    """In motion the last sheet is shifted; at rest it is sharp again, where the camera is."""
    box = opened.page.locator(".stage").bounding_box()
    k = "kg.stage.renderer.camera.k"
    first = opened.page.evaluate(k)
    opened.page.mouse.move(box["x"] + 15, box["y"] + 15)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 400, box["y"] + 300)
    opened.page.mouse.up()
    opened.page.mouse.wheel(0, -300)
    opened.wait(f"first => {k} > first", first)
    opened.wait(_SHARP)
    opened.page.get_by_role("button", name="Show everything").click()
    opened.wait(_SHARP)

    assert opened.page.evaluate(k) == pytest.approx(first)
    assert opened.complaints == []


def test_a_click_on_a_single_link_opens_its_words(opened):
    """Each line of the picture that is no thing's mark opens the words of its link."""
    opened.find("EQL001")
    opened.wait("kg.store.state.hops === 1 && kg.stage.drawing.edge.some((edge) => edge >= 0)")
    opened.wait(_SHARP)
    spot = opened.page.evaluate(
        """() => {
          const { renderer, canvas } = kg.stage;
          const { camera, drawing } = renderer;
          const box = canvas.getBoundingClientRect();
          for (let line = 0; line < drawing.from.length; line++) {
            if (!kg.details.words[drawing.edge[line]]?.length) continue;
            const mid = (of) => (of[drawing.from[line]] + of[drawing.to[line]]) / 2;
            const x = mid(drawing.x) * camera.k + camera.x;
            const y = mid(drawing.y) * camera.k + camera.y;
            if (renderer.hit(x, y) < 0 && renderer.hitLine(x, y) === line)
              return [x + box.left, y + box.top, drawing.edge[line]];
          }
          return null;
        }"""
    )
    opened.page.mouse.click(spot[0], spot[1])

    opened.wait("edge => kg.store.state.edge === edge", spot[2])
    expect(opened.page.locator("#details blockquote mark").first).to_have_text(re.compile(r"\w"))


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
def test_names_in_the_picture_do_not_overlap(open_explorer, example, size):
    """Of bubbles on a phone neither; each bubble has a name. What is written is watched."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"), size=size)
    opened.page.keyboard.press("2")
    opened.wait("kg.stage !== null && kg.stage.drawing.count > 5")
    written = opened.page.evaluate(
        """() => {
          const written = [];
          const own = OffscreenCanvasRenderingContext2D.prototype;
          const { strokeText } = own;
          own.strokeText = function (text, x, y) {
            const wide = this.measureText(text).width / 2;
            const high = parseFloat(this.font.match(/[\\d.]+px/));
            written.push([text, x - wide, y, x + wide, y + high]);
            return strokeText.call(this, text, x, y);
          };
          kg.stage.renderer.paintSharp();
          own.strokeText = strokeText;
          return written;
        }"""
    )
    over = [
        (one[0], other[0])
        for at, one in enumerate(written)
        for other in written[:at]
        if one[1] < other[3] - 1 and other[1] < one[3] - 1
        if one[2] < other[4] - 2 and other[2] < one[4] - 2
    ]
    groups = opened.page.evaluate(
        """() => [...kg.stage.drawing.label].filter((_, mark) => kg.stage.drawing.size[mark])"""
    )
    firsts = {text.split()[0].rstrip("…") for text, *_ in written}

    assert over == []
    assert {name.split()[0] for name in groups} <= firsts


def test_all_stays_in_the_window_when_the_window_changes(open_explorer, example):
    """Surroundings bring more buttons, and so a smaller picture: nothing is cut off."""
    opened = open_explorer(example.explorer.read_text(encoding="utf-8"), size=(1280, 800))
    opened.page.keyboard.press("2")
    opened.find("WSRA")
    opened.page.locator("#details .actions button").first.click()
    inside = """() => {
      const { renderer, canvas } = kg.stage;
      const { drawing } = renderer;
      const box = canvas.getBoundingClientRect();
      const spot = %s;
      return drawing.count > 3 && [...drawing.x.keys()].every((mark) => {
        const [x, y] = spot(mark);
        const r = drawing.r[mark] * Math.min(1, renderer.camera.k);
        return x - r >= box.left && x + r <= box.right && y - r >= box.top && y + r <= box.bottom;
      });
    }"""
    opened.wait(inside % _SPOT)

    opened.page.set_viewport_size({"width": 1100, "height": 700})
    opened.wait(inside % _SPOT)
