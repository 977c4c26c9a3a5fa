"""``charter explain``."""

from __future__ import annotations

import click

from charter.cli.options import language_option
from charter.messages import N_, Speaker


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(topic: str) -> None:
        from charter.usecases.explain import UnknownTopic, explain

        try:
            click.echo(explain(topic, speak), nl=False)
        except UnknownTopic as unknown:
            hint = (
                speak(N_("Did you mean “{suggestion}”?"), suggestion=unknown.suggestion)
                if unknown.suggestion
                else speak(N_("Known: {known}."), known=", ".join(unknown.topics))
            )
            message = speak(
                N_("There is nothing to explain under “{topic}”. {hint}"), topic=topic, hint=hint
            )
            raise click.UsageError(message) from None

    return click.Command(
        "explain",
        callback=run,
        help=speak(N_("Explain a code (CH101) or a kind of rule (carries).")),
        params=[click.Argument(["topic"], metavar=speak(N_("CODE|KIND"))), language_option(speak)],
    )
