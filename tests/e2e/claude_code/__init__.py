"""The real Claude Code client, driven offline: a scripted Messages API on loopback, and a driver for the client."""
