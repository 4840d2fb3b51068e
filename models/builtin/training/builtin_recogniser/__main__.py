"""`python -m builtin_recogniser COMMAND …`: every step of the recipe is one command."""

import argparse
import importlib
import pkgutil

from builtin_recogniser import commands


def main() -> None:
    """Run the command that the first argument names; a module of `commands` each."""
    parser = argparse.ArgumentParser(prog="python -m builtin_recogniser", description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for entry in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"{commands.__name__}.{entry.name}")
        summary = (module.__doc__ or "").strip().splitlines()[0]
        name = entry.name.replace("_", "-")
        subparser = subparsers.add_parser(name, help=summary, description=module.__doc__)
        module.add_arguments(subparser)
        subparser.set_defaults(run=module.run)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
