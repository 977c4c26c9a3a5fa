"""The words for what isn't carried over from a diagram, or not as it is there."""

from __future__ import annotations

from collections.abc import Mapping

from charter.messages import N_, Speaker

# By reason. `{thing}` is a kind and a name, such as: user task “Check the order”.
NOTES = {
    "not-carried": N_("{thing}: not carried over."),
    "not-reached": N_("{thing}: not carried over, as no path comes here."),
    "taken-back": N_("{thing}: not carried over, as it only takes back what was done."),
    "name-lost": N_("{thing}: drawn into a transition, and its name isn't carried over."),
    "nothing-inside": N_("{thing}: not carried over, as there is nothing in it."),
    "nothing-met": N_("{thing}: not carried over, as customers meet nothing in it."),
    "flow-to-nothing": N_("{thing}: not carried over, as it doesn't connect two nodes."),
    "same-id": N_("The id “{id}” stands twice in this file; flows lead to the first."),
    "several-instances": N_("{thing}: that it is done several times isn't carried over."),
    "event-details": N_("{thing}: what it waits for isn't carried over ({details})."),
    "condition": N_("{thing}: its condition isn't carried over ({details})."),
    "extensions": N_("Extensions of other tools aren't carried over: {number}."),
    "one-of-several": N_(
        "{thing}: several of its ways may be gone at once; a path goes one of them."
    ),
    "one-after-the-other": N_(
        "{thing}: its {number} branches are gone at once, and in which order isn't told; a path "
        "goes through one after the other, in the order of the file."
    ),
    "at-once-as-choices": N_(
        "{thing}: its {number} branches are gone at once, but don't come together again by "
        "themselves; a path goes through one of them."
    ),
    "any-order": N_("{thing}: in which order things are done in it isn't told; a path does one."),
    "may-begin-anywhere": N_(
        "{thing}: it may begin at any time, so a transition leads to it from each touchpoint "
        "around it ({number})."
    ),
    "edge-of-several": N_(
        "{thing}: it may happen anywhere inside, so a transition leads to it from each touchpoint "
        "there ({number})."
    ),
    "edge-of-nothing": N_("{thing}: not carried over, as what it is attached to isn't there."),
    "beside": N_("{thing}: it happens beside the rest; a path goes there instead."),
    "invisible-link": N_("A link that isn't seen (~~~) isn't carried over."),
    "to-subgraph": N_("{thing}: not carried over, as it leads to or from a whole subgraph."),
    "score-lost": N_("“{name}”: “{details}” is no score from 1 to 5, so it isn't carried over."),
    "second-ending": N_("{thing}: it may end in several outcomes, and the first is carried over."),
    "stages-untold": N_(
        "“{name}”: touchpoints without a stage in the diagram are put into “{id}” ({number})."
    ),
    "channels-untold": N_(
        "“{name}”: touchpoints without a channel in the diagram are put on “{id}” ({number})."
    ),
}

_KINDS = {
    "adHocSubProcess": N_("ad-hoc subprocess"),
    "association": N_("association"),
    "boundaryEvent": N_("boundary event"),
    "businessRuleTask": N_("business rule task"),
    "callActivity": N_("call activity"),
    "category": N_("category"),
    "choreography": N_("choreography"),
    "click": N_("click"),
    "complexGateway": N_("complex gateway"),
    "conversation": N_("conversation"),
    "conversationLink": N_("conversation link"),
    "dataInputAssociation": N_("data input"),
    "dataObject": N_("data object"),
    "dataObjectReference": N_("reference to a data object"),
    "dataOutputAssociation": N_("data output"),
    "dataStore": N_("data store"),
    "dataStoreReference": N_("reference to a data store"),
    "documentation": N_("documentation"),
    "endEvent": N_("end event"),
    "error": N_("error"),
    "escalation": N_("escalation"),
    "eventBasedGateway": N_("event-based gateway"),
    "exclusiveGateway": N_("exclusive gateway"),
    "group": N_("group"),
    "inclusiveGateway": N_("inclusive gateway"),
    "interface": N_("interface"),
    "intermediateCatchEvent": N_("intermediate catch event"),
    "intermediateThrowEvent": N_("intermediate throw event"),
    "ioSpecification": N_("data of an activity"),
    "itemDefinition": N_("data type"),
    "link": N_("link"),
    "manualTask": N_("manual task"),
    "message": N_("message"),
    "messageFlow": N_("message flow"),
    "parallelGateway": N_("parallel gateway"),
    "participant": N_("pool"),
    "performer": N_("performer"),
    "potentialOwner": N_("potential owner"),
    "process": N_("process"),
    "property": N_("property"),
    "receiveTask": N_("receive task"),
    "resource": N_("resource"),
    "script": N_("script"),
    "scriptTask": N_("script task"),
    "sendTask": N_("send task"),
    "sequenceFlow": N_("sequence flow"),
    "serviceTask": N_("service task"),
    "signal": N_("signal"),
    "startEvent": N_("start event"),
    "subProcess": N_("subprocess"),
    "task": N_("task"),
    "textAnnotation": N_("text annotation"),
    "transaction": N_("transaction"),
    "userTask": N_("user task"),
}


def thing(parameters: Mapping[str, object], speak: Speaker) -> str:
    """Return what a note is about, by its kind and its name."""
    kind = str(parameters.get("kind", "sequenceFlow"))
    told = speak(_KINDS[kind]) if kind in _KINDS else kind
    name = parameters.get("name")
    if name:
        return speak(N_("{kind} “{name}”"), kind=told, name=name)
    return speak(N_("{kind} without a name"), kind=told)
