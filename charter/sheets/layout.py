"""The sheets of a workspace: which there are, and what their columns tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from charter.action_plans import ActionStatus, PlannedAction
from charter.brand import Bearer, Marker, Priority, Role, Segment
from charter.findings import Severity
from charter.messages import N_
from charter.rules import KINDS_BY_NAME
from charter.rules.kind import Rule
from charter.sheets.syntax import (
    ChannelsField,
    DateField,
    ExpressionField,
    Field,
    IdsField,
    LinesField,
    NumberField,
    OptionsField,
    SharesField,
    TagsField,
    TextField,
    TruthField,
    WordLinesField,
    WordsField,
)
from journeys.model import Control, Journey, Outcome, Status, Touchpoint, Transition

NAME = N_("name")
MEANING = N_("meaning")


@dataclass(frozen=True)
class Key:
    """A column whose cells say, together with those of other keys, which item a row tells of.

    Attributes:
        title: The heading.
        help: What it is for.
        path: The key under which it stands in the file; empty where the file itself says it.
        what: What it names, for lists to choose from; empty where it declares it.
        choices: What it is one of, where that is the same everywhere.
        is_optional: Whether some rows have none.
    """

    title: str
    help: str
    path: str = ""
    what: str = ""
    choices: tuple[str, ...] = ()
    is_optional: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    Attributes:
        id: Its name for files, the same in every language.
        title: Its name for people.
        help: What a row of it is, and what of it no cell tells.
        keys: The columns that say which item a row tells of, in the order of that item's key.
        fields: The others, by the kind of row where there are several, else under the empty name.
        is_read: Whether it is read back.
        can_remove: Whether its rows can be removed.
    """

    id: str
    title: str
    help: str
    keys: tuple[Key, ...] = ()
    fields: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)
    is_read: bool = True
    can_remove: bool = True

    def all_fields(self) -> list[Field]:
        """Return the fields in the order of their columns, one for each title."""
        by_title: dict[str, Field] = {}
        for fields in self.fields.values():
            for each in fields:
                by_title.setdefault(each.title, each)
        return list(by_title.values())


REMOVE_TITLE = N_("remove")
REMOVE_HELP = N_("Write x (or a dash) to remove what the row tells of.")

_IDS = N_("Several ids, parted by commas.")
_YES_OR_NO = N_("Yes or no.")
_ID = N_("Its id: small letters, digits and hyphens. Another id is another thing.")


def _name(order: tuple[str, ...]) -> WordsField:
    return WordsField(
        title=NAME, help=N_("Its name for people, in each language."), path=("name",), order=order
    )


_CHARTER_KINDS = ("charter", "is", "is-not", "value", "channel", "stage", "journey", "outcome")
IS, IS_NOT = "is", "is-not"

CHARTER = Sheet(
    "charter",
    N_("Charter"),
    N_(
        "What the charter says by itself, its values, channels and stages, and the journeys with "
        "their outcomes. Effort thresholds, priorities, the look and indicators of stages stay in "
        "the files."
    ),
    (
        Key(
            N_("what"),
            N_(
                "What the row is: charter (the brand and its promise), is and is-not (the "
                "posture), value, channel, stage, journey or outcome."
            ),
            choices=_CHARTER_KINDS,
        ),
        Key(N_("id"), _ID, is_optional=True),
        Key(N_("Journey"), N_("The journey of an outcome."), what="journey", is_optional=True),
    ),
    {
        "charter": (
            WordsField(
                title=NAME, help=N_("Its name for people, in each language."), path=("brand",)
            ),
            WordsField(
                title=MEANING,
                help=N_(
                    "The promise of the charter, what a value means, or what the posture is and is "
                    "not: a line each, the same number of lines in each language."
                ),
                path=("promise",),
            ),
            DateField(
                title=N_("reviewed"),
                help=N_("When people last read it through: 2026-10-31."),
                path=("reviewed",),
            ),
        ),
        IS: (WordLinesField(title=MEANING, help="", path=("posture", "is")),),
        IS_NOT: (WordLinesField(title=MEANING, help="", path=("posture", "is-not")),),
        "value": (
            _name(("id", "name", "meaning")),
            WordsField(title=MEANING, help="", path=("meaning",)),
        ),
        "channel": (_name(("id", "name")),),
        "stage": (_name(("id", "name", "indicators")),),
        "journey": (
            _name(Journey.keys()),
            NumberField(
                title=N_("weight"),
                help=N_("How many customers take the journey, beside the others."),
                path=("weight",),
                order=Journey.keys(),
            ),
            IdsField(
                title=N_("segments"),
                help=N_("Whom the journey is for, by commas; everybody where it is blank."),
                path=("segments",),
                what="segment",
                order=Journey.keys(),
            ),
            WordsField(
                title=N_("source of shares"),
                help=N_("What the shares of customers were counted from."),
                path=("shares", "source"),
                order=Journey.keys(),
            ),
            TextField(
                title=N_("shares observed"),
                help=N_("When the shares were observed: a day, a month, or in words."),
                path=("shares", "observed"),
                order=Journey.keys(),
            ),
        ),
        "outcome": (
            _name(Outcome.keys()),
            TruthField(
                title=N_("wanted"),
                help=N_("Whether the brand wants customers to end so: yes or no."),
                path=("wanted",),
                order=Outcome.keys(),
            ),
        ),
    },
)

