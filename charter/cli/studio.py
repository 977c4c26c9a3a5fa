"""``charter studio``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from charter.cli.options import folder_argument, language_option
from charter.cli.printing import page_of, put
from charter.messages import N_, Speaker, visible
from charter.messages.phones import REASONS as PHONES

if TYPE_CHECKING:
    from charter.workspace import InvalidWorkspace

_REASONS = {
    "studio-not-installed": N_(
        "The app needs {missing}. Install it with: pip install 'experience-charter[studio]'"
    ),
    "port-in-use": N_(
        "Port {port} is in use by another program. Try: charter studio --port {free}"
    ),
    "no-such-port": N_("There is no port {port}. Choose one from 1 to 65535."),
    "no-such-address": N_(
        "This machine can't be reached at {address}. Name one of its addresses, or 0.0.0.0 for all."
    ),
    "not-guarded": N_(
        "At {address} other machines could reach the app, and nobody would have to sign in. "
        "Configure sign-in, and name the file of roles with --roles; see docs/studio.md."
    ),
    "roles-without-sign-in": N_(
        "Roles need sign-in, and none is configured. Write [auth] in .streamlit/secrets.toml; see "
        "docs/studio.md."
    ),
    "sign-in-missing": N_(
        "Sign-in is incomplete: [auth] in .streamlit/secrets.toml lacks {detail}. Add it."
    ),
    "sign-in-not-installed": N_(
        "Sign-in is configured, but needs a library that is missing. Install it with: pip install "
        "'experience-charter[auth]'"
    ),
    "sign-in-redirect": N_(
        "Sign-in can't come back to {detail}. Write a redirect_uri that ends with /oauth2callback "
        "in .streamlit/secrets.toml."
    ),
    "sign-in-unreadable": N_("{detail} can't be read: it isn't valid TOML. Mend it, or delete it."),
}


def command(speak: Speaker) -> click.Command:
    """Return the command, speaking one language."""

    def run(
        folder: Path,
        port: int | None,
        address: str,
        roles: Path | None,
        phones: str | None,
        phones_link: str | None,
    ) -> None:
        from charter.studio.launch import CannotLaunch, launch

        # One that isn't there yet can be begun in the app.
        if os.path.lexists(folder) and not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises for odd names
            raise click.UsageError(speak(N_("{folder} is not a folder."), folder=folder))
        try:
            launch(
                folder,
                port=port,
                at=address,
                roles=roles,
                phones=phones,
                phones_link=phones_link,
                language=speak.language,
                announce=lambda address: click.echo(
                    speak(
                        N_("The Studio is open at {address} (stop it with Ctrl+C)"), address=address
                    )
                ),
            )
        except click.Abort:
            # Ctrl+C is how it is meant to end.
            return
        except CannotLaunch as reason:
            told = {
                name: visible(value) if isinstance(value, str) else value
                for name, value in reason.parameters.items()
            }
            sentence = {**_REASONS, **PHONES}[reason.code]
            raise click.UsageError(speak(sentence, **told)) from None
        except Exception as error:
            # Only a file of roles is read before the app answers: what reads workspaces is loaded
            # while a browser fetches the app.
            from charter.usecases.check import EXIT_INPUT
            from charter.workspace import InvalidWorkspace

            if not isinstance(error, InvalidWorkspace):
                raise
            _tell_what_is_wrong(error, folder, speak)
            sys.exit(EXIT_INPUT)

    return click.Command(
        "studio",
        callback=run,
        help=speak(
            N_(
                "Open the workspace in DIR in the app, on this machine only unless sign-in and "
                "roles are configured."
            )
        ),
        params=[
            folder_argument(),
            click.Option(
                ["--port"], type=int, help=speak(N_("The port to listen on; 8501 by default."))
            ),
            click.Option(
                ["--address"],
                default="127.0.0.1",
                metavar=speak(N_("ADDRESS")),
                help=speak(
                    N_(
                        "The address to listen at; this machine only by default. Any other needs "
                        "sign-in and --roles."
                    )
                ),
            ),
            click.Option(
                ["--roles"],
                type=click.Path(path_type=Path),
                metavar=speak(N_("FILE")),
                help=speak(N_("The file that says who is a viewer, an editor or a publisher.")),
            ),
            click.Option(
                ["--phones"],
                metavar=speak(N_("ADDRESS")),
                help=speak(
                    N_(
                        "The address at which the phones of a workshop come in, with :PORT if you "
                        "like; this machine only by default, 0.0.0.0 for its whole network."
                    )
                ),
            ),
            click.Option(
                ["--phones-link"],
                metavar=speak(N_("URL")),
                help=speak(N_("What phones open, where a proxy stands before that address.")),
            ),
            language_option(speak),
        ],
    )


def _tell_what_is_wrong(invalid: InvalidWorkspace, folder: Path, speak: Speaker) -> None:
    from charter.checker import Checked, report_of
    from charter.reports import render

    page = page_of(None)
    checked = Checked(report_of(invalid), None, invalid.sources)
    put(render("text", checked, speak, page), None, page, speak, folder)
