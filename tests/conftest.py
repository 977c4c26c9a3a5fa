"""What all tests share."""

from hypothesis import settings

# How long a case takes depends on the machine, so it is no reason to fail. CI (where Hypothesis
# derandomises by itself) runs the same cases each time; elsewhere each run tries new ones.
settings.register_profile("here", deadline=None)
settings.load_profile("here")
