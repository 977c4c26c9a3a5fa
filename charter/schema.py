"""JSON Schemas of the files of a workspace, for editors to complete and check them while typing.

They are made from the shapes that read the files, so they can't fall behind. The reader takes each
scalar as its text; an editor sees numbers and booleans. So wherever a text that looks like one is
welcome (`name: 2026`, the id `010`), the schema takes the number or boolean too. What needs more
than one place to be seen (an id that is declared nowhere) is left to ``charter check``.
"""

from __future__ import annotations

import datetime
import inspect
import re
from collections.abc import Callable, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic.fields import FieldInfo

from charter.action_plans import ActionPlan
from charter.brand import FORMAT, Charter, Expression, Look, Marker
from charter.colours import PATTERN
from charter.messages import Language
from charter.rules import KINDS, Rule
from charter.rules.carrying import CarryingRule
from charter.rules.documentation import option_documentation, own_documentation
from charter.rules.selector import EmotionCondition
from charter.waivers import Waiver
from charter.workspace import CHARTER_FILE, PLANS_FOLDER, RULES_FILE, WAIVERS_FILE
from journeys import shortcut
from journeys.document import NUMBER_LIMIT, Percentage, Shape, Words, one_or_many
from journeys.indicators import Figure, Impression, Indicator
from journeys.model import Journey, Shares, Touchpoint

Schema: TypeAlias = dict[str, Any]

FILES: Mapping[str, str] = {
    "charter": CHARTER_FILE,
    "journey": "journeys/*.yaml",
    "markers": "markers/*.yaml",
    "rules": RULES_FILE,
    "waivers": WAIVERS_FILE,
    "plan": f"{PLANS_FOLDER}/*.yaml",
}
"""The kinds of files that have a schema, each with the pattern of their names."""

NAMES = tuple(FILES)

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_SCALARS = ["string", "number", "boolean"]
_SCALAR: Schema = {"type": _SCALARS}
_ID: Schema = {
    "anyOf": [
        {
            "type": "string",
            "pattern": f"^{shortcut.ID_PATTERN}$",
            "maxLength": shortcut.LONGEST_ID,
        },
        {"type": "integer", "minimum": 0},
        {"type": "boolean"},
    ]
}
_DATE: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
_TRUTH: Schema = {
    "anyOf": [
        {"type": "boolean"},
        {"enum": ["true", "false", "yes", "no", "on", "off"]},
    ]
}
_PERCENTAGE: Schema = {
    "type": "string",
    "pattern": r"^0*(100(\.0{1,15})?|[0-9]{1,2}(\.[0-9]{1,15})?)\s?%$",
}
_EMOTION: Schema = {"type": "string", "pattern": r"^(<=|>=|==)\s*[+-]?\d{1,3}$"}
_WORDS: Schema = {
    "anyOf": [
        _SCALAR,
        {
            "type": "object",
            "minProperties": 1,
            "patternProperties": {"^[a-z]{2,3}$": {"type": [*_SCALARS, "null"]}},
            "additionalProperties": False,
        },
    ]
}
_WRITTEN_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_POSITIVE: Schema = {
    "anyOf": [
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": NUMBER_LIMIT},
        {"type": "string", "pattern": _WRITTEN_NUMBER},
    ]
}
_AMOUNT: Schema = {
    "anyOf": [
        {"type": "number", "exclusiveMinimum": -NUMBER_LIMIT, "exclusiveMaximum": NUMBER_LIMIT},
        {"type": "string", "pattern": _WRITTEN_NUMBER},
    ]
}
_LEVELS = ("target", "observed", "forecast")


def _by(key: Schema, value: Schema) -> Schema:
    """Return a mapping of ids, or of other keys like ``key``, to values."""
    return {"type": "object", "propertyNames": key, "additionalProperties": value}


