# The portal's image: web, worker and beat are the same one with different commands (docker-compose.yml).
FROM python:3.13-slim AS packages
COPY requirements.lock /
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r /requirements.lock

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home casa && install -d -o casa -g casa /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=casa.settings \
    CASA_DATA=/data \
    CASA_STATIC=/app/.static \
    CASA_BIND=0.0.0.0
# Translations and static files belong to the image; the data folder of this step is thrown away.
RUN CASA_DATA=/tmp/build python -m supervisor.prepare image && rm -r /tmp/build && python -m compileall -q .
USER casa
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "supervisor/web.py", "casa.wsgi:application"]
