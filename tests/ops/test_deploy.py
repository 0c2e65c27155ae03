"""docker-compose.yml, Dockerfile and the proxy agree with each other and with the settings."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise as pairs
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def filled(text: str, given: dict[str, str]) -> str:
    """As Compose fills variables in: `${NAME}`, `${NAME:-default}`, from the innermost outwards."""
    while found := re.search(r"\$\{(\w+)(?::-([^${}]*))?\}", text):
        text = text.replace(found[0], given.get(found[1]) or found[2] or "")
    return text


@pytest.fixture(scope="module")
def proxy() -> str:
    return (ROOT / "deploy" / "nginx.conf").read_text()


def test_the_services_are_all_there(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {
        "postgres",
        "redis",
        "migrate",
        "worker1",
        "worker2",
        "jobs",
        "proxy",
        "prometheus",
        "grafana",
    }


def test_observing_is_optional_pinned_and_not_open_to_the_world(
    compose: dict[str, Any], proxy: str
) -> None:
    services = compose["services"]
    optional = {name for name, one in services.items() if one.get("profiles") == ["observe"]}
    assert optional == {"prometheus", "grafana"}
    for name in optional:
        assert re.fullmatch(r"[\w/]+:v?\d+\.\d+\.\d+", services[name]["image"])
        for source, *_ in (volume.split(":") for volume in services[name]["volumes"]):
            assert not source.startswith("./") or (ROOT / source).is_file(), source
    assert "ports" not in services["prometheus"]
    assert all(port.startswith("127.0.0.1:") for port in services["grafana"]["ports"])
    assert re.search(r"location = /metrics \{\s+return 404;", proxy)


def test_jobs_run_in_a_service_of_their_own(compose: dict[str, Any]) -> None:
    """Each has the pictures, where a job finds them and leaves its files."""
    services = compose["services"]
    names = ("worker1", "worker2", "jobs")
    jobs = {name: dict(pairs(services[name]["command"]))["--jobs"] for name in names}
    assert jobs == {"worker1": "0", "worker2": "0", "jobs": "1"}
    assert all("media:/data" in services[name]["volumes"] for name in jobs)


def test_prometheus_scrapes_every_worker_with_the_token(compose: dict[str, Any]) -> None:
    config = yaml.safe_load((ROOT / "deploy/prometheus.yml").read_text())
    (job,) = config["scrape_configs"]
    ours = {name for name, one in compose["services"].items() if one.get("image") == "jianghu"}
    workers = {f"{name}:8000" for name in ours - {"migrate"}}
    assert set(job["static_configs"][0]["targets"]) == workers
    prometheus = compose["services"]["prometheus"]
    assert job["authorization"]["credentials_file"] in prometheus["entrypoint"][-1]
    mounted = {volume.split(":")[1] for volume in prometheus["volumes"]}
    assert set(config["rule_files"]) <= mounted


def test_workers_and_migration_are_one_image_and_wait_for_what_they_need(
    compose: dict[str, Any],
) -> None:
    services = compose["services"]
    ours = ("migrate", "worker1", "worker2", "jobs")
    assert {services[name]["image"] for name in ours} == {"jianghu"}
    for name in ("worker1", "worker2", "jobs"):
        needs = services[name]["depends_on"]
        assert needs["migrate"]["condition"] == "service_completed_successfully"
        # Longer than the supervisor's own patience, or Docker would cut the drain short.
        assert services[name]["stop_grace_period"] == "30s"
    assert services["migrate"]["depends_on"]["postgres"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD"])
def test_a_secret_has_no_default(compose: dict[str, Any], name: str) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    uses = re.findall(rf"\$\{{{name}(.*?)\}}", text)
    assert uses and all(use.startswith(":?") for use in uses)


def test_every_variable_given_is_one_the_settings_read(compose: dict[str, Any]) -> None:
    known = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "server/environment.py").read_text()))
    assert set(compose["services"]["worker1"]["environment"]) <= known


@pytest.mark.parametrize(
    ("given", "origin", "port"),
    [
        ({}, "http://localhost:8080", "8080:80"),
        ({"HTTP_PORT": "9090"}, "http://localhost:9090", "9090:80"),
        (
            {"HTTP_PORT": "9090", "PUBLIC_ORIGINS": "https://shop.example"},
            "https://shop.example",
            "9090:80",
        ),
    ],
)
def test_pages_of_the_port_that_is_published_are_ours(
    compose: dict[str, Any], given: dict[str, str], origin: str, port: str
) -> None:
    """Else every socket and every POST of them would be refused."""
    services = compose["services"]
    assert [filled(text, given) for text in services["proxy"]["ports"]] == [port]
    for name in ("migrate", "worker1", "worker2"):
        assert filled(services[name]["environment"]["PUBLIC_ORIGINS"], given) == origin


def test_the_proxy_knows_the_workers_and_speaks_websocket(
    compose: dict[str, Any], proxy: str
) -> None:
    upstream = set(re.findall(r"server (\w+):8000", proxy))
    assert upstream == {name for name in compose["services"] if name.startswith("worker")}
    assert "proxy_set_header Upgrade $http_upgrade" in proxy
    assert "proxy_set_header Host $http_host" in proxy
    silence = int(re.search(r"proxy_read_timeout (\d+)s", proxy)[1])  # type: ignore[index]
    assert silence > 2 * 20, "the heartbeat is every 20 s"


def test_the_proxy_replaces_what_a_client_claims_to_be(compose: dict[str, Any], proxy: str) -> None:
    assert "X-Forwarded-For $remote_addr" in proxy
    assert compose["services"]["worker1"]["environment"]["TRUSTED_PROXIES"] == "1"


def test_the_image_is_made_of_what_the_context_holds() -> None:
    allowed = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    copied = [
        source
        for line in (ROOT / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for source in shlex.split(line)[1:-1]
    ]
    for source in copied:
        assert source.split("/")[0] in allowed, source


def test_the_image_does_not_run_as_root_and_tells_its_health() -> None:
    text = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER jianghu$", text, re.M)
    assert "/readyz" in text[text.index("HEALTHCHECK") :]
