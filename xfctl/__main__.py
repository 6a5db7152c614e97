"""``python -m xfctl``."""

from xfctl.cli.main import run

run()
