"""The face for Claude Code and other agents: an MCP server on stdio that drops files and reads results.

It holds no queue and loads no engine. `tools` says what a client is told, `desk` does what a call asks, `server` speaks
the protocol by the official SDK.
"""
