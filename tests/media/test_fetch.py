"""The guarded client: nothing inside is ever reached, nothing outside can hold it up or fill it."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.media.conftest import Names, Site, page

from firstframe.errors import ImageRejected
from firstframe.media import addresses, fetch
from firstframe.media.fetch import HTTPTimeout, guarded_client

LIMIT = 2**20
TLS = Path(__file__).parent / "tls"

INSIDE = """
http://127.0.0.1:{port}/ http://127.0.0.1.:{port}/ http://127.1:{port}/ http://127.0.1:{port}/ http://2130706433:{port}/
http://017700000001:{port}/ http://0177.0.0.1:{port}/ http://0177.0.1:{port}/ http://0x7f000001:{port}/
http://0x7f.0.0.1:{port}/ http://0x7f.1:{port}/ http://127.0.0.01:{port}/ http://0127.0.0.1:{port}/
http://127.00.0.1:{port}/ http://0:{port}/ http://0.0.0.0:{port}/ http://00000.0:{port}/
http://127.127.127.127:{port}/ http://4294967295:{port}/ http://[::]:{port}/ http://[::1]:{port}/
http://[0:0:0:0:0:0:0:1]:{port}/ http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]:{port}/
http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/ http://[::127.0.0.1]:{port}/ http://[::7f00:1]:{port}/
http://[64:ff9b::127.0.0.1]:{port}/ http://[64:ff9b:1::7f00:1]:{port}/ http://[2002:7f00:1::]:{port}/
http://[2001::1]:{port}/ http://[fe80::1]:{port}/ http://[fe80::1%251]:{port}/ http://[fc00::1]:{port}/
http://[fd00:ec2::254]:{port}/ http://[ff02::1]:{port}/ http://[100::1]:{port}/ http://[5f00::1]:{port}/
http://[3fff::1]:{port}/ http://169.254.169.254/latest/meta-data/ http://2852039166/ http://0xa9fea9fe/
http://0251.0376.0251.0376/ http://169.254.43518/ http://[::ffff:169.254.169.254]/ http://192.0.0.192/
http://100.100.100.200/ http://168.63.129.16/ http://10.0.0.1/ http://172.16.0.1/ http://192.168.0.1/ http://100.64.0.1/
http://198.18.0.1/ http://224.0.0.1/ http://255.255.255.255/ https://127.0.0.1:{port}/ https://localhost:{port}/
http://localhost:{port}/ http://LOCALHOST:{port}/ http://localhost.:{port}/ http://inside.example:{port}/
http://mixed.example:{port}/ http://mixed6.example:{port}/ http://mapped.example:{port}/ http://metadata.example/
http://user@127.0.0.1:{port}/ http://public.example@127.0.0.1:{port}/ http://public.example:80@127.0.0.1:{port}/
http://127.0.0.1:{port}@public.example:{port}/ http://public.example%40127.0.0.1:{port}/
http://public.example\\@127.0.0.1:{port}/ http://127.0.0.1:{port}\\@public.example/ http://127%2e0%2e0%2e1:{port}/
http://127.0.0.1%00.public.example:{port}/ http://127。0。0。1:{port}/ http://①②⑦.⓪.⓪.①:{port}/ http://ｌｏｃａｌｈｏｓｔ:{port}/
http://loc%61lhost:{port}/ http://127.0.0.1:{port}#@public.example/ http://127.0.0.1:{port}?@public.example/
http:127.0.0.1:{port}/ http:/127.0.0.1:{port}/ http:///127.0.0.1:{port}/ //127.0.0.1:{port}/ 127.0.0.1:{port}/
ftp://127.0.0.1:{port}/ file:///etc/passwd file://127.0.0.1/etc/passwd gopher://127.0.0.1:{port}/_x
dict://127.0.0.1:{port}/ ws://127.0.0.1:{port}/ unix:/run/x.sock jar:http://127.0.0.1:{port}/!/ HTTP+UNIX://127.0.0.1/
http://127.0.0.1:22/ http://127.0.0.1:-1/ http://127.0.0.1:99999/ http://127.0.0.1:{port}:80/ http:// http://:{port}/
""".split()


@pytest.fixture
def known_names(names: Names) -> Names:
    for name in ("localhost", "localhost.", "inside.example"):
        names.add(name, ["127.0.0.1"])
    names.add("public.example", ["93.184.215.14"])
    names.add("mixed.example", ["93.184.215.14", "127.0.0.1"])
    names.add("mixed6.example", ["2606:4700:4700::1111", "::1"])
    names.add("mapped.example", ["::ffff:127.0.0.1"])
    names.add("metadata.example", ["169.254.169.254"])
    return names


@pytest.fixture
def open_port(site: Site, monkeypatch: pytest.MonkeyPatch) -> int:
    """The site's port counts as a web port, so that only its address can be the reason to refuse it."""
    monkeypatch.setattr(addresses, "PORTS", addresses.PORTS | {site.port})
    return site.port


