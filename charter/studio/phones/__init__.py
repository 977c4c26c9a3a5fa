"""The door by which the phones of a workshop come in: a small web server, a process of its own.

    door(root).link(workshop.code)     # "http://192.168.1.20:8502/#K7QM3PXD"

It serves one page and one websocket, and knows the workspace's database of workshops alone.
"""

from charter.studio.phones.door import Door, door, open_early
from charter.studio.phones.listening import LINK, PHONES, CannotOpen, Listening, read_listening

__all__ = [
    "LINK",
    "PHONES",
    "CannotOpen",
    "Door",
    "Listening",
    "door",
    "open_early",
    "read_listening",
]
