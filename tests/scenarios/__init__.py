"""Golden scenarios: the files of a workspace, the command, its status and output, together.

A scenario is a folder: the files that the command finds, and `expected.txt`, which begins with
what the scenario is about, then tells each command as a terminal would show it.

    A key that nobody knows is refused, with the one that was probably meant.

    given: the small workspace

    $ charter check .
    exit 2
    journeys/buying.yaml:9:5: CH001 Unknown key …

After the output on stdout come, if there are any: `--- stderr`, what was said there;
`--- written: NAME`, each file that the command made or changed, with its content.

`given:` lines prepare what can't be committed (`GIVEN` lists them). *The small workspace* is
the files of the scenario `small`, beneath the scenario's own.

After a change that is meant, `UPDATE_SCENARIOS=1 python -m pytest tests/test_scenarios.py`
rewrites what is expected; the difference is then read line by line before it is committed.
"""
