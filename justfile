# What a maintainer does: `just` lists it. All of it runs in .venv, which `just setup` makes, or in the environment that is active.
# `just` itself comes with `pip install -c constraints.txt rust-just`.

venv := env("VIRTUAL_ENV", justfile_directory() / ".venv")
bin := venv / if os_family() == "windows" { "Scripts" } else { "bin" }
# All packages with which the checks pass, on each Python that pyproject.toml claims.
resolve := "uv pip compile --quiet --universal --python-version 3.11 --all-extras --upgrade --no-annotate --custom-compile-command 'just update' pyproject.toml"
# The tests with other versions, in an environment of their own.
tests_with := "uv run --quiet --no-project --isolated --refresh-package govmap --with '.[duckdb,excel,mcp,test]'"
export PATH := bin + (if os_family() == "windows" { ";" } else { ":" }) + env("PATH")

[private]
default:
    @just --list --unsorted

# Make .venv with everything for development, and the hooks that check a commit
setup python="python3":
    @test -d "{{ venv }}" || "{{ python }}" -m venv "{{ venv }}"
    "{{ bin }}/python" -m pip install --quiet -c constraints.txt --editable ".[dev,docs]"
    @! git rev-parse --git-dir > /dev/null 2>&1 || pre-commit install

# Run all tests, or some: `just test tests/questions/test_gaps.py -k Belize`
test *what="-n auto":
    python -m pytest {{ what }}

# Tell which share of the code all tests, or some, reach
coverage *what="-n auto":
    python -m pytest --cov --cov-report=term:skip-covered {{ what }}

# Check style, layers and translations
lint:
    ruff check .
    ruff format --check .
    lint-imports
    python scripts/update_translations.py --check

# Check the types
types:
    mypy

# Mend what ruff can mend
format:
    ruff format .
    ruff check --fix .

# What a pull request has to pass
check: lint types test docs

# Build the site into site/; a dead link, a missing page or something loaded from elsewhere stops it
docs:
    python scripts/update_reference.py --check
    zensical build --clean --strict
    ! grep -rlE '<(script|link|img|iframe|source)[^>]* (src|href)="(https?:)?//' site --include='*.html'

# Show the site while you write
docs-serve:
    zensical serve

# Write everything anew that is generated: translations, references, screens, pictures, accepted answers
screens: translations
    govmap schema dataset > schema.json.new && mv schema.json.new data/schema.json
    python scripts/update_reference.py
    python scripts/update_readme.py
    GOVMAP_UPDATE=1 python -m pytest --quiet -n auto tests/test_golden.py tests/questions/test_answers.py tests/views tests/*/test_golden_*.py

# Gather the texts, say what is to be translated, and compile the catalogues
translations:
    python scripts/update_translations.py

# Measure: start_up, questions, scale or site
benchmark name="start_up":
    python -m benchmarks.{{ name }}

# Ask Spark what govmap answers, over the Parquet files (Java 17 must be installed)
spark:
    python -m pip install --quiet -c constraints.txt "pyspark>=4.1"
    python scripts/ask_spark.py

# Try to break govmap for a while
fuzz seconds="60":
    python benchmarks/fuzz.py --seconds {{ seconds }}

# Try the web site in a browser (Chromium must be installed; axe-core is fetched from npm), and Datasette
browser *what="-n 2":
    python -m pip install --quiet -c constraints.txt playwright datasette
    @test -f .cache/axe/node_modules/axe-core/axe.min.js || npm install --silent --no-fund --prefix .cache/axe axe-core@4
    GOVMAP_BROWSER=1 GOVMAP_AXE=.cache/axe/node_modules/axe-core/axe.min.js python -m pytest tests/site tests/export/test_datasette.py {{ what }}

# Take the pictures of the web site that the READMEs and the documents show
pictures:
    python -m pip install --quiet -c constraints.txt playwright
    python scripts/picture_of_site.py

# Change the code one place at a time and see whether tests notice: `just mutants questions/gaps.py --tests questions`
mutants *what:
    python -m pip install --quiet -c constraints.txt mutmut
    python -m benchmarks.mutation {{ what }}

# Take the newest version of everything into constraints.txt, and run every check with it
update: && check
    {{ resolve }} > constraints.txt.new && mv constraints.txt.new constraints.txt
    just setup
    git --no-pager diff --stat constraints.txt

# Run the tests with the newest version of everything, and say what constraints.txt has otherwise
newest python="3.13" *what="-n auto":
    -@{{ resolve }} | diff constraints.txt -
    {{ tests_with }} --python {{ python }} python -m pytest {{ what }}

# Run the tests with the lowest versions that pyproject.toml allows
lowest python="3.11" *what="-n auto":
    {{ tests_with }} --python {{ python }} --resolution lowest-direct python -m pytest {{ what }}

# Make again and compare what libraries made (trained classifiers, word forms, countries), and read exports with heavy clients
weekly *what="-n auto":
    python -m pip install --quiet -c constraints.txt --editable ".[weekly]"
    python -m pytest -m weekly -o timeout=900 {{ what }}

# Hold all answers to an independent model of them on drawn datasets, about one a second
model datasets="300":
    python -m tests.test_plain_model {{ datasets }}

# Run the tests in another locale, time zone and order of hashes, as a user without rights where root runs this
elsewhere *what:
    #!/usr/bin/env bash
    set -euo pipefail
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    chmod 755 "$work"
    mkdir "$work/checkout" "$work/home"
    git ls-files -z | xargs -0 cp --parents -t "$work/checkout"
    cd "$work/checkout"
    # GOVMAP_PYTHON is one that anybody may run.
    "${GOVMAP_PYTHON:-$(command -v python3)}" -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet -c constraints.txt '.[test]'
    run=()
    if [ "$(id -u)" = 0 ]; then
        chown -R 65534:65534 "$work/checkout" "$work/home"
        run=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    fi
    # Turkish has two letters i, the line of the date is near, and sets come in another order.
    locale=C
    if locale -a 2>/dev/null | grep -qix 'tr_TR.utf-\?8'; then locale=tr_TR.UTF-8; fi
    "${run[@]}" env HOME="$work/home" TMPDIR="$work/home" LC_ALL="$locale" TZ=Pacific/Kiritimati PYTHONHASHSEED=7 \
        "$work/venv/bin/python" -m pytest -p no:cacheprovider --hypothesis-profile=few {{ what }}

# Run what CI runs, in a copy of the checkout
ci:
    .ci/run

# Build the packages into dist/, and again from the sdist in another folder: the bytes must be the same
packages:
    rm -rf dist .cache/again && mkdir -p .cache/again
    python -m build --quiet --no-isolation
    tar -xzf dist/*.tar.gz -C .cache/again --strip-components=1
    python -m build --quiet --no-isolation .cache/again
    cd dist && sha256sum -- * > ../.cache/again/sums && cd ../.cache/again/dist && sha256sum --check --quiet ../sums

# Build the packages and say what stands in the way of a release
release-check: packages
    python -m pip install --quiet -c constraints.txt twine
    twine check --strict dist/*
    python scripts/update_translations.py --check
    python scripts/update_reference.py --check
    python -m scripts.check_release
    cd dist && sha256sum -- *
