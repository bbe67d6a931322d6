"""AgentList: one line for each agent at work; one that is stuck or was cut off stands out by sign, word and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from widgets.meters.gauges import sparkline_text
from widgets.meters.panel import Panel, Part
from widgets.painting import clip
from widgets.safe_text import safe_label

AgentState = Literal["working", "waiting", "idle", "stuck", "truncated"]

_SIGNS: dict[str, tuple[str, str]] = {
    "working": ("◐", "primary"),
    "waiting": ("○", "foreground"),
    "idle": ("·", "quiet"),
    "stuck": ("!", "error"),
    "truncated": ("✂", "error"),
}

NEARLY_FULL = 0.9
"""Share of the context window from which it is shown as a warning."""


@dataclass(frozen=True)
class AgentRow:
    """An agent. Context is in tokens, 0 where not known; `rates` are tokens a second over time, the newest last."""

    id: str
    role: str
    model: str = ""
    tier: str = ""
    task: str = ""
    state: AgentState = "working"
    tokens_per_second: float | None = None
    context_used: int = 0
    context_limit: int = 0
    rates: tuple[float, ...] = ()


class AgentList(Panel, can_focus=True):
    """The agents at work."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", "Down", show=False, id="agents.down"),
        Binding("k,up", "cursor_up", "Up", show=False, id="agents.up"),
        Binding("enter", "open", "Open its task", id="agents.open"),
    ]

    class AgentOpened(Message):
        """An agent was chosen by enter or a double click."""

        def __init__(self, agent_list: AgentList, agent: AgentRow) -> None:
            super().__init__()
            self.agent_list = agent_list
            self.agent = agent

        @property
        def control(self) -> AgentList:
            """The list that tells."""
            return self.agent_list

    def __init__(
        self,
        agents: Sequence[AgentRow] = (),
        *,
        empty_text: str = "Nobody is at work.",
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(empty_text=empty_text, id=id, classes=classes)
        self._agents = tuple(agents)
        self._cursor = 0

    @property
    def agents(self) -> tuple[AgentRow, ...]:
        """The agents that are shown."""
        return self._agents

    def show(self, agents: Sequence[AgentRow]) -> None:
        """Show these agents; only lines that changed are drawn. In focus, the cursor stays on its agent."""
        if tuple(agents) != self._agents:
            chosen = self._agents[self._cursor].id if self._agents and self.has_focus else None
            self._agents = tuple(agents)
            place = next((at for at, agent in enumerate(self._agents) if agent.id == chosen), self._cursor)
            self._cursor = max(0, min(place, len(self._agents) - 1))
            self.renew()

    @property
    def chosen_line(self) -> int:
        """The line under the cursor while the list has the focus."""
        return self._cursor if self.has_focus else -1

    def lines(self, width: int) -> list[list[Part]]:
        """Return a line for each agent, its columns aligned where there is room."""
        role = max((len(agent.role) for agent in self._agents), default=0)
        model = max((len(agent.model) for agent in self._agents), default=0)
        return [_agent(agent, min(role, 14), min(model, 24), width) for agent in self._agents]

    def action_cursor_down(self) -> None:
        """Go to the next agent."""
        self._move(self._cursor + 1)

    def action_cursor_up(self) -> None:
        """Go to the previous agent."""
        self._move(self._cursor - 1)

    def _move(self, line: int) -> None:
        self._cursor = max(0, min(line, len(self._agents) - 1))
        height = max(1, self.scrollable_content_region.height)
        if not self.scroll_offset.y <= self._cursor < self.scroll_offset.y + height:
            self.scroll_to(y=max(0, self._cursor - height + 1), animate=False)
        self.refresh()

    def action_open(self) -> None:
        """Open the task of the agent under the cursor."""
        if self._agents:
            self.post_message(self.AgentOpened(self, self._agents[self._cursor]))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor under the mouse; open by a double click."""
        offset = event.get_content_offset(self)
        line = (offset.y if offset else 0) + self.scroll_offset.y
        if line < len(self._agents):
            self._move(line)
            if event.chain == 2:
                self.action_open()


def _agent(agent: AgentRow, role: int, model: int, width: int) -> list[Part]:
    sign, colour = _SIGNS[agent.state]
    loud = agent.state in ("stuck", "truncated")
    parts = [Part(sign, colour, flags="br" if loud else "b"), Part(clip(safe_label(agent.role), role), flags="b")]
    if loud:
        parts.append(Part(agent.state.upper(), "error", flags="b"))
    if width >= 44:
        parts.append(Part(clip(safe_label(agent.model), model), "foreground", 2))
    if agent.state == "working" and agent.tokens_per_second is not None:
        parts.append(Part(f"{agent.tokens_per_second:3.0f} t/s", "primary", 1))
    elif not loud:
        parts.append(Part(agent.state, "quiet", 1))
    if agent.context_limit:
        share = agent.context_used / agent.context_limit
        context = f"{_thousands(agent.context_used)}/{_thousands(agent.context_limit)}"
        near = share >= NEARLY_FULL
        parts.append(Part(f"{context}{' nearly full' if near else ''}", "warning" if near else "quiet", 3))
    if agent.rates:
        parts.append(Part(sparkline_text(agent.rates, 8), "primary", 4))
    parts += [Part(safe_label(agent.tier), "quiet", 6), Part(safe_label(agent.task), "quiet", 5)]
    return parts


def _thousands(tokens: int) -> str:
    return f"{tokens / 1000:.1f}k" if tokens >= 1000 else str(tokens)
