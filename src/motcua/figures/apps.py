from django.apps import AppConfig


def _concerns() -> dict[str, str]:
    from motcua.figures.forms_judgements import concerns_words

    return concerns_words()


class FiguresConfig(AppConfig):
    name = "motcua.figures"
    label = "figures"
    audited_choices = {"judgement.concerns": _concerns}
