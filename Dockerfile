# govmap in a small image without rights: docker build -t govmap . && docker run --rm -v "$PWD:/data" govmap country Peru
FROM python:3.13-slim AS wheel
WORKDIR /src
COPY . .
RUN pip install --quiet --no-cache-dir -c constraints.txt build hatchling msgspec pyyaml && \
    python -m build --quiet --wheel --no-isolation --outdir /dist

FROM python:3.13-slim
RUN --mount=type=bind,from=wheel,source=/,target=/build \
    pip install --quiet --no-cache-dir -c /build/src/constraints.txt /build/dist/*.whl && useradd --create-home --uid 10001 govmap
USER govmap
WORKDIR /data
ENTRYPOINT ["govmap"]
CMD ["--help"]
