"""What Slack hands out for a short time: trigger ids, addresses to answer to, socket tickets."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.blocks import limits
from bot.sandbox.refusal import Refused


@dataclass
class Trigger:
    user: str
    issued: float
    from_modal: bool
    used: bool = False


@dataclass
class Triggers:
    """Each opens one view, within three seconds of the click."""

    now: Callable[[], float]
    token: Callable[[], str]
    _issued: dict[str, Trigger] = field(default_factory=dict)

    def issue(self, user: str, *, from_modal: bool = False) -> str:
        trigger_id = f"{len(self._issued) + 1}.{int(self.now())}.{self.token()}"
        self._issued[trigger_id] = Trigger(user, self.now(), from_modal)
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self.now() - trigger.issued > limits.TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class ReplyAddress:
    """Where a bot may answer a click or a command; `ts` is the clicked message, if any."""

    user: str
    channel: str
    ts: str | None
    issued: float
    uses: int = 0


@dataclass
class ReplyAddresses:
    """The response_urls: five uses within thirty minutes."""

    now: Callable[[], float]
    token: Callable[[], str]
    _issued: dict[str, ReplyAddress] = field(default_factory=dict)

    def issue(self, user: str, channel: str, ts: str | None = None) -> str:
        token = self.token()
        self._issued[token] = ReplyAddress(user, channel, ts, self.now())
        return token

    def use(self, token: str) -> ReplyAddress:
        address = self._issued.get(token)
        if address is None:
            raise Refused("no_such_url")
        if self.now() - address.issued > limits.RESPONSE_URL_SECONDS:
            raise Refused("expired_url")
        if address.uses >= limits.RESPONSE_URL_USES:
            raise Refused("used_url")
        address.uses += 1
        return address
