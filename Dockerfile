# One image for every role: worker, migration, command.

FROM python:3.11-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# The browser app. Node comes from a Python package, the same as on every developer's machine.
FROM base AS frontend
COPY requirements-build.txt ./
RUN pip install -r requirements-build.txt
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc frontend/
RUN npm --prefix frontend ci --no-audit --no-fund
COPY frontend frontend
RUN npm --prefix frontend run build

FROM base AS packages
ARG TRACING=0
COPY requirements.txt requirements-tracing.txt ./
RUN python -m venv /venv && /venv/bin/pip install -r requirements.txt \
    && if [ "$TRACING" = 1 ]; then /venv/bin/pip install -r requirements-tracing.txt; fi

FROM base AS runtime
RUN useradd --system --uid 10001 --no-create-home jianghu \
    && install -d -o jianghu -g jianghu /data
ENV PATH=/venv/bin:$PATH DATA_DIR=/data LOG_FORMAT=json PORT=8000
COPY --from=packages /venv /venv
COPY manage.py ./
COPY server server
COPY consumers consumers
COPY --from=frontend /app/frontend/dist frontend/dist
USER jianghu
VOLUME /data
EXPOSE 8000
# The supervisor drains its workers for up to 20 s.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://localhost:8000/readyz', timeout=2)"]
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0", "--port", "8000"]