MARKERS = Sheet(
    "markers",
    N_("Markers"),
    N_(
        "A row is a marker. How it shows on channels and for segments is in the sheet Expressions; "
        "its cues stay in the files."
    ),
    (Key(N_("id"), _ID, "id"),),
    {
        "": (
            _name(Marker.keys()),
            IdsField(
                title=N_("values"), help=_IDS, path=("values",), what="value", order=Marker.keys()
            ),
            TextField(
                title=N_("role"),
                help=N_("signature, basic or irritant; signature where it is blank."),
                path=("role",),
                among=tuple(Role),
                order=Marker.keys(),
            ),
            TextField(
                title=N_("borne by"),
                help=N_("person, place, text or product."),
                path=("borne-by",),
                among=tuple(Bearer),
                order=Marker.keys(),
            ),
            TextField(
                title=N_("owner"),
                help=N_("The team that answers for it."),
                path=("owner",),
                order=Marker.keys(),
            ),
            DateField(
                title=N_("reviewed"),
                help=N_("When people last read it through: 2026-10-31."),
                path=("reviewed",),
                order=Marker.keys(),
            ),
            NumberField(
                title=N_("opening cost"),
                help=N_("What its first use on a channel costs, in plans."),
                path=("opening-cost",),
                order=Marker.keys(),
            ),
        )
    },
)

EXPRESSION_HELP = N_(
    "How the marker shows here. Lines may begin with “do:”, “dont:”, “example:”, or “not-for:” "
    "where it deliberately doesn't show; as many “do:” and “dont:” lines in each language."
)
ADAPTATION = N_("for {segment}")
ADAPTATION_HELP = N_("How the marker is modulated for this segment.")

EXPRESSIONS = Sheet(
    "expressions",
    N_("Expressions"),
    N_(
        "A row is a marker, a column a channel: how the marker shows there. Behind them, how it is "
        "modulated for segments. A dash in a cell takes the expression off."
    ),
    (Key(N_("Marker"), N_("The marker's id."), "id", what="marker"),),
    can_remove=False,
)


def expression_fields(channels: tuple[str, ...], segments: tuple[str, ...]) -> list[Field]:
    """Return the fields of the sheet of expressions, whose titles hold ids."""
    return [
        *(
            ExpressionField(
                title=channel,
                help=EXPRESSION_HELP,
                path=("expressions", channel),
                order=Marker.keys(),
            )
            for channel in channels
        ),
        *(
            WordsField(
                title=ADAPTATION,
                help=ADAPTATION_HELP,
                path=("adaptations", segment),
                what=segment,
                order=Marker.keys(),
            )
            for segment in segments
        ),
    ]


SEGMENTS = Sheet(
    "segments",
    N_("Segments"),
    N_("A row is a segment of customers."),
    (Key(N_("id"), _ID, "id"),),
    {
        "": (
            _name(Segment.keys()),
            NumberField(
                title=N_("weight"),
                help=N_("The share of customers who are of it, in any unit."),
                path=("weight",),
                order=Segment.keys(),
            ),
            TextField(
                title=N_("priority"),
                help=N_("standard or high; standard where it is blank."),
                path=("priority",),
                among=tuple(Priority),
                order=Segment.keys(),
            ),
        )
    },
)

_TAGS = N_(
    "Markers, parted by commas; or one a line, with what else is said of it behind bars: "
    "remembered | segments: loyal | how (en): By name. | status: planned | evidence: observed"
)
_SHARES = N_("A number, or one by segment: newcomer: 10; loyal: 30.")
_EFFORT = N_("From 1 (low) to 3 (high).")
_INDICATORS = N_(
    "What is watched here, a line each, the same number of lines in each language. Indicators with "
    "targets and values stay in the files."
)
_TOUCHPOINT = Touchpoint.keys()


