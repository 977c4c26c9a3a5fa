"""How much is asked for: a tenth by default or less, all of it with TORTURE=10 (`make torture`)."""

import os

TORTURE = int(os.environ.get("TORTURE", "1"))
KILLS = 100 * TORTURE
SAVES_EACH = 10 if TORTURE == 1 else 25 * TORTURE
PROCESSES = 8
WORKSHOP_KILLS = 5 if TORTURE == 1 else 10 * TORTURE