_KEY: Schema = {"pattern": f"^{shortcut.ID_PATTERN}$"}
_BY_TYPE: Mapping[object, Schema] = {
    datetime.date: _DATE,
    bool: _TRUTH,
    float: _POSITIVE,
    Words: _WORDS,
    Shares: {"anyOf": [_POSITIVE, _by(_KEY, _POSITIVE)]},
    EmotionCondition: _EMOTION,
}
# What these are written as says a validator of theirs, which a schema can't be made from.
_OF_FIELDS: Mapping[tuple[type[Shape], str], Schema] = {
    (Charter, "charter"): {"enum": [int(FORMAT), FORMAT]},
    **{(Look, key): {"type": "string", "pattern": PATTERN} for key in ("accent", "ink", "paper")},
    (Look, "logo"): {"type": "string", "pattern": r"\.([sS][vV][gG]|[pP][nN][gG])$"},
    (Touchpoint, "channels"): {
        "anyOf": [
            {"type": "array", "items": _ID, "minItems": 1, "uniqueItems": True},
            _by(_KEY, _POSITIVE) | {"minProperties": 1},
        ]
    },
    **{(Figure, name): _AMOUNT for name in _LEVELS},
    **{(Impression, name): _WORDS for name in _LEVELS},
    (Impression, "scale"): {"type": "array", "items": _AMOUNT, "minItems": 2, "maxItems": 2},
}
# Keys that go together, or don't.
_TOGETHER: Mapping[type[Shape], Schema] = {
    Touchpoint: {
        "oneOf": [{"required": ["channel"]}, {"required": ["channels"]}],
        "dependentRequired": {"arrives": ["entry"], "ends": ["exit"]},
    },
    Indicator: {"dependentRequired": {"observed-on": ["observed"]}},
    CarryingRule: {"oneOf": [{"required": [key]} for key in ("markers", "any-of", "values")]},
}


def schemas() -> dict[str, Schema]:
    """Return the schema of each kind of file, in the order of `NAMES`."""
    made = (
        _charter_file(),
        _journey_file(),
        _markers_file(),
        _rules_file(),
        _waivers_file(),
        _plan_file(),
    )
    return dict(zip(NAMES, made, strict=True))


class _Definitions:
    """The shapes that a schema speaks of, each written out once; rules by their kind's name."""

    def __init__(self) -> None:
        self.found: dict[str, Schema] = {}

    def reference(self, shape: type[Shape]) -> Schema:
        """Return what refers to a shape that is written as a mapping."""
        name = shape.name() if issubclass(shape, Rule) else shape.__name__
        if name not in self.found:
            self.found[name] = {}  # a shape may hold itself
            self.found[name] = self._object(shape)
        return {"$ref": f"#/$defs/{name}"}

    def written(self, shape: type[Shape]) -> Schema:
        """Return what a shape may be written as: a mapping, or what stands for one."""
        mapping = self.reference(shape)
        if shape is Expression:
            return {"anyOf": [_WORDS, mapping]}
        if shape.shorthand is None:
            return mapping
        return {"anyOf": [self._shorthand(shape), mapping]}

    def rule(self) -> Schema:
        """Return what refers to a rule: its kind says which keys it takes."""
        if "Rule" not in self.found:
            kinds = [{"const": kind.name(), "description": _summary(kind)} for kind in KINDS]
            self.found["Rule"] = {
                "type": "object",
                "required": ["id", "kind"],
                "properties": {
                    "kind": {"description": _descriptions(KINDS[0])["kind"], "anyOf": kinds}
                },
                "allOf": [
                    {
                        "if": {"properties": {"kind": {"const": kind.name()}}},
                        "then": self.reference(kind),
                    }
                    for kind in KINDS
                ],
            }
        return {"$ref": "#/$defs/Rule"}

    def _shorthand(self, shape: type[Shape]) -> Schema:
        return self.of(get_type_hints(shape, include_extras=True)[str(shape.shorthand)])

    def _object(self, shape: type[Shape]) -> Schema:
        hints = get_type_hints(shape, include_extras=True)
        descriptions = _descriptions(shape)
        properties = {}
        required = []
        for name, declared in shape.model_fields.items():
            key = declared.alias or name
            made = _OF_FIELDS.get((shape, name)) or self.of(hints[name])
            if declared.is_required():
                required.append(key)
            else:
                made = {"anyOf": [made, {"type": "null"}]}
            text = descriptions.get(key)
            properties[key] = {"description": text, **made} if text else made
        together: Schema = {}
        for kind, rules in _TOGETHER.items():
            if issubclass(shape, kind):
                together |= rules
        description = _summary(shape) if issubclass(shape, Rule) else _first_paragraph(shape)
        return {
            "description": description,
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
            **together,
        }

    def of(self, annotation: Any) -> Schema:
        """Return what the value of a field may be written as.

        Raises:
            NotImplementedError: Nothing here knows the annotation.
        """
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._annotated(arguments[0], arguments[1:])
        if origin in (Union, UnionType):
            (inside,) = (argument for argument in arguments if argument is not NoneType)
            return self.of(inside)
        if origin is tuple:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            return _by(_KEY if arguments[0] is not str else {}, self.of(arguments[1]))
        if origin is Literal:
            return {"enum": list(arguments)}
        if isinstance(annotation, type):
            return self._type(annotation)
        raise NotImplementedError(annotation)

    def _type(self, kind: type) -> Schema:
        if kind in _BY_TYPE:
            return _BY_TYPE[kind]
        if kind is str:
            return _SCALAR
        if issubclass(kind, Shape):
            return self.written(kind)
        if issubclass(kind, Enum):
            return {"enum": [str(each.value) for each in kind]}
        raise NotImplementedError(kind)

    def _annotated(self, inside: Any, more: tuple[Any, ...]) -> Schema:
        limits = list(_limits(more))
        if get_args(Percentage)[1] in more:
            return _PERCENTAGE
        if inside is int:
            return _number("integer", r"^[+-]?\d+(\.0*)?$", limits)
        if inside is float:
            return _number("number", _WRITTEN_NUMBER, limits)
        if inside is str and any(isinstance(each, shortcut.ReadAs) for each in more):
            return _ID
        made = self.of(inside)
        for limit in limits:
            if isinstance(limit, MinLen):
                made = made | {"minItems": limit.min_length}
        if one_or_many in more:
            # A text may stand for a list of one.
            alone = [each for each in _choices(made["items"]) if not _is_mapping(each)]
            made = {"anyOf": [made, *alone]}
        return made


