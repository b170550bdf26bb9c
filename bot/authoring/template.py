"""A new page for an author to fill in: a question of each kind, with comments that explain."""

from pathlib import Path, PurePosixPath
from typing import Final

from bot.bank.naming import clean_slug, level_of, pretty
from bot.errors import ConfigError

SUFFIX: Final = ".md"
INDEX: Final = f"index{SUFFIX}"

_PAGE: Final = """\
---
title: {title}
level: {level}
---

# {title}

One or two sentences: whom is this quiz for, and what will they know afterwards?

<!--
Each question stands between <quiz> and its end tag.
  id       names the question for good: its history stays when you reword it
  level    easy, medium or hard: a hard one earns twice as much as an easy one
  checked  the day on which you made sure that the facts are right
See each save at once with: quizbot preview {path}
-->

<quiz id="{prefix}-first" level="easy" checked="{today}">
Ask for one fact or one decision that matters at work. A log line or a command helps:

```console
$ git status --short
 M app.py
```

What has happened to `app.py`?

- [ ] It is new, and Git does not follow it yet
  > A new file has two question marks in front of its name.
- [x] It has changed, and the change is not staged
- [ ] It has changed, and the change is staged
- [ ] It is gone from the folder, but not from Git

The letter in the second column stands for the working tree, the first one for the index. Say why
the right option is right, and why the tempting one is not. Source:
[git-status](https://git-scm.com/docs/git-status).

<hint>A nudge that does not give it away. It costs half the points.</hint>
</quiz>

<!-- Several boxes with an x: all of them, and no other, must be chosen. -->

<quiz id="{prefix}-second" level="medium" checked="{today}">
Which commands change the branch that you are on?

- [x] `git merge feature`
- [x] `git commit --amend`
- [ ] `git fetch origin`
  > It brings news from the server to branches such as `origin/main`, not to yours.
- [ ] `git log --oneline`

A merge and an amended commit both move the branch. Fetching and reading leave it where it is.
Source: [git-merge](https://git-scm.com/docs/git-merge).
</quiz>

<!-- Double brackets make a blank; a bar stands between answers that are both right. -->

<quiz id="{prefix}-third" level="hard" checked="{today}">
To put all changes of tracked files aside for a moment, type `git` and the command
[[stash|stash push]].

---

It keeps index and working tree in a stack, and `git stash pop` brings them back. Source:
[git-stash](https://git-scm.com/docs/git-stash).
</quiz>

## Study guide

- [Git reference manual](https://git-scm.com/docs)
"""

_INDEX: Final = """\
---
title: {title}
---

# {title}

What this track is about, in a sentence.

## Quizzes

1. [{quiz}]({file})

## Study guide

- [Add the primary sources here](https://example.org)
"""


def write_template(folder: Path, name: str, today: str) -> tuple[Path, ...]:
    """Write `folder/TRACK/NAME.md`, and the index page of the track where there is none.

    `today` is an ISO date. Gives the files that were written. Raises ConfigError for a name that
    is not `TRACK/NAME`, and for a page that is there already.
    """
    path = _path(folder, name)
    if path.exists():
        raise ConfigError(f"{path} is there already. Choose another name, or edit that page.")
    files = {path: _page(path, folder, today)}
    index = path.parent / INDEX
    if path != index and not index.exists():
        files[index] = _index(path, folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for file, text in files.items():
            with file.open("x", encoding="utf-8", newline="\n") as out:
                out.write(text)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written ({error.strerror}).") from error
    return tuple(files)


def _path(folder: Path, name: str) -> Path:
    bare = name.removesuffix(SUFFIX)
    slug = clean_slug(bare)
    if "/" not in bare or slug != bare:
        near = slug if "/" in slug else f"{slug}/basics"
        raise ConfigError(f"Name it TRACK/NAME in letters, digits and hyphens, such as {near}.")
    return folder / PurePosixPath(f"{slug}{SUFFIX}")


def _slug(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _page(path: Path, folder: Path, today: str) -> str:
    slug = _slug(path, folder)
    level = level_of(clean_slug(slug)) or "basics"
    return _PAGE.format(
        title=pretty(slug),
        level=level,
        path=path,
        prefix=slug.replace("/", "-"),
        today=today,
    )


def _index(path: Path, folder: Path) -> str:
    track = path.parent.relative_to(folder).as_posix()
    return _INDEX.format(title=pretty(track), quiz=pretty(_slug(path, folder)), file=path.name)
