# The service of newsnlp: docker build -t newsnlp . && docker run -p 8000:8000 -v index:/index -e NEWSNLP_TOKEN=… newsnlp
FROM python:3.12-slim AS build
WORKDIR /build
COPY pyproject.toml README.md ./
COPY src src
RUN python -m venv /opt/newsnlp && /opt/newsnlp/bin/pip install --no-cache-dir '.[server,html]'

FROM python:3.12-slim
COPY --from=build /opt/newsnlp /opt/newsnlp
# The index's folder is the one place that is written; nobody needs to be root for that. Its lock lies beside it.
RUN useradd --system --uid 10001 newsnlp && mkdir /index && chown newsnlp /index
USER newsnlp
VOLUME /index
EXPOSE 8000
HEALTHCHECK --start-period=60s --interval=10s --timeout=3s \
  CMD ["/opt/newsnlp/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health', timeout=2)"]
ENTRYPOINT ["/opt/newsnlp/bin/newsnlp", "serve", "--host", "0.0.0.0", "--index", "/index/articles"]
CMD ["--workers", "2"]
