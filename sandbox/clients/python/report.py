"""Runs a suite's checks in order and prints each outcome as a line of JSON."""

import asyncio
import json
import os
import sys
import traceback
from collections.abc import Awaitable, Callable

#: How long a check may take, seconds: a bound for a loaded machine, never the measure of anything.
PATIENCE = 300


class Skipped(Exception):
    """The client can't do it, for the reason that the exception gives."""


class Suite:
    """The checks of one client."""

    def __init__(self, client: str, version: str) -> None:
        self.client, self.version = client, version
        self.checks: list[tuple[str, Callable[..., Awaitable[None]]]] = []

    def check(self, name: str):
        """Adds a check; `name` is its line in checks.txt."""

        def add(function):
            self.checks.append((name, function))
            return function

        return add

    def add(self, checks: dict[str, Callable[..., Awaitable[None]]]) -> None:
        """Adds checks that clients share, in their order."""
        self.checks.extend(checks.items())

    async def run(self, world) -> None:
        """Runs every check with `world`, and ends the program: 1 when one failed."""
        say(client=self.client, version=self.version)
        failed = False
        for name, function in self.checks:
            try:
                await asyncio.wait_for(function(world), PATIENCE)
            except Skipped as why:
                say(check=name, outcome="skipped", why=str(why))
            except Exception:
                failed = True
                say(check=name, outcome="failed", why=traceback.format_exc(limit=-4))
            else:
                say(check=name, outcome="passed")
        await world.close()
        sys.stdout.flush()
        os._exit(failed)


def say(**line) -> None:
    """Prints one line of the report."""
    print(json.dumps(line), flush=True)


class Inbox:
    """What the bot was told, to be waited for."""

    def __init__(self) -> None:
        self._items: list[tuple[str, object]] = []
        self._news = asyncio.Event()

    def put(self, kind: str, item: object) -> None:
        self._items.append((kind, item))
        self._news.set()

    async def take(self, kind: str, fits: Callable[..., bool] = lambda _: True):
        """The oldest of this kind that fits and that nobody took yet."""
        while True:
            for index, (found, item) in enumerate(self._items):
                if found == kind and fits(item):
                    del self._items[index]
                    return item
            self._news.clear()
            await self._news.wait()

    def all(self, kind: str) -> list:
        """What waits of this kind."""
        return [item for found, item in self._items if found == kind]


async def until(condition: Callable[[], bool]) -> None:
    """Waits until something holds; the check's own patience bounds it."""
    while not condition():
        await asyncio.sleep(0.02)
