"""What this process measures, and what the database counts for the whole deployment, as Prometheus reads it.

Labels hold route templates, engines, states and codes: never an id, a name or a caller's words.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Histogram, Info, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.types import Scope

from firstframe.errors import FirstframeError
from firstframe.service.census import Census
from firstframe.service.front import Service
from firstframe.service.prices import MICRO

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "(none)"
BUCKETS_SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 300)


class Metrics:
    """What one app measures and tells."""

    def __init__(self, service: Service) -> None:
        self.registry = CollectorRegistry()
        self._requests = Histogram(
            "firstframe_http_request_seconds",
            "From a request to the first byte of its answer, in this process.",
            ("method", "route", "status"),
            buckets=BUCKETS_SECONDS,
            registry=self.registry,
        )
        Info("firstframe_build", "What runs here.", registry=self.registry).info({"version": version("firstframe")})
        self.registry.register(_Deployment(service))
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    def answered(self, scope: Scope, status: int, seconds: float) -> None:
        """Count an answer by its route's template."""
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = getattr(scope.get("route"), "path", NO_ROUTE)
        self._requests.labels(method, route, str(status)).observe(seconds)

    def text(self, accept: str) -> tuple[bytes, str]:
        """Everything in the form that a scraper's `Accept` asks for, and its media type."""
        encode, media_type = choose_encoder(accept)
        return encode(self.registry), media_type


class _Deployment(Collector):
    """Reads the database at the scrape; when it is away, says so and leaves the rest out."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        found = self._counted()
        yield GaugeMetricFamily(
            "firstframe_database_up", "Whether the database answers.", value=float(found is not None)
        )
        errors = self._service.database.failures
        yield _counter("firstframe_database_errors", "By kind, in this process.", "kind", errors, ("away", "statement"))
        free_bytes = self._service.storage.free_bytes()
        if free_bytes is not None:
            yield GaugeMetricFamily("firstframe_storage_free_bytes", "Left on the storage's disk.", value=free_bytes)
        if found is not None:
            yield from _of_jobs(found)
            yield from _of_the_rest(found)

    def _counted(self) -> Census | None:
        try:
            return self._service.census()
        except FirstframeError:
            return None


def _of_jobs(found: Census) -> Iterable[Metric]:
    jobs = GaugeMetricFamily("firstframe_jobs", "Jobs that are not over.", labels=("engine", "state"))
    for (engine, state), count in found.active.items():
        jobs.add_metric((engine, state), count)
    yield jobs
    ended = CounterMetricFamily("firstframe_jobs_ended", "Jobs that are over.", labels=("engine", "state", "reason"))
    for (engine, state, reason), count in found.ended.items():
        ended.add_metric((engine, state, reason), count)
    yield ended
    oldest = GaugeMetricFamily("firstframe_queue_oldest_seconds", "Age of the longest waiting job.", labels=("engine",))
    for engine, seconds in found.oldest_queued_seconds.items():
        oldest.add_metric((engine,), seconds)
    yield oldest
    stages = HistogramMetricFamily("firstframe_stage_seconds", "What clips took.", labels=("engine", "stage"))
    for one in found.stages:
        buckets = [("+Inf" if bound == float("inf") else str(bound), n) for bound, n in one.clips_within.items()]
        stages.add_metric((one.engine, one.stage), buckets, one.seconds)
    yield stages


def _of_the_rest(found: Census) -> Iterable[Metric]:
    yield _gauge("firstframe_workers_alive", "Workers by engine that they hold.", "engine", found.workers_alive)
    yield _gauge("firstframe_webhook_deliveries", "Webhooks that are remembered.", "state", found.deliveries)
    yield _gauge("firstframe_stored_bytes", "Files that are kept.", "kind", found.stored_bytes)
    yield GaugeMetricFamily("firstframe_credits_held", "Held for jobs that are not over.", found.held_micro / MICRO)
    yield GaugeMetricFamily("firstframe_credits_balance", "Left on all accounts.", found.balance_micro / MICRO)


def _gauge(name: str, sentence: str, label: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, sentence, labels=(label,))
    for value, count in counts.items():
        family.add_metric((value,), count)
    return family


def _counter(name: str, sentence: str, label: str, counts: dict[str, int], values: Iterable[str]) -> Metric:
    family = CounterMetricFamily(name, sentence, labels=(label,))
    for value in values:
        family.add_metric((value,), counts.get(value, 0))
    return family
