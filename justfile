# What a maintainer does: `just` lists it. All of it runs in .venv, which `just setup` makes, or in the environment that is active.
# `just` itself comes with `pip install rust-just`.

venv := env("VIRTUAL_ENV", justfile_directory() / ".venv")
bin := venv / if os_family() == "windows" { "Scripts" } else { "bin" }
export PATH := bin + (if os_family() == "windows" { ";" } else { ":" }) + env("PATH")

[private]
default:
    @just --list --unsorted

# Make .venv with everything for development, and the hooks that check a commit
setup python="python3":
    @test -d "{{ venv }}" || "{{ python }}" -m venv "{{ venv }}"
    "{{ bin }}/python" -m pip install --quiet --upgrade pip
    "{{ bin }}/python" -m pip install --quiet --editable ".[dev,docs]"
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

# Try to break govmap for a while
fuzz seconds="60":
    python benchmarks/fuzz.py --seconds {{ seconds }}

# Try the web site in a browser (Chromium must be installed; axe-core is fetched from npm), and Datasette
browser *what="-n 2":
    python -m pip install --quiet "playwright>=1.48" datasette
    @test -f .cache/axe/node_modules/axe-core/axe.min.js || npm install --silent --no-fund --prefix .cache/axe axe-core@4
    GOVMAP_BROWSER=1 GOVMAP_AXE=.cache/axe/node_modules/axe-core/axe.min.js python -m pytest tests/site tests/export/test_datasette.py {{ what }}

# Take the pictures of the web site that the READMEs and the documents show
pictures:
    python -m pip install --quiet "playwright>=1.48"
    python scripts/picture_of_site.py

# Change the code one place at a time and see whether tests notice: `just mutants questions/gaps.py --tests questions`
mutants *what:
    python -m pip install --quiet mutmut==3.8.1
    python -m benchmarks.mutation {{ what }}

# Run the tests that take long for what seldom changes: trained classifiers, inflected forms
weekly *what="-n auto":
    python -m pytest -m weekly {{ what }}

# Hold all answers to an independent model of them on drawn datasets, about one a second
model datasets="300":
    python -m tests.test_plain_model {{ datasets }}

# Take the newest version of every dependency
newest:
    python -m pip install --quiet --upgrade --upgrade-strategy eager --editable ".[dev,docs]"
    python -m pip list --outdated

# Run all tests as on a machine elsewhere: another locale, time zone and order of hashes, as a user without rights
elsewhere *what:
    .ci/elsewhere {{ what }}

# Run every check from a copy of the checkout, as CI does: installation, oldest and newest Python, packages
ci:
    .ci/run

# Build the packages into dist/ and look at them; says where the version, the changelog and the citation disagree
release-check:
    python scripts/check_release.py
    python scripts/update_translations.py --check
    python scripts/update_reference.py --check
    rm -rf dist
    python -m build --quiet
    python -m pip install --quiet twine
    twine check --strict dist/*
    cd dist && sha256sum *