def rejected(url: str, allow: str = "", limit_bytes: int = LIMIT) -> ImageRejected:
    with pytest.raises(ImageRejected) as caught:
        fetch.fetch(url, limit_bytes=limit_bytes, allow=allow)
    return caught.value


def test_26_the_corpus_is_large_enough() -> None:
    assert len(set(INSIDE)) >= 60


@pytest.mark.parametrize("url", INSIDE)
def test_26_nothing_inside_is_reached(
    url: str, site: Site, known_names: Names, dialled: list[str], open_port: int
) -> None:
    error = rejected(url.format(port=open_port).replace("\\\\", "\\"))
    assert error.reason in {"address_refused", "fetch_failed"}
    assert dialled == []
    assert site.connections == 0


def test_the_same_site_is_reached_when_the_operator_allows_it(
    site: Site, known_names: Names, dialled: list[str], open_port: int
) -> None:
    site.pages["/a.png"] = page(b"picture")
    url = f"http://inside.example:{open_port}/a.png"
    assert rejected(url).reason == "address_refused"
    for allow in ("inside.example", f"inside.example:{open_port}", "127.0.0.0/8"):
        assert fetch.fetch(url, limit_bytes=LIMIT, allow=allow) == b"picture"
    assert site.connections == 3


def test_the_operators_setting_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/"] = page(b"picture")
    monkeypatch.setattr(fetch, "settings", lambda: type("S", (), {"fetch_allow": "127.0.0.1"}))
    assert fetch.fetch(site.url, limit_bytes=LIMIT) == b"picture"


def test_a_public_name_is_dialled_at_the_address_that_was_judged(names: Names, dialled: list[str]) -> None:
    names.add("rebinding.example", ["93.184.215.14"], ["127.0.0.1"])
    assert rejected("http://rebinding.example/").reason == "fetch_failed"
    assert dialled == ["93.184.215.14"]
    assert names.asked == ["rebinding.example"]


def test_26_each_connection_is_judged_anew(names: Names, dialled: list[str]) -> None:
    names.add("rebinding.example", ["93.184.215.14"], ["127.0.0.1"])
    rejected("http://rebinding.example/")
    assert rejected("http://rebinding.example/").reason == "address_refused"
    assert dialled == ["93.184.215.14"]


