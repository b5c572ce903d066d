"""The examples of docs/vanban.md run."""

import re
from pathlib import Path

_PAGE = Path(__file__).parents[2] / "docs" / "vanban.md"


def test_the_examples_run_one_after_the_other() -> None:
    examples = re.findall(r"```python\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 3
    held: dict[str, object] = {}
    for example in examples:
        exec(example, held)
