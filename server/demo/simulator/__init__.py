"""Demo people who act: through the public API and the live socket, as any browser would.

Nothing here touches the database or the server's own code: only docs/protocol.md and /api/docs.
"""