def test_every_address_of_a_name_is_tried(site: Site, names: Names, dialled: list[str], open_port: int) -> None:
    site.pages["/"] = page(b"picture")
    names.add("two.example", ["93.184.215.14", "127.0.0.1"])
    assert fetch.fetch(f"http://two.example:{open_port}/", limit_bytes=LIMIT, allow="127.0.0.0/8") == b"picture"
    assert dialled == ["93.184.215.14", "127.0.0.1"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_26_a_redirect_inside_is_refused(make_site: Callable[[], Site], status: int, known_names: Names) -> None:
    outside, inside = make_site(), make_site()
    for target in (f"{inside.url}/secret", f"http://localhost:{inside.port}/", "file:///etc/passwd", "//127.0.0.1/"):
        outside.pages["/"] = page(b"", f"Location: {target}", "Content-Length: 0", status=f"{status} Moved")
        assert rejected(outside.url, allow=f"127.0.0.1:{outside.port}").reason == "address_refused"
    assert inside.connections == 0


def test_three_redirects_are_followed_and_four_are_not(site: Site) -> None:
    for hop in range(4):
        site.pages[f"/{hop}"] = page(b"", f"Location: /{hop + 1}", "Content-Length: 0", status="302 Found")
    site.pages["/4"] = page(b"picture")
    assert fetch.fetch(f"{site.url}/1", limit_bytes=LIMIT, allow="127.0.0.1") == b"picture"
    assert rejected(f"{site.url}/0", allow="127.0.0.1").reason == "fetch_failed"


def test_28_an_endless_redirect_ends(site: Site) -> None:
    site.pages["/"] = page(b"", "Location: /", "Content-Length: 0", status="302 Found")
    assert rejected(site.url, allow="127.0.0.1").reason == "fetch_failed"
    assert site.connections == fetch.REDIRECTS_MAX + 1


def test_cookies_and_credentials_do_not_travel(make_site: Callable[[], Site]) -> None:
    first, second = make_site(), make_site()
    first.pages["/"] = page(b"", f"Location: {second.url}/", "Set-Cookie: a=b", "Content-Length: 0", status="302 Found")
    second.pages["/"] = page(b"picture")
    fetch.fetch(first.url, limit_bytes=LIMIT, allow="127.0.0.1")
    assert b"cookie" not in second.requests[0].lower()
    assert b"authorization" not in second.requests[0].lower()


def test_no_proxy_from_the_environment(make_site: Callable[[], Site], monkeypatch: pytest.MonkeyPatch) -> None:
    site, proxy = make_site(), make_site()
    site.pages["/"] = page(b"picture")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    assert fetch.fetch(site.url, limit_bytes=LIMIT, allow="127.0.0.1") == b"picture"
    assert proxy.connections == 0


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", "not_found"),
        ("410 Gone", "not_found"),
        ("403 Forbidden", "fetch_failed"),
        ("500 Oops", "fetch_failed"),
        ("206 Partial", "fetch_failed"),
        ("302 Found", "fetch_failed"),
    ],
)
def test_other_statuses(site: Site, status: str, reason: str) -> None:
    site.pages["/"] = page(b"inner secret", status=status)
    error = rejected(site.url, allow="127.0.0.1")
    assert error.reason == reason
    assert "secret" not in error.message


def test_an_announced_size_above_the_limit_is_refused_unread(site: Site) -> None:
    site.pages["/"] = page(b"", f"Content-Length: {LIMIT + 1}")
    assert rejected(site.url, allow="127.0.0.1").reason == "too_many_bytes"


def test_28_a_body_without_a_length_is_counted(site: Site) -> None:
    site.pages["/fits"] = page(bytes(LIMIT), "Content-Type: image/png")
    site.pages["/over"] = page(bytes(LIMIT + 1), "Content-Type: image/png")
    assert len(fetch.fetch(f"{site.url}/fits", limit_bytes=LIMIT, allow="127.0.0.1")) == LIMIT
    error = rejected(f"{site.url}/over", allow="127.0.0.1")
    assert error.reason == "too_many_bytes"
    assert "1 MB" in error.message


def test_28_an_endless_chunked_body_is_cut(site: Site) -> None:
    def pour(stream: socket.socket) -> None:
        stream.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(1000):
            stream.sendall(b"10000\r\n" + bytes(0x10000) + b"\r\n")

    site.pages["/"] = pour
    assert rejected(site.url, allow="127.0.0.1").reason == "too_many_bytes"


def test_28_a_length_that_promises_too_much_is_a_failure(site: Site) -> None:
    site.pages["/"] = page(b"short", "Content-Length: 1000")
    assert rejected(site.url, allow="127.0.0.1").reason == "fetch_failed"


def test_bytes_beyond_the_promised_length_are_left_alone(site: Site) -> None:
    site.pages["/"] = page(bytes(10 * LIMIT), "Content-Length: 10")
    assert fetch.fetch(site.url, limit_bytes=LIMIT, allow="127.0.0.1") == bytes(10)


def test_28_a_gzip_bomb_is_counted_unpacked(site: Site) -> None:
    site.pages["/bomb"] = page(gzip.compress(bytes(64 * LIMIT)), "Content-Encoding: gzip")
    site.pages["/fine"] = page(gzip.compress(b"picture"), "Content-Encoding: gzip")
    assert rejected(f"{site.url}/bomb", allow="127.0.0.1").reason == "too_many_bytes"
    assert fetch.fetch(f"{site.url}/fine", limit_bytes=LIMIT, allow="127.0.0.1") == b"picture"


@pytest.mark.parametrize("coding", ["gzip, gzip", "br", "zstd", "gzip,deflate,gzip"])
def test_stacked_and_unasked_codings_are_refused(site: Site, coding: str) -> None:
    site.pages["/"] = page(b"x", f"Content-Encoding: {coding}")
    assert rejected(site.url, allow="127.0.0.1").reason == "fetch_failed"


