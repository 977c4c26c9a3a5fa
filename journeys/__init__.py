"""Customer journeys: multichannel graphs read from YAML, and proofs over every path of them.

This package knows nothing of brands. Tags on touchpoints are opaque labels; whoever asks
says what a label means.
"""
