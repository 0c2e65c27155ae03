"""Whole fleets: real worker processes, PostgreSQL with fsync, Redis, restless clients."""