def _effort(order: tuple[str, ...]) -> list[Field]:
    """Return the four columns of the effort grid."""
    return [
        NumberField(title=title, help=_EFFORT, path=("effort", key), order=order)
        for title, key in (
            (N_("duration"), "duration"),
            (N_("frequency"), "frequency"),
            (N_("complexity"), "complexity"),
            (N_("human value"), "value"),
        )
    ]


TOUCHPOINTS = Sheet(
    "touchpoints",
    N_("Touchpoints"),
    N_("A row is a touchpoint of a journey. The ways that leave it are in the sheet Transitions."),
    (
        Key(N_("Journey"), N_("The journey's id."), what="journey"),
        Key(N_("id"), _ID, "id"),
    ),
    {
        "": (
            _name(_TOUCHPOINT),
            TextField(
                title=N_("Stage"),
                help=N_("The stage that it belongs to."),
                path=("stage",),
                what="stage",
                order=_TOUCHPOINT,
            ),
            ChannelsField(
                title=N_("Channel"),
                help=N_(
                    "The channel that it is on; several by commas, or with their shares: web: 70; "
                    "app: 30."
                ),
                path=("channel",),
                what="channel",
                order=_TOUCHPOINT,
            ),
            TagsField(
                title=N_("markers"),
                help=_TAGS,
                path=("markers",),
                what="marker",
                order=_TOUCHPOINT,
            ),
            TruthField(
                title=N_("moment of truth"),
                help=_YES_OR_NO,
                path=("moment-of-truth",),
                order=_TOUCHPOINT,
            ),
            NumberField(
                title=N_("emotion"),
                help=N_("How it feels, from -2 to 2."),
                path=("emotion",),
                order=_TOUCHPOINT,
            ),
            TruthField(
                title=N_("entry"),
                help=N_("Whether paths begin here: yes or no."),
                path=("entry",),
                order=_TOUCHPOINT,
            ),
            SharesField(title=N_("arrives"), help=_SHARES, path=("arrives",), order=_TOUCHPOINT),
            TextField(
                title=N_("exit"),
                help=N_("The outcome of a path that ends here."),
                path=("exit",),
                what="outcome",
                order=_TOUCHPOINT,
            ),
            SharesField(title=N_("ends"), help=_SHARES, path=("ends",), order=_TOUCHPOINT),
            TextField(
                title=N_("control"),
                help=N_("owned, partner or customer; owned where it is blank."),
                path=("control",),
                among=tuple(Control),
                order=_TOUCHPOINT,
            ),
            IdsField(
                title=N_("segments"),
                help=N_("Who may come here, by commas; everybody where it is blank."),
                path=("segments",),
                what="segment",
                order=_TOUCHPOINT,
            ),
            TextField(
                title=N_("owner"),
                help=N_("The team that answers for it."),
                path=("owner",),
                order=_TOUCHPOINT,
            ),
            TextField(
                title=N_("status"),
                help=N_("live, planned or retired; live where it is blank."),
                path=("status",),
                among=tuple(Status),
                order=_TOUCHPOINT,
            ),
            LinesField(
                title=N_("content"),
                help=N_("The files that customers read or hear here, a line each."),
                path=("content",),
                order=_TOUCHPOINT,
            ),
            WordLinesField(
                title=N_("quantitative indicators"),
                help=_INDICATORS,
                path=("indicators", "quantitative"),
                order=_TOUCHPOINT,
            ),
            WordLinesField(
                title=N_("qualitative indicators"),
                help=_INDICATORS,
                path=("indicators", "qualitative"),
                order=_TOUCHPOINT,
            ),
            *_effort(_TOUCHPOINT),
        )
    },
)

TRANSITIONS = Sheet(
    "transitions",
    N_("Transitions"),
    N_("A row is a way from a touchpoint to the next. Two alike are told apart by their order."),
    (
        Key(N_("Journey"), N_("The journey's id."), what="journey"),
        Key(N_("from"), N_("The touchpoint that it leaves."), what="touchpoint"),
        Key(N_("to"), N_("The next touchpoint."), "to", what="touchpoint"),
    ),
    {
        "": (
            SharesField(title=N_("share"), help=_SHARES, path=("share",), order=Transition.keys()),
            IdsField(
                title=N_("segments"),
                help=N_("To whom it is open, by commas; to everybody where it is blank."),
                path=("segments",),
                what="segment",
                order=Transition.keys(),
            ),
            TagsField(
                title=N_("markers"),
                help=_TAGS,
                path=("markers",),
                what="marker",
                order=Transition.keys(),
            ),
            WordsField(
                title=N_("because"),
                help=N_("Why customers go this way."),
                path=("because",),
                order=Transition.keys(),
            ),
            TruthField(
                title=N_("cross"),
                help=N_("Whether customers may change channel on the way: yes or no."),
                path=("cross",),
                order=Transition.keys(),
            ),
        )
    },
)

