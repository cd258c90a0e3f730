"""Many questions in one call, a line of standard input each."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Call

import govmap
from govmap.cli import batch
from govmap.cli.output import main_codes if False else None