def _choices(schema: Schema) -> list[Schema]:
    """Return what will do, one by one."""
    return (
        [each for choice in schema["anyOf"] for each in _choices(choice)]
        if "anyOf" in schema
        else [schema]
    )


def _is_mapping(schema: Schema) -> bool:
    return "$ref" in schema or schema.get("type") == "object"


def _limits(annotations: tuple[Any, ...]) -> list[Any]:
    found = []
    for annotation in annotations:
        found += annotation.metadata if isinstance(annotation, FieldInfo) else [annotation]
    return found


def _number(kind: str, written: str, limits: list[Any]) -> Schema:
    """Return a number within limits; it may be written as a text, of a pattern."""
    number: Schema = {"type": kind}
    for limit in limits:
        if isinstance(limit, Ge):
            number["minimum"] = limit.ge
        elif isinstance(limit, Gt):
            number["exclusiveMinimum"] = limit.gt
        elif isinstance(limit, Le):
            number["maximum"] = limit.le
        elif isinstance(limit, Lt):
            number["exclusiveMaximum"] = limit.lt
    return {"anyOf": [number, {"type": "string", "pattern": written}]}


def _first_paragraph(shape: type[Shape]) -> str:
    return " ".join(inspect.cleandoc(shape.__doc__ or "").split("\n\n")[0].split())


def _summary(kind: type[Shape]) -> str:
    """Return what a kind of rule checks, in a sentence or two."""
    assert issubclass(kind, Rule)
    title, definition, *_ = own_documentation(kind, Language.ENGLISH).split("\n\n")
    return " ".join(f"{title} {definition}".split())


_ATTRIBUTE = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def _descriptions(shape: type[Shape]) -> dict[str, str]:
    """Return what is documented of the keys of a shape, by key."""
    names = {name: field.alias or name for name, field in shape.model_fields.items()}
    found = {}
    for each in reversed(shape.__mro__):
        _, _, attributes = inspect.cleandoc(each.__doc__ or "").partition("\nAttributes:\n")
        for name, text in _ATTRIBUTE.findall(attributes):
            if name in names:
                found[names[name]] = " ".join(text.replace("``", "`").split())
    return found | option_documentation(shape) if issubclass(shape, Rule) else found


def _file(title: str, make: Callable[[_Definitions], Schema]) -> Schema:
    definitions = _Definitions()
    content = make(definitions)
    return {
        "$schema": DIALECT,
        "title": title,
        **content,
        "$defs": dict(sorted(definitions.found.items())),
    }


def _charter_file() -> Schema:
    def make(definitions: _Definitions) -> Schema:
        reference = definitions.reference(Charter)
        charter = definitions.found["Charter"]
        rules = {"type": ["array", "null"], "items": definitions.rule()}
        charter["properties"]["rules"] = {"description": "What must hold.", **rules}
        # Its markers may lie in markers/ instead.
        charter["required"].remove("markers")
        return reference

    return _file("A charter (charter.yaml)", make)


def _journey_file() -> Schema:
    return _file("A journey (journeys/*.yaml)", lambda known: known.reference(Journey))


def _markers_file() -> Schema:
    def make(definitions: _Definitions) -> Schema:
        marker = definitions.reference(Marker)
        return {"anyOf": [marker, {"type": "array", "items": marker}]}

    return _file("One marker or several (markers/*.yaml)", make)


def _rules_file() -> Schema:
    return _file("Rules (rules.yaml)", lambda known: {"type": "array", "items": known.rule()})


def _waivers_file() -> Schema:
    return _file(
        "Waivers (waivers.yaml)",
        lambda known: {"type": "array", "items": known.reference(Waiver)},
    )


def _plan_file() -> Schema:
    return _file("An action plan (plans/*.yaml)", lambda known: known.reference(ActionPlan))
