"""The command line in the person's own language: help pages and usage errors, worded through the catalogues.

click builds its pages from the commands' texts; these classes put the translation in between. The language travels as
the object of click's context.
"""

from __future__ import annotations

import math
from typing import Any, Final

import click

from planner.language import LANGUAGES, N_, Language, system_language

_HELP: Final = N_("Show this page and exit.")


def language_asked_for(arguments: list[str]) -> Language:
    """Return the language of `--lang` among `arguments` where it is one we speak, otherwise the machine's."""
    for position, argument in enumerate(arguments):
        name, separator, value = argument.partition("=")
        if name == "--lang":
            chosen = value if separator else next(iter(arguments[position + 1 :]), "")
            if chosen in LANGUAGES:
                return Language(chosen)
    return system_language()


def language_of(context: click.Context) -> Language:
    """Return the language a command speaks."""
    found = context.find_object(Language)
    return found if found is not None else system_language()


class WordedOption(click.Option):
    """An option whose help is translated."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's names and its translated help."""
        record = super().get_help_record(ctx)
        told = self.help or ""
        return None if record is None else (record[0], language_of(ctx).gettext(told))


class NumberRange(click.FloatRange):
    """A range of numbers; "nan" is in none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number, or fail as click does."""
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail("", param, ctx)
        return number


class WordedCommand(click.Command):
    """A command whose help page is translated."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        prefix = language_of(ctx).gettext(N_("Usage:"))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{prefix} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            told = self.help or ""
            formatter.write_text(language_of(ctx).gettext(told))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        records = [
            record
            for option in self.get_params(ctx)
            if isinstance(option, click.Option) and (record := option.get_help_record(ctx)) is not None
        ]
        if records:
            _write_section(formatter, language_of(ctx).gettext(N_("Options:")), records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, with a help of its own that is translated."""
        option = super().get_help_option(ctx)
        if option is None:
            return None
        return WordedOption(
            option.opts, is_flag=True, is_eager=True, expose_value=False, callback=_show_help, help=_HELP
        )


class WordedGroup(WordedCommand, click.Group):
    """A group of commands whose help page is translated."""

    command_class = WordedCommand

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what stands behind the program's name in its usage line."""
        return [self.options_metavar or "", language_of(ctx).gettext(N_("COMMAND [ARGUMENTS]..."))]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with what it does."""
        language = language_of(ctx)
        told = [(name, self.commands[name].help or "") for name in self.list_commands(ctx)]
        records = [(name, language.gettext(text)) for name, text in told]
        _write_section(formatter, language.gettext(N_("Commands:")), records)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order they are declared: the order of work."""
        del ctx
        return list(self.commands)


def explain_usage(error: click.UsageError, language: Language) -> str:
    """Return what is wrong with the arguments, in one sentence."""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        pattern = N_("{name} is missing.")
        is_option = isinstance(error.param, click.Option)
        return language.gettext(pattern).format(
            name=_option_names(error) if is_option else error.param.make_metavar(click.Context(click.Command("")))
        )
    if isinstance(error, click.NoSuchOption):
        return language.gettext(N_("There is no option {name}.")).format(name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return language.gettext(N_("The option {name} cannot be used like this.")).format(name=error.option_name)
    if isinstance(error, click.BadParameter) and (told := _explain_value(error, language)):
        return told
    context = error.ctx
    if context is not None and isinstance(context.command, click.Group):
        return language.gettext(N_("There is no such command. The commands are: {commands}.")).format(
            commands=", ".join(context.command.commands)
        )
    return language.gettext(N_("There are arguments too many, or in the wrong place."))


def _explain_value(error: click.BadParameter, language: Language) -> str:
    """Return what a value should be; nothing where its kind does not say."""
    kind: Any = getattr(error.param, "type", None)
    name = _option_names(error)
    if isinstance(kind, click.Choice):
        return language.gettext(N_("{name} is one of: {choices}.")).format(name=name, choices=", ".join(kind.choices))
    if isinstance(kind, click.DateTime):
        return language.gettext(N_("{name} is a day such as 2026-03-31.")).format(name=name)
    if isinstance(kind, click.IntRange):
        minimum, maximum = (language.number(end or 0, decimals=0) for end in (kind.min, kind.max))
        pattern = N_("{name} is a whole number from {minimum} to {maximum}.")
        return language.gettext(pattern).format(name=name, minimum=minimum, maximum=maximum)
    if isinstance(kind, click.FloatRange):
        minimum, maximum = (language.number(end or 0, decimals=1) for end in (kind.min, kind.max))
        pattern = N_("{name} is a number from {minimum} to {maximum}.")
        return language.gettext(pattern).format(name=name, minimum=minimum, maximum=maximum)
    if kind is click.INT:
        return language.gettext(N_("{name} is a whole number.")).format(name=name)
    return ""


def _option_names(error: click.BadParameter) -> str:
    return " / ".join(error.param.opts) if error.param is not None else ""


def _write_section(formatter: click.HelpFormatter, heading: str, records: list[tuple[str, str]]) -> None:
    """Write rows under a heading with its own colon: click's stands close to the word in every language."""
    formatter.write_paragraph()
    formatter.write(f"{heading}\n")
    with formatter.indentation():
        formatter.write_dl(records)


def _show_help(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001  click's way
    if wanted and not context.resilient_parsing:
        click.echo(context.get_help())
        context.exit()
