"""Which addresses are public, and what an operator's allow list opens."""

from __future__ import annotations

import re
from ipaddress import ip_address

import pytest

from firstframe.media.addresses import AddressRefused, AllowList, is_public, judge

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16
169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1
100::1 2001::1 2001:db8::1 2001:10::1 2002:7f00:1:: 2002::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%1
fec0::1 ff02::1 4000::1
""".split()
PUBLIC = """
1.1.1.1 8.8.8.8 93.184.215.14 172.32.0.1 192.0.1.1 198.20.0.1 223.255.255.254
2606:4700:4700::1111 2a00:1450:4001:80e::200e 2003::1 ::ffff:8.8.8.8 64:ff9b::808:808
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_one_private_answer_among_public_ones_refuses_all() -> None:
    with pytest.raises(AddressRefused, match="public internet"):
        judge("mixed.example", 443, ["93.184.215.14", "10.0.0.1"], AllowList())


@pytest.mark.parametrize("port", [0, 21, 22, 25, 8080, 6379, 65535])
def test_other_ports_are_closed(port: int) -> None:
    with pytest.raises(AddressRefused, match=str(port)):
        judge("public.example", port, ["93.184.215.14"], AllowList())


def test_public_hosts_pass_on_the_web_ports() -> None:
    assert [str(a) for a in judge("public.example", 443, ["93.184.215.14"], AllowList())] == ["93.184.215.14"]
    assert judge("public.example", 80, ["2606:4700:4700::1111"], AllowList())


def test_a_listed_host_passes_on_every_port_whatever_it_resolves_to() -> None:
    allow = AllowList.parse("nas.home, ")
    assert judge("NAS.home", 9000, ["192.168.1.5"], allow)
    with pytest.raises(AddressRefused):
        judge("other.home", 80, ["192.168.1.5"], allow)


def test_a_listed_host_with_a_port_passes_on_that_port_alone() -> None:
    allow = AllowList.parse("nas.home:9000,[::1]:9001,127.0.0.1:9002")
    assert judge("nas.home", 9000, ["192.168.1.5"], allow)
    assert judge("::1", 9001, ["::1"], allow)
    assert judge("127.0.0.1", 9002, ["127.0.0.1"], allow)
    for host, port in (("nas.home", 9001), ("::1", 80), ("127.0.0.1", 80)):
        with pytest.raises(AddressRefused):
            judge(host, port, ["127.0.0.1"], allow)


def test_a_listed_network_opens_its_addresses_and_no_others() -> None:
    allow = AllowList.parse("10.0.0.0/8,fd00::/8")
    assert judge("a.internal", 8080, ["10.1.2.3", "fd00::5"], allow)
    assert judge("a.internal", 80, ["10.1.2.3", "93.184.215.14"], allow)
    with pytest.raises(AddressRefused):
        judge("a.internal", 8080, ["10.1.2.3", "93.184.215.14"], allow)
    with pytest.raises(AddressRefused):
        judge("a.internal", 80, ["10.1.2.3", "192.168.0.1"], allow)


@pytest.mark.parametrize("entry", ["10.0.0.1/8", "host:port", "host:0", "host:70000", ":80", "[::1", "[x]:80", "a/b"])
def test_a_wrong_entry_is_named(entry: str) -> None:
    with pytest.raises(ValueError, match=re.escape(entry)):
        AllowList.parse(f"fine.example,{entry}")
