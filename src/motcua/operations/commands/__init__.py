"""The commands, one function each: it adds the arguments and says what runs; its docstring is the help.

Help stands in both languages, Vietnamese first, since it is printed before Django and its translations are there.
"""

from motcua.operations.commands import copies, facts, installation, looking, server

ALL = {
    "setup": installation.setup,
    "demo": installation.demo,
    "serve": server.serve,
    "load": facts.load,
    "figures": facts.figures,
    "report": facts.report,
    "template": looking.template,
    "backup": copies.backup,
    "restore": copies.restore,
    "doctor": looking.doctor,
    "migrate": installation.migrate,
}
