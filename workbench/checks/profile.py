"""The rules for sandbox-exec on macOS. Written from Apple's profiles and not tried: no Mac has run them."""

from __future__ import annotations

from workbench.checks.view import View

_ALWAYS = """(version 1)
(deny default)
(allow process-exec process-fork)
(allow signal (target same-sandbox))
(allow sysctl-read)
(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo"))
(allow file-read-metadata)
(allow file-read* (literal "/"))
(allow file-read* (subpath "/System") (subpath "/Library/Apple") (subpath "/Library/Developer")
  (subpath "/Applications/Xcode.app") (subpath "/private/etc") (subpath "/private/var/db/timezone"))
(allow file-read* file-write-data file-ioctl (literal "/dev/null") (literal "/dev/zero") (literal "/dev/tty"))
(allow file-read* (literal "/dev/random") (literal "/dev/urandom") (subpath "/dev/fd"))
(deny network*)
"""


def text(seen: View) -> str:
    """Return the profile that shows a command what `seen` names and nothing else."""
    lines = [f"(allow file-read* (subpath {_quoted(str(place))}))" for place in seen.read]
    lines += [
        f"(allow file-read* file-write* (subpath {_quoted(str(source))}))"
        for source, goal in seen.write
        if source == goal
    ]
    lines += [f"(deny file-read* (subpath {_quoted(str(place))}))" for place in seen.hidden]
    return _ALWAYS + "\n".join(lines) + "\n"


def _quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
