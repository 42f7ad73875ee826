"""Which network addresses a server-side request may reach. Judges addresses; resolves and connects nothing.

Callers give us URLs, so every one is a chance to make this server talk to its own network. Whatever a host name or a
funny number resolves to is judged here, after resolution, because only the address that is dialled counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PORTS = frozenset({80, 443})
"""Ports that every public host may be asked on."""

NEVER_PUBLIC = tuple(
    ip_network(text)
    for text in (
        # `is_global` of Python 3.11 predates CVE-2024-4032 and takes these for public.
        "192.0.0.0/24",
        "2001::/23",
        "2002::/16",
        "3fff::/20",
        # Relay anycast of 6to4, withdrawn by RFC 7526.
        "192.88.99.0/24",
        # Azure's host agent answers with instance secrets on this otherwise public address.
        "168.63.129.16/32",
    )
)
IPV6_UNICAST = IPv6Network("2000::/3")
"""All that IANA has handed out for public IPv6; everything outside is loopback, local, mapped, reserved or unknown."""
NAT64 = IPv6Network("64:ff9b::/96")

_ENTRY = re.compile(r"(?:\[(?P<ipv6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(?::(?P<port>[0-9]{1,5}))?")


class AddressRefused(Exception):
    """A request was about to reach an address, port or scheme that it must not reach."""


@dataclass(frozen=True)
class AllowList:
    """What the operator lets requests reach although it is private: hosts, host:port pairs and networks."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> AllowList:
        """Read a comma-separated list such as `images.example, 10.0.0.0/8, [::1]:9000`.

        Raises `ValueError` naming the entry that is neither a host, a host with a port, nor a network.
        """
        hosts: set[tuple[str, int | None]] = set()
        networks: list[Network] = []
        for entry in filter(None, (part.strip().lower() for part in text.split(","))):
            try:
                networks.append(ip_network(entry))
            except ValueError:
                hosts.add(_host_and_port(entry))
        return cls(frozenset(hosts), tuple(networks))

    def names(self, host: str, port: int) -> bool:
        """Whether the host itself is on the list, with this port or with any."""
        return not self.hosts.isdisjoint({(host.lower(), port), (host.lower(), None)})

    def contains(self, address: Address) -> bool:
        """Whether one of the listed networks contains the address."""
        return any(address.version == network.version and address in network for network in self.networks)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet: no loopback, private, local, multicast or reserved range.

    IPv4 addresses inside IPv6 (mapped, NAT64) are judged as the IPv4 address they lead to.
    Source: IANA special-purpose address registries, RFC 6052.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or (IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None)
        if inner is not None:
            return is_public(inner)
        if address not in IPV6_UNICAST or address.scope_id is not None:
            return False
    if any(address.version == network.version and address in network for network in NEVER_PUBLIC):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def judge(host: str, port: int, addresses: Sequence[str], allow: AllowList) -> list[Address]:
    """Return the addresses a connection to `host` may use, or refuse.

    One bad address among several refuses all: a mixed answer is an attack or a mistake, never a picture host.
    Raises `AddressRefused`.
    """
    judged = [ip_address(text) for text in addresses]
    if allow.names(host, port) or (judged and all(map(allow.contains, judged))):
        return judged
    if port not in PORTS:
        raise AddressRefused(f"port {port} is not open to callers; only 80 and 443 are")
    if not all(is_public(address) or allow.contains(address) for address in judged):
        raise AddressRefused("the host is not on the public internet")
    return judged


def _host_and_port(entry: str) -> tuple[str, int | None]:
    match = _ENTRY.fullmatch(entry)
    if match is None or not 0 < int(match["port"] or 80) < 65536:
        raise ValueError(f"{entry!r} in the allow list is neither a host, a host with a port, nor a network")
    return match["ipv6"] or match["name"], int(match["port"]) if match["port"] else None
