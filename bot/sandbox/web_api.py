"""Answers the bot's Web API calls: who may call, which method, what Slack says to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.sandbox import chat_api, files_api, people_api, scopes, usergroups_api, views_api
from bot.sandbox.arguments import Arguments
from bot.sandbox.bad_days import BadDays
from bot.sandbox.refusal import Refused
from bot.sandbox.workspace import Call, Workspace

Method: TypeAlias = Callable[[Workspace, Arguments], dict[str, Any]]

METHODS: dict[str, Method] = {
    "api.test": people_api.test_api,
    "auth.test": people_api.test_auth,
    "chat.delete": chat_api.delete,
    "chat.getPermalink": chat_api.permalink,
    "chat.postEphemeral": chat_api.post_ephemeral,
    "chat.postMessage": chat_api.post_message,
    "chat.update": chat_api.update,
    "conversations.info": people_api.conversation_info,
    "conversations.list": people_api.list_conversations,
    "conversations.members": people_api.members,
    "conversations.open": people_api.open_conversation,
    "files.completeUploadExternal": files_api.complete_upload,
    "files.getUploadURLExternal": files_api.upload_url,
    "files.info": files_api.file_info,
    "reactions.add": chat_api.add_reaction,
    "team.info": people_api.team_info,
    "usergroups.list": usergroups_api.list_groups,
    "usergroups.users.list": usergroups_api.list_members,
    "users.conversations": people_api.users_conversations,
    "users.info": people_api.user_info,
    "users.list": people_api.list_users,
    "views.open": views_api.open_modal,
    "views.publish": views_api.publish_home,
    "views.push": views_api.push_modal,
    "views.update": views_api.update_view,
}
SOCKET_METHOD = "apps.connections.open"


@dataclass(frozen=True, slots=True)
class Answer:
    body: Mapping[str, Any]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class WebApi:
    def __init__(
        self,
        workspace: Workspace,
        tokens: tuple[str, str],
        connect: Callable[[], str],
    ) -> None:
        """`tokens` are the bot's and the app's; `connect` gives an address for Socket Mode."""
        self._workspace = workspace
        self._bot_token, self._app_token = tokens
        self._connect = connect
        self.bad_days = BadDays()

    def answer(self, method: str, token: str, given: Mapping[str, Any]) -> Answer:
        arguments = Arguments(given)
        workspace = self._workspace
        if wait := self._wait(method, arguments):
            headers = {"Retry-After": str(max(1, round(wait + 0.5)))}
            workspace.calls.append(Call(method, arguments.given, ok=False, error="ratelimited"))
            workspace.signal.changed()
            return Answer({"ok": False, "error": "ratelimited"}, 429, headers)
        try:
            body = self._call(method, token, arguments)
        except Refused as refusal:
            call = Call(method, arguments.given, ok=False, error=refusal.code)
            workspace.record(call, refusal.details)
            return Answer(refusal_body(refusal))
        workspace.record(Call(method, arguments.given, ok=True))
        return Answer({"ok": True, **body})

    def _wait(self, method: str, arguments: Arguments) -> float:
        limit = self.bad_days.limits.get(method)
        return limit.wait(arguments.given, self._workspace.now()) if limit else 0

    def _call(self, method: str, token: str, arguments: Arguments) -> dict[str, Any]:
        if not token:
            raise Refused("not_authed")
        if error := self.bad_days.failure(method):
            raise Refused(error)
        if method == SOCKET_METHOD:
            self._same(token, self._app_token)
            return {"url": self._connect()}
        if method not in METHODS:
            raise Refused("unknown_method")
        self._same(token, self._bot_token)
        if self.bad_days.dead:
            raise Refused(self.bad_days.dead)
        scopes.demand(method, self._workspace.scopes)
        return METHODS[method](self._workspace, arguments)

    def _same(self, token: str, expected: str) -> None:
        if token == expected:
            return
        known = {self._bot_token, self._app_token}
        raise Refused("not_allowed_token_type" if token in known else "invalid_auth")


def refusal_body(refusal: Refused) -> dict[str, Any]:
    """The error in Slack's words, the places as JSON pointers behind them."""
    body: dict[str, Any] = {"ok": False, "error": refusal.code}
    if isinstance(refusal, scopes.MissingScope):
        body |= {"needed": refusal.needed, "provided": refusal.provided}
    if refusal.details:
        places = [detail.partition(": ") for detail in refusal.details]
        lines = [f"{words} [json-pointer:{pointer}]" for pointer, _, words in places]
        body["errors"] = lines
        body["response_metadata"] = {"messages": [f"[ERROR] {line}" for line in lines]}
    return body
