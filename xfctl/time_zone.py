"""The one time zone by whose clock every date is told."""

from __future__ import annotations

from datetime import timedelta, timezone

# China keeps one time all year; no zone file is needed to know its date.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
