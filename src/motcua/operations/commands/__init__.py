"""The commands, one function each: it adds the arguments and says what runs; its docstring is the help."""

from motcua.operations.commands import facts

ALL = {
    "load": facts.load,
    "figures": facts.figures,
    "report": facts.report,
}
