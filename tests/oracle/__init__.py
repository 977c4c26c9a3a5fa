"""The brute-force oracle: definitions on plain dictionaries, walks enumerated, nothing shared.

`definitions` says what DESIGN section 5 means, `walks` enumerates, `verdicts` answers a whole
workspace, `replay` confirms a witness, `generate` invents workspaces, `shrink` makes a failing
one small. None of them imports the packages under test.
"""
