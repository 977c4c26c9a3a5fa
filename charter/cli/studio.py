"""``charter studio``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from charter.cli.options import folder_argument, language_option
from charter.messages import N_, Speaker

_REASONS = {
    "studio-not-installed": N_(
        "The app needs {missing}. Install it with: pip install 'experience-charter[studio]'"
    ),
    "port-in-use": N_(
        "Port {port} is in use by another program. Try: charter studio --port {free}"
    ),
    "no-such-port": N_("There is no port {port}. Choose one from 1 to 65535."),
}


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(folder: Path, port: int | None) -> None:
        from charter.studio.launch import CannotLaunch, launch

        if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises for odd names
            raise click.UsageError(speak(N_("{folder} is not a folder."), folder=folder))
        try:
            launch(
                folder,
                port=port,
                language=speak.language,
                announce=lambda address: click.echo(
                    speak(
                        N_("The Studio is open at {address} (stop it with Ctrl+C)"), address=address
                    )
                ),
            )
        except CannotLaunch as reason:
            raise click.UsageError(speak(_REASONS[reason.code], **reason.parameters)) from None

    return click.Command(
        "studio",
        callback=run,
        help=speak(N_("Open the workspace in DIR in the app, on this machine only.")),
        params=[
            folder_argument(),
            click.Option(
                ["--port"], type=int, help=speak(N_("The port to listen on; 8501 by default."))
            ),
            language_option(speak),
        ],
    )
