"""An app that holds the widgets of a test and keeps what they post."""

from __future__ import annotations

import re
from typing import TypeVar

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from themes import DEFAULT, themes

HUNDRED = "".join(f"line {number}\n" for number in range(1, 101))
CHANGED = HUNDRED.replace("line 10\n", "line ten\n").replace("line 50\n", "line fifty\nand a half\n")

PATCH = '''diff --git a/bank.py b/bank.py
--- a/bank.py
+++ b/bank.py
@@ -1,6 +1,8 @@ class Account:
 def greet(name):
-    """Say hello
-    to one."""
-    return "hello " + name
+    """Say good day
+    to one.
+
+    Kindly."""
+    return "good day " + name

 # end
@@ -20,3 +22,2 @@ def balance(self):
 total = 0
-unused = 1
 return total
diff --git a/note.txt b/note.txt
new file mode 100644
--- /dev/null
+++ b/note.txt
@@ -0,0 +1,2 @@
+first
+\tsecond
\\ No newline at end of file
'''

Said = TypeVar("Said", bound=Message)


class Stage(App[None]):
    """Shows widgets one above the other; `said` holds their messages, `copied` what went to the clipboard."""

    CSS = "Screen > * { height: 1fr; }"

    def __init__(self, *shown: Widget, theme: str = DEFAULT) -> None:
        super().__init__()
        self.shown = shown
        self.wanted = theme
        self.said: list[Message] = []
        self.copied: list[str] = []

    def compose(self) -> ComposeResult:
        yield from self.shown

    def on_mount(self) -> None:
        for theme in themes():
            self.register_theme(theme)
        self.theme = self.wanted
        for widget in self.shown:
            if widget.can_focus:
                widget.focus()
                break

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Return the picture without the fonts it would fetch from elsewhere."""
        picture = super().export_screenshot(title=title, simplify=simplify)
        return re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)

    def copy_to_clipboard(self, text: str) -> None:
        super().copy_to_clipboard(text)
        self.copied.append(text)

    def note(self, message: Message) -> None:
        """Keep a message once, however many widgets it passes."""
        if not any(message is known for known in self.said):
            self.said.append(message)

    def heard(self, kind: type[Said]) -> list[Said]:
        """Return the messages of one kind, oldest first."""
        return [message for message in self.said if isinstance(message, kind)]


def lines_of(widget: Widget) -> list[str]:
    """Return what a widget shows, line by line."""
    return [widget.render_line(y).text for y in range(widget.scrollable_content_region.height)]
