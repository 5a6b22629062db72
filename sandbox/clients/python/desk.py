"""The other side of the chat: users, wallets, payments, faults and the clock of the sandbox.

It speaks the control interface with Python's own HTTP client, so that the client under test is
the only library involved in the Bot API.
"""

import asyncio
import json
import urllib.error
import urllib.request
from urllib.parse import quote


class Refused(Exception):
    """The sandbox refused a request of the control interface."""


class Desk:
    """The control interface for one bot."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    async def call(self, method: str, path: str, body: object = None):
        """One request; the answer's JSON."""
        return await asyncio.to_thread(self._call, method, path, body)

    def _call(self, method: str, path: str, body: object):
        request = urllib.request.Request(
            f"{self.url}/api{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise Refused(error.read().decode()) from error

    def _of(self, user: int, **more):
        return {"token": self.token, "user_id": user, **more}

    async def user(self, name: str, stars: int = 0) -> int:
        """A new user's id."""
        return (await self.call("POST", "/users", {"first_name": name, "stars": stars}))["id"]

    async def stars(self, user: int) -> int:
        """What is in a user's wallet."""
        return (await self.person(user))["stars"]

    async def person(self, user: int):
        """What Telegram knows of a user."""
        return await self.call("GET", f"/users/{user}")

    async def write(self, user: int, text: str):
        """The user writes to the bot."""
        return (await self.call("POST", "/messages", self._of(user, text=text)))["message"]

    async def press(self, user: int, message: int, data: str):
        """The user presses an inline button."""
        return await self.call("POST", "/callbacks", self._of(user, message_id=message, data=data))

    async def pay(self, user: int, link: str, outcome: str = "normal"):
        """The user pays an invoice; answers when their sheet closes."""
        return await self.call("POST", "/pay", {"slug": link, "user_id": user, "outcome": outcome})

    async def block(self, user: int, blocked: bool):
        """The user blocks the bot, or lets it in again."""
        return await self.call("POST", "/block", self._of(user, blocked=blocked))

    async def allow(self, user: int):
        """The user lets the bot write without starting it."""
        return await self.call("POST", "/write-access", self._of(user, allow=True))

    async def chargeback(self, charge: str):
        """The store takes a charge back."""
        return await self.call("POST", "/refunds", {"token": self.token, "charge_id": charge})

    async def refuses(self, call, code: str) -> bool:
        """The control interface must refuse the call with this code."""
        try:
            await call
        except Refused as error:
            assert json.loads(str(error))["error"]["code"] == code, error
            return True
        raise AssertionError(f"not refused: {code}")

    async def top_up(self, user: int, stars: int):
        """The user buys Stars."""
        return await self.call("POST", "/stars", {"user_id": user, "amount": stars})

    async def subscription(self, charge: str, action: str):
        """The buyer cancels a subscription, turns it on again, or pays late."""
        body = {"token": self.token, "charge_id": charge, "action": action}
        return await self.call("POST", "/subscriptions", body)

    async def buy_media(self, user: int, message: int):
        """The user buys paid media."""
        return await self.call("POST", "/paid-media", self._of(user, message_id=message))

    async def refer(self, user: int, affiliate: int, per_mille: int):
        """From now on, an affiliate gets a part of what the user pays."""
        more = {"affiliate_id": affiliate, "commission_per_mille": per_mille}
        return await self.call("POST", "/affiliates", self._of(user, **more))

    async def withdraw(self, stars: int) -> str:
        """The bot's owner begins to take Stars out; the row's id."""
        body = {"token": self.token, "amount": stars}
        return (await self.call("POST", "/withdrawals", body))["id"]

    async def end_withdrawal(self, row: str, ending: str):
        """A withdrawal succeeds or fails."""
        return await self.call("PUT", "/withdrawals", {"token": self.token, "id": row, "ending": ending})

    async def book(self, flow: str, stars: int, partner: dict, nanostars: int = 0):
        """A row of any kind in the bot's books."""
        row = {"flow": flow, "amount": stars, "nanostar_amount": nanostars, "partner": partner}
        return await self.call("POST", "/ledger", {"token": self.token, **row})

    async def found(self, kind: str, title: str, owner: int) -> int:
        """A group or channel with the bot as an administrator; its id."""
        new = {"token": self.token, "kind": kind, "title": title, "owner_id": owner}
        return (await self.call("POST", "/communities", new))["id"]

    async def join(self, user: int, link: str):
        """The user follows an invite link."""
        return await self.call("POST", "/joins", {"user_id": user, "invite_link": link})

    async def now(self) -> float:
        """The sandbox's time, seconds since 1970."""
        return (await self.call("GET", "/time"))["now"]

    async def faults(self, **faults):
        """Sets what goes wrong from now on; nothing given ends all faults."""
        return await self.call("PUT", "/faults", faults)

    async def advance(self, seconds: int):
        """Moves the clock."""
        return await self.call("POST", "/clock", {"advance_seconds": seconds})

    async def chat(self, user: int):
        """The chat's messages as the window shows them."""
        answer = await self.call("GET", f"/chats/{user}?token={quote(self.token)}")
        return answer["messages"]

    async def launch(self, user: int, **how):
        """Opens the Mini App: its address and launch data."""
        return await self.call("POST", "/launch", self._of(user, **how))

    async def key(self) -> bytes:
        """The public key that launch data is signed with for third parties."""
        return bytes.fromhex((await self.call("GET", "/keys"))["ed25519_public_key"])

    async def calls(self, method: str):
        """The journal's calls of one method, oldest first."""
        journal = await self.call("GET", "/calls")
        return [call for call in journal if call["method"] == method]