def drip(prefix: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    """Send a drop again and again, each well within a read timeout; end as a good picture if nobody cuts it off."""

    def talk(stream: socket.socket) -> None:
        stream.sendall(prefix)
        for _ in range(200):
            stream.sendall(drop)
            time.sleep(0.05)

    return talk


@pytest.mark.parametrize(
    ("prefix", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\n", b"X-Header: more\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "chunks", "headers", "interim"],
)
def test_28_a_trickle_ends_at_the_total_deadline(
    site: Site, monkeypatch: pytest.MonkeyPatch, prefix: bytes, drop: bytes
) -> None:
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", 0.4)
    site.pages["/"] = drip(prefix, drop)
    error = rejected(site.url, allow="127.0.0.1")
    assert error.reason == "fetch_failed"
    assert "in time" in error.message


def test_a_silent_server_ends_at_the_total_deadline(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", 0.2)
    over = threading.Event()
    site.pages["/"] = lambda stream: over.wait(20) and None
    error = rejected(site.url, allow="127.0.0.1")
    over.set()
    assert "in time" in error.message


def test_a_silent_name_server_ends_at_the_connect_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def resolve(*args: object, **options: object) -> list[object]:
        over.wait(20)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(fetch, "CONNECT_SECONDS", 0.2)
    error = rejected("http://slow.example/")
    over.set()
    assert "in time" in error.message


@pytest.mark.parametrize(
    "answer",
    [b"", b"hello\r\n\r\n", b"HTTP/9 200\r\n\r\n", b"\x16\x03\x01" + bytes(range(192, 256)), b"HTTP/1.1 200 OK\r\n"],
)
def test_what_is_not_http_is_a_failure(site: Site, answer: bytes) -> None:
    site.pages["/"] = answer
    assert rejected(site.url, allow="127.0.0.1").reason == "fetch_failed"


def test_huge_headers_are_a_failure(site: Site) -> None:
    site.pages["/"] = b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 4 * LIMIT + b"\r\n\r\n"
    assert rejected(site.url, allow="127.0.0.1").reason == "fetch_failed"


def test_a_long_url_is_refused(dialled: list[str]) -> None:
    assert rejected("http://public.example/" + "a" * 10_000).reason == "address_refused"
    assert dialled == []


def test_a_location_that_is_no_url_is_a_failure(site: Site) -> None:
    site.pages["/"] = page(b"", "Location: http://a:b/", "Content-Length: 0", status="302 Found")
    assert rejected(site.url, allow="127.0.0.1").reason == "fetch_failed"


def test_tls_verifies_the_host_name_although_the_address_is_dialled(
    site: Site, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    site.context.load_cert_chain(TLS / "cert.pem", TLS / "key.pem")
    site.pages["/"] = page(b"picture")
    for name in ("pictures.example", "impostor.example"):
        names.add(name, ["127.0.0.1"])

    def get(name: str) -> bytes:
        return fetch.fetch(f"https://{name}:{site.port}/", limit_bytes=LIMIT, allow="127.0.0.1/32")

    with pytest.raises(ImageRejected, match="cannot be reached"):
        get("pictures.example")  # its issuer is unknown
    monkeypatch.setattr(fetch, "_trust", lambda: ssl.create_default_context(cafile=TLS / "cert.pem"))
    assert get("pictures.example") == b"picture"
    with pytest.raises(ImageRejected, match="cannot be reached"):
        get("impostor.example")


def test_the_guarded_client_serves_other_methods_and_its_own_redirects(make_site: Callable[[], Site]) -> None:
    outside, inside = make_site(), make_site()
    outside.pages["/hook"] = page(b"", status="204 No Content")
    outside.pages["/trap"] = page(b"", f"Location: {inside.url}/", "Content-Length: 0", status="307 Temporary Redirect")
    with guarded_client(allow=f"127.0.0.1:{outside.port}") as client:
        assert client.post(f"{outside.url}/hook", content=b"{}").status_code == 204
        with pytest.raises(addresses.AddressRefused):
            client.post(f"{outside.url}/trap", content=b"{}", follow_redirects=True)
        with pytest.raises(addresses.AddressRefused):
            client.get(inside.url)
    assert inside.connections == 0


def test_the_guarded_clients_deadline_covers_all_it_does(site: Site) -> None:
    site.pages["/"] = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n", b"x")
    with guarded_client(allow="127.0.0.1", total_seconds=0.3) as client, pytest.raises(HTTPTimeout):
        client.get(site.url)
