"""Teams in Slack: joined and made in words or with clicks; admins choose user groups in a form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from bot.blocks import groups_form, ids, notices, teams
from bot.blocks.kit import Message
from bot.play.groups import Groups, Problem, TooOld
from bot.play.permissions import NotAllowed
from bot.play.teams import Deleting, Going, Left, OwnTeams, ToDelete, Unknown
from bot.quiz.membership import Creating, Misnamed
from bot.quiz.player import Player, Workspace
from bot.quiz.teams import GroupId
from bot.slack.effect import Effect, OpenForm, Show, Tell
from bot.slack.incoming import Address, Click, Words
from bot.slack.listening import Listening, OnWords, Taken, Wrong

Outcome: TypeAlias = Going | Creating | Deleting | Left
MAKE: Final = frozenset({"create", "new"})


@dataclass(frozen=True, slots=True)
class Teaming:
    own: OwnTeams
    groups: Groups
    command: str

    @property
    def words(self) -> Mapping[str, OnWords]:
        """What people type after the command, by its first word."""
        return {"team": self.team, "teams": self.teams}

    def register(self, listening: Listening) -> None:
        listening.click(ids.JOIN_TEAM, self.join)
        listening.click(ids.LEAVE_TEAM, self.leave)
        listening.click(ids.CREATE_TEAM, self.create)
        listening.click(ids.DELETE_TEAM, self.delete)
        listening.click(ids.CHOOSE_GROUPS, self.choose)
        listening.form(ids.GROUPS, self.save)
        listening.news("subteam_created", self.hear)
        listening.news("subteam_updated", self.hear)
        listening.news("subteam_members_changed", self.hear)

    # Own teams

    async def team(self, words: Words) -> Effect:
        """A verb and a name; a name alone is the team to join, and nothing shows all teams."""
        if not words.text:
            lists = await self.own.lists(words.player)
            return Tell(teams.teams_message(lists, self.command))
        return Tell(await self._shown(words.player, await self._obey(words)))

    async def _obey(self, words: Words) -> Outcome:
        player = words.player
        first, _, name = words.text.partition(" ")
        verb = first.casefold()
        if verb == "leave":
            return await self.own.leave(player)
        if verb in MAKE:
            return await self.own.create(player, name)
        if verb == "delete":
            return await self.own.ask_to_delete(player, words.team, name)
        return await self.own.join(player, name if verb == "join" else words.text)

    async def join(self, click: Click) -> Effect:
        outcome = await self.own.join_by_id(click.player, GroupId(click.value))
        return Show(await self._shown(click.player, outcome))

    async def create(self, click: Click) -> Effect:
        outcome = await self.own.create(click.player, click.value)
        return Show(await self._shown(click.player, outcome))

    async def leave(self, click: Click) -> Effect:
        return Show(await self._shown(click.player, await self.own.leave(click.player)))

    async def delete(self, click: Click) -> Effect:
        outcome = await self.own.delete(click.player, click.team, GroupId(click.value))
        return Show(await self._shown(click.player, outcome))

    async def _shown(self, player: Player, outcome: Outcome) -> Message:
        """The teams as they are now, with what came of it above; or the next question."""
        match outcome:
            case Unknown():
                return teams.unknown_message(outcome, self.command)
            case ToDelete():
                return teams.delete_message(outcome)
            case NotAllowed():
                return notices.sentence(teams.refused_words(outcome))
            case Misnamed():
                return notices.sentence(teams.misnamed_words(outcome, self.command))
            case _:
                note = teams.outcome_words(outcome, self.command)
                return teams.teams_message(await self.own.lists(player), self.command, note)

    # User groups

    async def teams(self, words: Words) -> Effect:
        """All teams; for an admin with the way to the form, which needs a click to open."""
        choice = await self.groups.look(words.player, words.team)
        if isinstance(choice, NotAllowed):
            lists = await self.own.lists(words.player)
            note = teams.who_chooses(choice)
            return Tell(teams.teams_message(lists, self.command, note))
        return Tell(teams.choice_message(choice, self.command))

    async def choose(self, click: Click) -> Effect:
        choosing = await self.groups.open(click.player)
        if isinstance(choosing, TooOld):
            return Tell(notices.sentence(teams.too_old(self.command)))
        # The address of the answer is good for half an hour, and a form may stay open for longer.
        to = replace(click.address, url="", in_place=False)
        view = groups_form.groups_view(choosing, to.pack())
        return OpenForm(click.trigger, view, notices.sentence(teams.LATE))

    async def save(self, form: Click) -> Wrong | Taken:
        wanted = groups_form.read_groups(form.state)
        outcome = await self.groups.choose(form.player, form.team, wanted)
        if isinstance(outcome, Problem):
            return Wrong({ids.GROUPS: teams.PROBLEMS[outcome]})
        to = Address.unpack(form.value, form.player.user)
        if isinstance(outcome, NotAllowed):
            return Taken(Tell(notices.sentence(teams.refused_words(outcome))), to)
        return Taken(Tell(teams.teams_message(outcome, self.command, teams.CHOSEN)), to)

    async def hear(self, workspace: Workspace) -> None:
        await self.groups.hear(workspace)
