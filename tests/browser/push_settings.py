"""The product's settings, but that the push service may be on this machine."""

from server.settings import *  # noqa: F403

PUSH_ANYWHERE = True
