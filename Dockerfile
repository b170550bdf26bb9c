# syntax=docker/dockerfile:1

# For a build that can be repeated to the byte, pin the base by its digest:
#   docker build --build-arg BASE=python:3.12-slim@sha256:… .
ARG BASE=python:3.12-slim

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src

# Packages first: they change less often than the bot, and this layer is the slow one.
COPY requirements/ requirements/
RUN python -m venv /venv \
 && /venv/bin/pip install --require-hashes --only-binary :all: -r requirements/run.txt

# The tools that build the bot are as pinned as the rest; this stage is thrown away with them.
RUN python -m venv /build \
 && /build/bin/pip install --require-hashes --only-binary :all: -r requirements/dev.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot/ bot/
COPY content/ content/
COPY docs/lint.md docs/
RUN /build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /venv/bin/pip install --no-deps --no-index /wheels/*.whl

FROM ${BASE}
# For a bank that is a git repository (QUIZ_GIT_URL), over HTTPS or SSH.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates git openssh-client \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --home-dir /app --no-create-home quizbot \
 && install --directory --owner quizbot --group quizbot --mode 0700 /data
COPY --from=build /venv /venv
WORKDIR /app
COPY content/ content/

ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    QUIZ_CONTENT=/app/content QUIZ_DATA=/data HOST=0.0.0.0 PORT=3000
VOLUME /data
EXPOSE 3000
USER quizbot

HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["quizbot"]
CMD ["run"]
