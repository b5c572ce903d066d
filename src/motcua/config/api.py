"""The API: every app's read operations under one OpenAPI document. It has no page that loads from elsewhere."""

from ninja import NinjaAPI

from motcua.common.access import public
from motcua.common.api import Orjson, answer_refusals
from motcua.fieldwork.api import router as checks
from motcua.figures.api import router as figures
from motcua.funding.api import router as programmes
from motcua.reports.api import router as reports
from motcua.units.api import router as units

api = NinjaAPI(
    title="Motcua",
    version="1",
    description="Read only. The same reach as the pages: what is out of reach answers 404.",
    docs_url=None,
    renderer=Orjson(),
    docs_decorator=public,
    urls_namespace="api",
)
for router in (units, programmes, figures, checks, reports):
    api.add_router("", router)
answer_refusals(api)
