"""The brand-experience charter: a brand's relational identity, checked over every path."""

__version__ = "0.1.0"
