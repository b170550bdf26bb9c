"""Finds people, channels and user groups by what they are called, and changes who is where.

Everything is looked up by key: a bench may have thousands of channels.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, TypedDict, Unpack

from bot.sandbox.changes import Signal
from bot.sandbox.people import (
    BOT,
    BOT_NAME,
    BOT_USER,
    CHANNELS,
    FIRST_CHANNELS,
    GROUPS,
    PEOPLE,
    Channel,
    Facts,
    Person,
    UserGroup,
)
from bot.sandbox.refusal import NotPossible, Refused


class PersonChange(TypedDict, total=False):
    name: str
    real_name: str
    tz: str
    is_admin: bool
    deleted: bool


class GroupChange(TypedDict, total=False):
    handle: str
    name: str
    users: tuple[str, ...]
    disabled: bool


class Directory:
    def __init__(self) -> None:
        self.signal = Signal()
        self._people: dict[str, Person] = {}
        self._channels: dict[str, Channel] = {}
        self._groups: dict[str, UserGroup] = {}
        self._by_name: dict[str, str] = {}
        self._foreign: set[str] = set()
        # The ids of the channels that somebody is in; a dict, since it keeps its order.
        self._places: dict[str, dict[str, None]] = {}
        for person in (BOT, *PEOPLE):
            self._people[person.id] = person
            self._places[person.id] = {}
        for channel in CHANNELS:
            self._put(channel)
        for person in PEOPLE:
            self._put(_direct(person.id))
        for group in GROUPS:
            self._groups[group.id] = group

    # People

    def everybody(self) -> list[Person]:
        """Those who may be listed: people whatever their state, and the bot at the end."""
        people = [person for person in self._people.values() if not person.is_bot]
        return [*people, self._people[BOT_USER]]

    def people(self) -> Iterator[Person]:
        """Those whose eyes the page may borrow."""
        return (p for p in self._people.values() if not (p.is_bot or p.deleted))

    def person(self, user: str) -> Person:
        if user not in self._people:
            raise Refused("user_not_found")
        return self._people[user]

    def someone(self, user: str) -> Person:
        """The person who does something here; NotPossible for who cannot do anything."""
        person = self._people.get(user)
        if person is None or person.is_bot or person.deleted:
            raise NotPossible("user_not_found", f"There is no person {user}.")
        return person

    def user_wire(self, person: Person, now: float) -> dict[str, Any]:
        """The user object as the bot gets it."""
        if not person.foreign_team:
            return person.wire(now)
        shared = self._places[person.id].keys() & self._places[BOT_USER].keys()
        met = any(not self._channels[each].is_im for each in shared)
        return person.wire(now, is_stranger=not met)

    def add_person(
        self,
        user: str,
        name: str,
        tz: str,
        *,
        channels: Collection[str] = FIRST_CHANNELS,
        **facts: Unpack[Facts],
    ) -> Person:
        """Somebody new with a direct message of their own; who is deactivated is in no channel."""
        if user in self._people:
            raise ValueError(f"{user} is here already")
        person = Person(user, name, name, tz, **facts)
        self._people[user] = person
        self._places[user] = {}
        if person.foreign_team:
            self._foreign.add(user)
        self._put(_direct(user))
        for channel in () if person.deleted else channels:
            self.join(user, channel)
        self.signal.changed()
        return person

    def change_person(self, user: str, **changes: Unpack[PersonChange]) -> Person:
        """Rename, move, promote or deactivate; the last takes them out of channels and groups."""
        person = replace(self._people[user], **changes)
        self._people[user] = person
        if person.deleted:
            for channel in self.open_to(user):
                if not channel.is_im:
                    self.leave(user, channel.id)
            for group in list(self._groups.values()):
                left = tuple(each for each in group.users if each != user)
                self._groups[group.id] = replace(group, users=left)
        self.signal.changed()
        return person

    # Channels

    def channels(self) -> list[Channel]:
        return list(self._channels.values())

    def channel(self, name: str) -> Channel:
        """By id, by name with or without `#`, or by a person's id: their direct message."""
        if name in self._channels:
            return self._channels[name]
        if name in self._people and name != BOT_USER:
            return self.dm(name)
        channel_id = self._by_name.get(name.removeprefix("#"))
        if channel_id is None:
            raise Refused("channel_not_found")
        return self._channels[channel_id]

    def dm(self, user: str) -> Channel:
        return self._channels[_direct_id(user)]

    def open_to(self, user: str) -> list[Channel]:
        """Channels a person sees, the direct message with the bot last."""
        places = [self._channels[channel] for channel in self._places[user]]
        return sorted(places, key=lambda channel: channel.is_im)

    def add_channel(
        self,
        channel: str,
        name: str,
        *,
        members: Collection[str] | None = None,
        is_private: bool = False,
    ) -> Channel:
        """With the bot and all full members in it, unless `members` says who."""
        if channel in self._channels or name in self._by_name:
            raise ValueError(f"{channel} or #{name} is here already")
        if members is None:
            members = [p.id for p in self._people.values() if p.is_full_member]
        self._put(Channel(channel, name, "channel", frozenset(members), is_private))
        self.signal.changed()
        return self._channels[channel]

    def join(self, user: str, channel: str) -> None:
        """`user` may be the bot's id, here and in `leave`."""
        old = self._channels[channel]
        self._put(replace(old, members=old.members | {user}))
        self.signal.changed()

    def leave(self, user: str, channel: str) -> None:
        old = self._channels[channel]
        self._channels[channel] = replace(old, members=old.members - {user})
        self._places[user].pop(channel, None)
        self.signal.changed()

    def archive(self, channel: str, *, archived: bool = True) -> None:
        self._put(replace(self._channels[channel], is_archived=archived))
        self.signal.changed()

    def restrict(self, channel: str, *, restricted: bool = True) -> None:
        """Let only admins post there."""
        self._put(replace(self._channels[channel], is_restricted=restricted))
        self.signal.changed()

    def rename(self, channel: str, name: str) -> None:
        old = self._channels[channel]
        del self._by_name[old.name]
        self._put(replace(old, name=name))
        self.signal.changed()

    def is_shared(self, channel: str) -> bool:
        """Whether somebody from another workspace is in it (Slack Connect)."""
        known = self._channels.get(channel)
        return known is not None and not self._foreign.isdisjoint(known.members)

    def _put(self, channel: Channel) -> None:
        self._channels[channel.id] = channel
        if not channel.is_im:
            self._by_name[channel.name] = channel.id
        for user in channel.members:
            self._places[user][channel.id] = None

    # User groups

    def usergroups(self) -> list[UserGroup]:
        return list(self._groups.values())

    def usergroup(self, group: str) -> UserGroup:
        if group not in self._groups:
            raise Refused("no_such_subteam")
        return self._groups[group]

    def add_usergroup(
        self, group: str, handle: str, name: str, users: Collection[str]
    ) -> UserGroup:
        self._groups[group] = UserGroup(group, handle, name, tuple(users))
        return self._groups[group]

    def change_usergroup(self, group: str, **changes: Unpack[GroupChange]) -> UserGroup:
        self._groups[group] = replace(self._groups[group], **changes)
        return self._groups[group]


def _direct_id(user: str) -> str:
    return f"D{user[1:]}"


def _direct(user: str) -> Channel:
    """The conversation of a person with the bot."""
    return Channel(_direct_id(user), BOT_NAME, "im", frozenset({user, BOT_USER}))
