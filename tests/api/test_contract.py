"""Property tests from the OpenAPI document: whatever it allows is answered as it says, and nothing is a 5xx."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from starlette.testclient import TestClient

from firstframe.api.app import create_app
from firstframe.service import accounts, keys
from firstframe.service.front import Service
from firstframe.settings import Settings

EXAMPLES, EXAMPLES_SOAK = 15, 200
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
    ignored_auth,
    missing_required_header,
    unsupported_method,
]
"""All that judge one answer, but for positive data acceptance: no schema can say what a picture is."""


def _operations() -> list[tuple[str, str, GenerationMode]]:
    """Every operation with what its document allows, and those that take a body or a query with what it forbids."""
    paths = create_app(None, Settings()).openapi()["paths"]  # type: ignore[arg-type]  # only its routes are read
    found = [(path, method, operation) for path, item in paths.items() for method, operation in item.items()]
    return [(path, method, GenerationMode.POSITIVE) for path, method, _ in found] + [
        (path, method, GenerationMode.NEGATIVE) for path, method, operation in found if _takes_input(operation)
    ]


def _takes_input(operation: dict[str, Any]) -> bool:
    query = [parameter for parameter in operation.get("parameters", []) if parameter["in"] == "query"]
    return "requestBody" in operation or bool(query)


@pytest.fixture(scope="module")
def schema(client: TestClient) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", client.app)


@pytest.fixture(scope="module")
def operator_key(service: Service) -> str:
    """A key that may do everything, of an account of its own."""
    with service.database.write() as connection:
        account = accounts.create(connection, "contract")
        return keys.issue(connection, account.id, "contract", keys.SCOPES)[1]


@pytest.mark.filterwarnings("ignore:Do not use the `random` module")  # schemathesis does
@pytest.mark.parametrize("examples", [EXAMPLES, pytest.param(EXAMPLES_SOAK, marks=pytest.mark.soak)])
@pytest.mark.parametrize(("path", "method", "mode"), _operations())
def test_17_operation_keeps_its_promises(
    schema: schemathesis.BaseSchema,
    key: str,
    operator_key: str,
    path: str,
    method: str,
    mode: GenerationMode,
    examples: int,
) -> None:
    secret = operator_key if path.startswith("/admin/") else key

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method.upper()].as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"x-api-key": secret}, checks=CHECKS)

    holds()
