# The application alone; the database is PostGIS in a container of its own (compose.yaml).
# Set-up is the same scripts that `make run` uses.
FROM node:20-bookworm-slim AS pages
WORKDIR /srv/peta
COPY scripts scripts
COPY frontend frontend
RUN scripts/install_frontend.sh && rm -rf frontend/node_modules

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for `peta db backup` and `peta db restore`
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/peta
COPY scripts scripts
COPY pyproject.toml uv.lock README.md ./
COPY app app
COPY spatial spatial
RUN UV_COMPILE_BYTECODE=1 scripts/install_python.sh && rm -rf /root/.cache
COPY migrations migrations
COPY data data
COPY --from=pages /srv/peta/frontend/dist frontend/dist
RUN useradd --system --home-dir /var/lib/peta --create-home peta
USER peta
ENV PETA_STATE_DIR=/var/lib/peta PYTHONUNBUFFERED=1
VOLUME /var/lib/peta
EXPOSE 8000
CMD ["scripts/serve_container.sh"]
