"""A page that shows itself where it was made: in a notebook, in a frame of its own."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from kg.view.render import write_page

_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
_FRAME = '<iframe title="{title}" sandbox="{sandbox}" srcdoc="{page}" style="{style}"></iframe>'


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """A page with its title. Jupyter shows it in place; :meth:`save` writes it to open in a browser.

    The frame is sandboxed and of no origin: the scripts of the page cannot reach the notebook, nor the network.

    Attributes:
        title: What it shows.
        html: The whole page.
        height: How high the frame is, in pixels.
    """

    title: str
    html: str
    height: int = 620

    def save(self, path: str | Path) -> Path:
        """Write the page to ``path`` and return it.

        Raises:
            KgError: The file cannot be written.
        """
        write_page(Path(path), self.html)
        return Path(path)

    def _repr_html_(self) -> str:
        style = f"width: 100%; height: {self.height}px; border: 1px solid #8885; border-radius: 8px"
        return _FRAME.format(title=escape(self.title), sandbox=_SANDBOX, page=escape(self.html), style=style)

    def __repr__(self) -> str:
        return f"<View: {self.title}; save(path) writes it, a notebook shows it>"
