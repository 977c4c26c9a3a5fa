"""The words for what is wrong with a file: what it is, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable

from charter.messages import N_, Speaker, visible
from journeys.source import Problem

# By reason. `{key}`, `{value}` and `{id}` are the user's own text; `{what}` is one of _THINGS.
_SENTENCES = {
    # The file as a whole.
    "missing-file": N_(
        "This folder has no {file}, so it isn't a workspace. Run “charter new” to start one, or "
        "name another folder."
    ),
    "unreadable": N_("This can't be read ({detail}). Check that it exists and who may read it."),
    "not-a-folder": N_("There is no folder here. Name the folder that holds charter.yaml."),
    "not-a-file": N_("This is not a file, so it isn't read. Put the file itself here."),
    "outside": N_(
        "This link leads out of the workspace, so it isn't read. Put the file itself here."
    ),
    "too-large": N_("This file is larger than {limit} MiB. Split it into several."),
    "not-utf-8": N_("Byte {byte} is not UTF-8 text. Save the file as UTF-8."),
    "unprintable": N_("The character {character} can't stand in a YAML file. Delete it."),
    "empty-file": N_("This file is empty. Write its content, or delete it."),
    "conflict-marker": N_(
        "A merge left a conflict here (<<<<<<< … >>>>>>>). Keep the lines you want and delete the "
        "marker lines."
    ),
    # Saving.
    "unfinished-save": N_(
        "A save was broken off here, so files may not fit together. Run “charter fix --write” to "
        "finish it."
    ),
    "not-of-workspace": N_(
        "A workspace has no file of this name, so it isn't written. Write charter.yaml, "
        "rules.yaml, waivers.yaml, or a file in journeys, markers, plans or content."
    ),
    "leads-out": N_(
        "This leads out of the workspace, so it isn't written. Put the file itself here."
    ),
    "not-written-over": N_("This is not a file, so it isn't written over. Take it away first."),
    "same-file": N_(
        "Two names lead to this file, and both were changed. Save one of them after the other."
    ),
    "read-only": N_("This file is read-only. Allow writing to it, or leave it as it is."),
    "disk-full": N_("The disk is full ({detail}), so nothing was saved. Make room and save again."),
    "not-permitted": N_(
        "Writing here is not permitted ({detail}), so nothing was saved. Check who may write to "
        "the file and its folder."
    ),
    "not-written": N_(
        "This can't be written ({detail}), so nothing was saved. Check the disk, and save again."
    ),
    "busy": N_("Somebody else is saving in this workspace and isn't done. Save again later."),
    "changed-since": N_(
        "A save of this file was broken off, and the file was changed since, so the save can't be "
        "finished. Check that the files fit together, then delete .charter-saving.json."
    ),
    "strange-journal": N_(
        "This doesn't say which save was broken off: another program wrote it. Check that the "
        "files fit together, then delete it."
    ),
    # Importing.
    "is-there": N_(
        "A file of this name is there already, and an import writes over nothing. Move it away, or "
        "choose another name."
    ),
    "journey-there": N_(
        "The journey “{id}” is there already ({file}), and an import writes over nothing. Give "
        "this one another id with --journey."
    ),
    "not-xml": N_(
        "This isn't well-formed XML. Save the diagram again from the tool it comes from."
    ),
    "document-type": N_(
        "A document type (<!DOCTYPE) can declare things that are no part of the file, so it isn't "
        "read. Take it off."
    ),
    "too-many-elements": N_("More than {limit} elements in one file. Split it."),
    "not-bpmn": N_(
        "This is no BPMN 2.0 (it begins with “{name}”). Save the diagram as BPMN 2.0 XML."
    ),
    "other-diagram": N_(
        "This Mermaid diagram is a “{name}”, which tells no journey. Draw it as “flowchart” or "
        "“journey”."
    ),
    "not-mermaid": N_(
        "“{name}” begins no Mermaid diagram that is known. Begin with “flowchart LR” or “journey”."
    ),
    "no-diagram": N_("There is no diagram in this file. Begin one with “flowchart LR”."),
    "no-node": N_("There is no node in this flowchart. Write one such as: a[Home page] --> b[Pay]"),
    "mermaid-syntax": N_(
        "Mermaid can't be read here (“{text}”). Write a node or a link such as: a --> b"
    ),
    "link-open": N_("This link has no end (“{text}”). Write it as: a -- text --> b"),
    "label-open": N_("A quotation mark opened here is not closed. Close it."),
    "label-unquoted": N_(
        "This label isn't closed, or holds brackets or quotation marks (“{text}”). Put quotation "
        "marks around it, and write #quot; for those inside."
    ),
    "subgraph-open": N_("A “subgraph” isn't closed. Write “end” behind what is in it."),
    "end-unexpected": N_("This “end” closes no “subgraph”. Take it off."),
    "no-score": N_("This is no task (“{text}”). Write it as: Task: 3: Who takes part"),
    "no-task": N_("There is no task in this journey. Write one as: Task: 3: Who takes part"),
    "no-process": N_("No process in this file has anything in it. Draw one, and save it again."),
    "no-flow": N_(
        "No sequence flow in this file connects anything, so it tells no path. Draw them, and save "
        "it again."
    ),
    "too-many-flow-nodes": N_("More than {limit} nodes in one diagram. Split it."),
    "too-many-actors": N_("More than {limit} take part in one journey. Split the diagram."),
    "too-many-ways": N_("More than {limit} transitions in one journey. Split the diagram."),
    # Sheets.
    "not-a-workbook": N_(
        "This is no workbook, whatever its name says. Save it as .xlsx, or call a CSV file .csv."
    ),
    "encrypted-workbook": N_(
        "This workbook is encrypted, or of an old kind (.xls). Save it as .xlsx, without a "
        "password."
    ),
    "damaged-workbook": N_(
        "This workbook is damaged ({detail}). Open it in a spreadsheet program and save it again."
    ),
    "macros": N_("This workbook holds macros, so it isn't read. Save it as .xlsx, without them."),
    "entities": N_(
        "This workbook declares a document type, which none does that programs save, so it isn't "
        "read. Save it again from a spreadsheet program."
    ),
    "too-many-parts": N_("More than {limit} parts in one workbook. Take out what isn't needed."),
    "too-deep-xml": N_("More than {limit} levels deep inside. Save it again from a program."),
    "unpacks-too-large": N_("This is more than {limit} MiB unpacked. Split it into several."),
    "too-many-cells": N_("More than {limit} filled cells in one file. Split it."),
    "not-an-archive": N_("This is no archive of CSV files. Pack them as .zip, without a password."),
    "no-csv": N_("There is no CSV file in this folder. Name another one."),
    "not-text": N_("This is no text. Save the sheet as CSV, in UTF-8."),
    "not-separated": N_(
        "Quotation marks don't pair up here, so it can't be told where a cell ends. Save the sheet "
        "as CSV again."
    ),
    "unknown-sheet": N_(
        "There is no sheet “{value}”. {hint} One whose name begins with # is yours, and isn't read."
    ),
    "sheet-twice": N_("“{value}” is the same sheet as “{other}”. Keep one of the two."),
    "no-sheet": N_("None of these sheets says anything that is read. {hint}"),
    "unknown-column": N_(
        "There is no column “{value}” here. {hint} One whose name begins with # is yours, and "
        "isn't read."
    ),
    "column-twice": N_("“{value}” is a column already. Keep one of the two."),
    "untitled-column": N_("This column has no heading. Give it one, or empty it."),
    "missing-column": N_("The column “{key}” is missing, without which no row says what it tells."),
    "merged-cells": N_("Cells are merged here, so only the first says anything. Part them."),
    "formula": N_("{value} is a formula, and formulas aren't computed. Put in its value instead."),
    "error-cell": N_("This cell holds the error {value}. Put in what is meant."),
    "row-without-key": N_("“{key}” is blank, so it can't be told what this row is. Fill it in."),
    "row-twice": N_("Row {line} tells of the same. Keep one of the two."),
    "nothing-to-remove": N_("There is no “{value}” to be removed. {hint}"),
    "not-removed-here": N_(
        "This isn't removed by a sheet. Delete its file, or take its cells off with dashes."
    ),
    "removed-but-named": N_(
        "The {what} “{id}” is to be removed, but {place} still names it. Change that as well."
    ),
    "column-of-others": N_("This column says nothing of a row like this. Empty the cell."),
    "expected-yes": N_("“{value}” is neither yes nor no. Write one of them."),
    "date-as-number": N_(
        "{value} is a number, not a date. Did you mean {likely}? Write it as 2026-10-31."
    ),
    "not-entries": N_("“{value}” can't be read. Write one by id, such as newcomer: 10; loyal: 30."),
    "language-and-none": N_(
        "This text has a language in one column, and none in another. Put a dash into one of them."
    ),
    "more-than-lines": N_(
        "More is written here than cells can tell, so they are blank. Change it in its file."
    ),
    "lines-differ": N_(
        "There are {number} lines here, and {other} in another language. Write as many in each; a "
        "dash stands for none."
    ),
    "tag-key": N_("“{value}” isn't said of a marker here. {hint}"),
    "text-behind-keys": N_(
        "“{value}” stands behind lines with “do:”, “dont:”, “example:” or “not-for:”. Put it "
        "first, or begin it with one of them."
    ),
    "options": N_("This can't be read: {detail}"),
    "own-column": N_("“{key}” has a column of its own. Write it there."),
    # YAML.
    "tab": N_("Lines are indented with spaces, not with tabs. Replace the tab by spaces."),
    "colon-missing": N_("A “:” is missing after this key. Write “key: value”."),
    "colon-unexpected": N_(
        "A “:” can't stand here. Check the indentation, and put quotes around a text that "
        "contains “: ”."
    ),
    "bracket-open": N_("A bracket opened here or before is not closed. Add “]” or “}}”."),
    "quote-open": N_("A quotation mark opened here is not closed. Close it."),
    "indentation": N_("This line doesn't fit what stands above it. Align it with its neighbours."),
    "list-in-line": N_(
        "A list can't begin on the line of its key. Begin it on the next line, or write “[a, b]”."
    ),
    "quote-inside": N_(
        "The quotation mark before this ended the text. Put the other kind of quotation marks "
        "around the whole text."
    ),
    "escape": N_(
        "“\\” has a special meaning between double quotes. Write “\\\\”, or use single quotes."
    ),
    "character": N_("A text can't begin with “{character}”. Put quotes around it."),
    "malformed": N_("This is not valid YAML. Check brackets, quotes and indentation here."),
    "alias": N_(
        "Aliases (*{name}) are not read. Write the value out, or put quotes around a text that "
        "begins with “*”."
    ),
    "anchor": N_(
        "Anchors (&{name}) are not read. Take “&{name}” off, or put quotes around a text that "
        "begins with “&”."
    ),
    "tag": N_(
        "YAML tags (“{tag}”) are not read. Take “{tag}” off, or put quotes around a text that "
        "begins with “!”."
    ),
    "duplicate-key": N_("“{key}” already stands at line {line}. Keep one of the two."),
    "key-not-text": N_("A key must be a plain word. Write “key: value”."),
    "several-documents": N_("A file holds one document. Take “---” off, or split the file."),
    "too-deep": N_("Nested more than {limit} levels deep. Flatten it."),
    "too-many-nodes": N_("More than {limit} values in one file. Split it."),
    # Changes to a file.
    "no-safe-span": N_(
        "This can't be changed without touching what stands around it. Change it in the file by "
        "hand."
    ),
    "no-such-place": N_(
        "“{place}” isn't there to be changed, or is there already. Read the file again."
    ),
    "word-of-rules": N_(
        "“{id}” is a word that rules use for several at once, so nothing can be renamed from or to "
        "it. Choose another id."
    ),
    "meant-elsewhere": N_(
        "This also speaks of another journey, which has a {what} “{id}” of its own. Choose another "
        "id."
    ),
    # Keys and values.
    "space-missing": N_("A space is missing after the “:”. Write “{key}: {value}”."),
    "unknown-key": N_("Unknown key “{key}”. {hint}"),
    "missing-key": N_("“{key}” is missing here. Add it."),
    "missing-channel": N_("A touchpoint needs “channel” or “channels”. Add one of them."),
    "two-channels": N_("“channel” and “channels” stand together here. Keep one of them."),
    "needs-key": N_("“{key}” only makes sense together with “{needed}”. Add it, or take this off."),
    "expected-mapping": N_("“key: value” lines are expected here. {hint}"),
    "expected-list": N_("A list is expected for “{key}”. Write “[a, b]”, or one “- item” a line."),
    "expected-text": N_("A text is expected for “{key}”, not a list or a mapping. Write one."),
    "expected-one": N_(
        "A single value is expected for “{key}”, not a list or a mapping. Write one."
    ),
    "expected-words": N_(
        "A text is expected for “{key}”, or one by language such as {{en: …, fr: …}}."
    ),
    "expected-indicator": N_(
        "A text is expected, or a mapping such as {{name: …, target: 3, observed: 5}}."
    ),
    "expected-scale": N_("Write the least and the greatest score as two numbers, such as [1, 5]."),
    "off-scale": N_(
        "“{key}” is {value}, which is not on the scale from {least} to {most}. Write a score on "
        "it, or its “scale”."
    ),
    "expected-number": N_("“{value}” is not a number. Write one such as 40 or 0.5."),
    "expected-whole": N_("“{value}” is not a whole number. Write one such as 2."),
    "expected-truth": N_("“{value}” is neither true nor false. Write one of them."),
    "expected-date": N_("“{value}” is not a date. Write it as 2026-10-31."),
    "expected-shares": N_("Write one number, or one by segment such as {{newcomer: 10}}."),
    "expected-channels": N_("Write a list of channels, or their shares such as {{web: 70}}."),
    "expected-emotion": N_('“{value}” is not a comparison. Write one such as "<= -1".'),
    "expected-percentage": N_("“{value}” is not a percentage. {hint}"),
    "not-a-part": N_(
        "“{key}” is a share of all there is; it is {value}. Write one from 0% to 100%."
    ),
    "not-above": N_("“{key}” must be greater than {limit}; it is {value}. Write a greater one."),
    "too-small": N_("“{key}” must be at least {limit}; it is {value}. Write {limit} or more."),
    "too-great": N_("“{key}” must be at most {limit}; it is {value}. Write {limit} or less."),
    "too-long": N_("This is longer than {limit} characters. Shorten it."),
    "empty-list": N_("“{key}” is empty. List at least one, or take the key off."),
    "bad-id": N_(
        "“{value}” can't be an id: small letters, digits and hyphens only, beginning with a "
        "letter or digit. {hint}"
    ),
    "unknown-choice": N_("“{value}” is not a choice for “{key}”. {hint}"),
    "unknown-version": N_(
        "This file is written for version {value} of the format; this program reads version 1."
    ),
    "unknown-id": N_("Unknown {what} “{id}”. {hint}"),
    "repeated-id": N_("The {what} “{id}” is declared before, at {file}:{line}. Rename one."),
    "repeated": N_("“{id}” stands twice. Keep one."),
    "no-address": N_("“{value}” is not an e-mail address. Write one such as anne@example.org."),
    # Shapes of journeys and charters.
    "no-entry": N_("No path can begin: no live touchpoint has “entry: true”. Add it to the first."),
    "no-exit": N_("No path can end: no live touchpoint has “exit”. Add it where the journey ends."),
    "no-path": N_(
        "There is no path for {segment} in this journey. Open a way from an entry to an exit to "
        "them, or take the segment off the journey."
    ),
    "unreached": N_(
        "No path reaches {touchpoint}. Lead a transition to it, or take it off the journey."
    ),
    "dead-end": N_(
        "{touchpoint} is a dead end. Give it a transition, or say with “exit” that it ends here."
    ),
    "dead-end-for": N_(
        "{touchpoint} is a dead end for {segments}. Give them a transition, or say with “exit” "
        "that it ends here."
    ),
    "endless": N_(
        "From {touchpoint} on, {segments} go round without ever reaching an exit. Open a way out."
    ),
    "never-tagged": N_(
        "The marker {marker} is on no touchpoint. Tag the touchpoints where it shows, or take "
        "it off the charter."
    ),
    "never-used": N_("No journey uses the {what} “{id}”. Use it, or take it off the charter."),
    "idle-rule": N_(
        "The rule “{rule}” concerns nothing in these journeys, so it proves nothing. Check what "
        "it asks for, or take it off."
    ),
    "idle-selector": N_(
        "“{key}” of the rule “{rule}” matches no touchpoint of any journey, so the rule doesn't "
        "ask what it seems to. Check its conditions."
    ),
    "contradiction": N_(
        "The rule “{rule}” contradicts “{other}”: one asks for more of the same marker than the "
        "other allows, so one of them is always broken. Change or narrow one."
    ),
    "automated-person": N_(
        "By its effort grid {touchpoint} is one to automate, but a person bears {marker} there. "
        "Keep it with people (“value: 3”), or let something else bear the marker."
    ),
    "assumed-shares": N_(
        "The answer of the rule “{rule}” depends on which ways customers choose, and the journey "
        "{journey} doesn't say it: every choice is taken to be equally likely. Write the shares, "
        "or say under “shares” where they were observed."
    ),
    "unsigned-value": N_(
        "No signature marker makes the value {value} concrete. Give it one, or take it off."
    ),
    "tagged-irritant": N_(
        "{touchpoint} is tagged with the irritant {marker}: customers meet it here today."
    ),
    # Waivers.
    "whole-charter": N_(
        "The rule “{rule}” is asked of the charter as a whole, so “{key}” says nothing here. Take "
        "it off."
    ),
    "of-plans": N_(
        "The rule “{rule}” is asked of action plans, so “{key}” says nothing here. Take it off."
    ),
    "not-of-plans": N_(
        "The rule “{rule}” isn't asked of action plans, so “{key}” says nothing here. Take it off."
    ),
    "since-after-expires": N_("“since” is after “expires”. Correct one of the two."),
    # Action plans.
    "plan-of-another": N_(
        "This plan is for {value}, and this charter is that of {brand}. Put it into the workspace "
        "of its brand, or correct “brand”."
    ),
    "period-backwards": N_("The period ends before it begins. Correct “from” or “until”."),
    "ambiguous-touchpoint": N_(
        "Several journeys have a touchpoint “{id}”: {journeys}. Say which is meant with “journey”."
    ),
    # Waivers and the baseline.
    "expired-waiver": N_(
        "The waiver of the rule “{rule}” expired on {expires}. Its reason was {reason}, and "
        "{owner} answers for it. Mend what it covered, or agree on another day."
    ),
    "idle-waiver": N_(
        "This waiver of the rule “{rule}” covers nothing: nothing in its scope is broken. Take it "
        "off."
    ),
    "idle-waiver-through": N_(
        "This waiver of the rule “{rule}” covers nothing: what is broken in its scope isn't "
        "through {touchpoint}. Take it off."
    ),
    # The baseline.
    "unknown-baseline": N_(
        "This baseline is written in the format “{value}”; this program reads “{known}”. Use a "
        "newer program, or delete the file and write it anew with --write-baseline."
    ),
    "stale-entry": N_(
        "What this entry of the baseline accepts is there no more ({entry}). Run “charter check "
        "--prune-baseline”, which takes it off."
    ),
    # Rules.
    "unknown-kind": N_("There is no kind of rule “{value}”. {hint}"),
    "option-of-others": N_(
        "“{key}” is no option of “{kind}”, but of {takers}. Take it off, or change the kind. {hint}"
    ),
    # The look.
    "expected-colour": N_(
        '“{value}” is not a colour. Write one such as "#3344a8", between quotation marks.'
    ),
    "colour-unquoted": N_(
        'There is no colour behind “{key}”. Put it between quotation marks, “"#3344a8"”: without '
        "them, “#” begins a comment."
    ),
    "expected-font": N_(
        "“{value}” can't be the name of a font. Write it as programs list it: letters, digits, "
        "spaces, hyphens, at most 80 characters."
    ),
    "expected-logo": N_(
        "“{value}” can't be a logo. Name an SVG or PNG file inside the workspace, such as "
        "look/logo.svg."
    ),
    "logo-missing": N_("There is no file {file}. Put the logo there, or take “logo” off the look."),
    "logo-outside": N_(
        "{file} leads out of the workspace, so it isn't read. Put the logo itself there."
    ),
    "logo-unreadable": N_("{file} can't be read ({detail}). Check who may read it."),
    "logo-not-a-file": N_("{file} is not a file. Put the logo itself there."),
    "logo-too-large": N_(
        "{file} is larger than {limit} KiB. Export a smaller one; an SVG without embedded "
        "pictures is a few KiB."
    ),
    "logo-too-wide": N_(
        "This picture has {width} by {height} dots; at most {limit} either way are read. Export a "
        "smaller one."
    ),
    "logo-not-png": N_("This is not a whole PNG picture ({detail}). Export it again."),
    "logo-not-svg": N_("This is not an SVG picture ({detail}). Export it again."),
    "logo-sizeless": N_(
        "This SVG doesn't say how large it is. Give its first element a “viewBox”, such as "
        '"0 0 120 40".'
    ),
    "logo-element": N_(
        "A logo may not contain “{name}”: it could run, or be drawn differently elsewhere. Take "
        "it off, or export the logo as plain shapes."
    ),
    "logo-attribute": N_(
        "A logo may not contain the attribute “{name}”: it could run or fetch something. Take it "
        "off."
    ),
    "logo-reference": N_(
        "“{name}” fetches something from outside the logo. Only what is in the file itself (“#…”) "
        "may be referred to."
    ),
    "logo-entity": N_("A logo may not declare entities. Export it as plain SVG."),
    "logo-too-complex": N_(
        "This logo has too many shapes, levels or references (more than {limit}). Export a "
        "simpler one."
    ),
    "logo-nested-use": N_(
        "What this refers to refers to something else in turn, which could be without end. Export "
        "the logo as plain shapes."
    ),
    "unreadable-text": N_(
        "Text in the ink {ink} can't be read on the paper {paper}: their contrast is {contrast}, "
        "and {least} is needed. Choose a darker or lighter one of the two; until then text is set "
        "in {instead}."
    ),
    "pale-accent": N_(
        "The accent {accent} is too close to the paper {paper} to set text in it: their contrast "
        "is {contrast}, and {least} is needed. Bands and lines have it as it is; titles are set in "
        "{instead}."
    ),
    "weighs-nothing": N_("Every weight here is 0, so nothing comes first. Give one a weight."),
    "one-of": N_("Exactly one of {keys} must say what is asked for; here: {found}."),
}

_THINGS = {
    "channel": N_("channel"),
    "stage": N_("stage"),
    "segment": N_("segment"),
    "marker": N_("marker"),
    "value": N_("value"),
    "touchpoint": N_("touchpoint"),
    "outcome": N_("outcome"),
    "journey": N_("journey"),
    "rule": N_("rule"),
    "plan": N_("plan"),
    "action": N_("action"),
}

_KEYS_IN_WORDS = ("missing-column", "row-without-key")
"""What names its key by a heading, which is said in the language too."""
_KNOWN_SHOWN = 24
_TAKERS_SHOWN = 3
_BARE_NUMBER = re.compile(r"\d{1,3}(\.\d+)?")


def _hint(problem: Problem, speak: Speaker) -> str:
    """Return what was probably meant, else what could have been written."""
    if problem.reason == "expected-percentage":
        return _percentage_hint(str(problem.parameters["value"]), speak)
    suggestion = problem.parameters.get("suggestion")
    if suggestion:
        return speak(N_("Did you mean “{suggestion}”?"), suggestion=suggestion)
    choices = problem.parameters.get("known", problem.parameters.get("keys"))
    if not isinstance(choices, Iterable):
        return ""
    if not choices:
        # Only ids can be unknown where none is known.
        return speak(N_("Nothing of that kind is declared.")) if "id" in problem.parameters else ""
    known = list(map(str, choices))
    if len(known) > _KNOWN_SHOWN:
        known = [*known[:_KNOWN_SHOWN], "…"]
    return speak(N_("Known: {known}."), known=", ".join(known))


def _percentage_hint(written: str, speak: Speaker) -> str:
    """Return which percentage a number without its sign was probably meant to be."""
    number = float(written) if _BARE_NUMBER.fullmatch(written) else 0.0
    if not 0 < number <= 100:
        return speak(N_("Write one such as 95%."))
    likely = f"{number * 100 if '.' in written and number <= 1 else number:g}%"
    return speak(N_("Did you mean “{suggestion}”?"), suggestion=likely)


def sentence(problem: Problem, speak: Speaker) -> str:
    """Return what is wrong and what to do, as one line in the speaker's language."""
    parameters: dict[str, object] = {
        name: visible(value) if isinstance(value, str) else value
        for name, value in problem.parameters.items()
    }
    what = problem.parameters.get("what")
    if isinstance(what, str):
        parameters["what"] = speak(_THINGS[what])
    for name in ("keys", "found", "journeys"):
        if isinstance(listed := parameters.get(name), tuple):
            parameters[name] = ", ".join(listed) or speak(N_("none"))
    if isinstance(limit := parameters.get("limit"), int):
        sign = "%" if str(parameters.get("value", "")).endswith("%") else ""
        parameters["limit"] = speak.count(limit) + sign
    takers = parameters.get("takers")
    if isinstance(takers, tuple):
        more = [speak(N_("others"))] if len(takers) > _TAKERS_SHOWN else []
        parameters["takers"] = speak.all_of([*takers[:_TAKERS_SHOWN], *more])
    if isinstance(detail := problem.parameters.get("detail"), Problem):
        parameters["detail"] = sentence(detail, speak)
    if problem.reason in _KEYS_IN_WORDS:
        key = speak(str(problem.parameters["key"]))
        parameters["key"] = key[:1].upper() + key[1:]
    parameters["hint"] = _hint(problem, speak)
    return speak(_SENTENCES[problem.reason], **parameters).strip()


def thing(what: str, speak: Speaker) -> str:
    """Return the word for what has an id, such as ``marker``."""
    return speak(_THINGS[what])


def reasons() -> Iterable[str]:
    """Return every reason that has a sentence."""
    return _SENTENCES.keys()