_RULE = ("id", "kind", "severity", "why")

RULES = Sheet(
    "rules",
    N_("Rules"),
    N_(
        "A row is a rule that the charter itself asks for. A charter without any is held to the "
        "house rules; as soon as one is written here, it is held to those written alone."
    ),
    (Key(N_("id"), _ID, "id"),),
    {
        "": (
            TextField(
                title=N_("kind"),
                help=N_("What it checks; see “charter explain”."),
                path=("kind",),
                among=tuple(KINDS_BY_NAME),
                order=Rule.keys(),
            ),
            OptionsField(
                title=N_("asks for"),
                help=N_(
                    "What it asks for, a line each, as in the files: markers: [named-host], "
                    "where: {{moment-of-truth: true}}."
                ),
                path=("options",),
                others=_RULE,
            ),
            TextField(
                title=N_("severity"),
                help=N_("error, warning, info or off; the kind's own where it is blank."),
                path=("severity",),
                among=(*Severity,),
            ),
            WordsField(title=N_("why"), help=N_("Why it is asked for."), path=("why",)),
        )
    },
)

PLAN = Sheet(
    "plan",
    N_("Plan"),
    N_(
        "A row is an action of a plan. A plan that isn't there yet is begun; its name, brand and "
        "period stay in its file."
    ),
    (
        Key(N_("plan"), N_("The plan's id."), what="plan"),
        Key(N_("id"), _ID, "id"),
    ),
    {
        "": (
            WordsField(
                title=N_("Action"),
                help=N_("What is to be done, in words."),
                path=("what",),
                order=PlannedAction.keys(),
            ),
            TextField(
                title=N_("Marker"),
                help=N_("The marker that it brings."),
                path=("marker",),
                what="marker",
                order=PlannedAction.keys(),
            ),
            TextField(
                title=N_("removes"),
                help=N_("The marker that it takes off."),
                path=("removes",),
                what="marker",
                order=PlannedAction.keys(),
            ),
            TextField(
                title=N_("Journey"),
                help=N_("Needed only where several journeys have a touchpoint of that id."),
                path=("journey",),
                what="journey",
                order=PlannedAction.keys(),
            ),
            IdsField(
                title=N_("touchpoints"),
                help=N_("Where: several ids, parted by commas."),
                path=("touchpoints",),
                what="touchpoint",
                order=PlannedAction.keys(),
            ),
            IdsField(
                title=N_("segments"),
                help=N_("For whom, by commas; everybody where it is blank."),
                path=("segments",),
                what="segment",
                order=PlannedAction.keys(),
            ),
            IdsField(
                title=N_("channels"),
                help=N_("On which channels, by commas; on all of its touchpoints' where blank."),
                path=("channels",),
                what="channel",
                order=PlannedAction.keys(),
            ),
            WordsField(
                title=N_("how"),
                help=N_("How the marker is to show there."),
                path=("how",),
                order=PlannedAction.keys(),
            ),
            TextField(
                title=N_("owner"),
                help=N_("Who does it."),
                path=("owner",),
                order=PlannedAction.keys(),
            ),
            DateField(
                title=N_("due"),
                help=N_("The last day by which it should be done: 2026-10-31."),
                path=("due",),
                order=PlannedAction.keys(),
            ),
            TextField(
                title=N_("status"),
                help=N_("idea, decided, doing, done or dropped; idea where it is blank."),
                path=("status",),
                among=tuple(ActionStatus),
                order=PlannedAction.keys(),
            ),
            NumberField(
                title=N_("cost"),
                help=N_("What it costs, in the brand's own unit."),
                path=("cost",),
                order=PlannedAction.keys(),
            ),
            *_effort(PlannedAction.keys()),
            WordsField(
                title=N_("effect"),
                help=N_("What it is expected to bring, in words."),
                path=("effect",),
                order=PlannedAction.keys(),
            ),
        )
    },
)

VERDICTS = Sheet(
    "verdicts",
    N_("Verdicts"),
    N_("What a check said when the sheets were written. It is not read back."),
    is_read=False,
)
HELP = Sheet("help", N_("How to"), "", is_read=False)

SHEETS = (
    CHARTER,
    MARKERS,
    EXPRESSIONS,
    SEGMENTS,
    TOUCHPOINTS,
    TRANSITIONS,
    RULES,
    PLAN,
    VERDICTS,
    HELP,
)
"""Every sheet, in the order that they are shown."""

READ = (CHARTER, SEGMENTS, MARKERS, EXPRESSIONS, TOUCHPOINTS, TRANSITIONS, RULES, PLAN)
"""Those that are read, in the order that they are: what others name comes first."""
