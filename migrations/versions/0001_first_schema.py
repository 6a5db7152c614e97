"""The first schema: events, identities, and the state tables derived from the events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# The words of matters, by the matter's id; the words themselves are made by the program.
_SEARCH = "CREATE VIRTUAL TABLE case_search USING fts5(words, tokenize = 'unicode61')"

_TRIGGERS = (
    """
    CREATE TRIGGER event_no_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'event is append-only'); END
    """,
    """
    CREATE TRIGGER event_no_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'event is append-only'); END
    """,
    # Also refuses INSERT OR REPLACE: a sequence number in use is never the next one.
    """
    CREATE TRIGGER event_follows BEFORE INSERT ON event
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
      OR NEW.prev_hash IS NOT
         coalesce((SELECT hash FROM event WHERE seq = NEW.seq - 1), printf('%064d', 0))
    BEGIN SELECT RAISE(ABORT, 'event does not follow the last one'); END
    """,
)


def _is_date(column: str, name: str) -> sa.CheckConstraint:
    pattern = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
    return sa.CheckConstraint(f"{column} GLOB '{pattern}'", name=name)


def _is_flag(column: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN (0, 1)", name=name)


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("assigned_on", sa.Text, nullable=False),
        sa.Column("received_on", sa.Text, nullable=True),
        sa.Column("returned_on", sa.Text, nullable=True),
        sa.Column("sent_back", sa.Text, nullable=False),
        sa.CheckConstraint(
            "assigned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_assignment_assigned_on",
        ),
        sa.CheckConstraint(
            "received_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_assignment_received_on",
        ),
        sa.CheckConstraint(
            "returned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_assignment_returned_on",
        ),
        sa.CheckConstraint("role IN ('lead', 'co')", name="ck_assignment_role"),
        sa.PrimaryKeyConstraint("case", "number"),
        sqlite_strict=True,
    )
    op.create_index("ix_assignment_unit", "assignment", ["unit"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="ck_attachment_sha256"),
        sa.CheckConstraint("size >= 0", name="ck_attachment_size"),
        sa.PrimaryKeyConstraint("case", "sha256"),
        sqlite_strict=True,
    )
    op.create_table(
        "calendar_day",
        sa.Column("layer", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("works", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("notice", sa.Text, nullable=True),
        sa.CheckConstraint(
            "day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_calendar_day_day"
        ),
        sa.CheckConstraint("layer IN ('notice', 'closure')", name="ck_calendar_day_layer"),
        _is_flag("works", "ck_calendar_day_works"),
        sa.PrimaryKeyConstraint("layer", "day"),
        sqlite_strict=True,
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("year"),
        sqlite_strict=True,
    )
    op.create_table(
        "case",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("registered_on", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=True),
        sa.Column("purpose", sa.Text, nullable=True),
        sa.Column("category", sa.Text, nullable=True),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("demand", sa.Text, nullable=True),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.Column("leapfrog", sa.Integer, nullable=False),
        sa.Column("joint", sa.Integer, nullable=False),
        sa.Column("anonymous", sa.Integer, nullable=False),
        sa.Column("first_responder", sa.Text, nullable=False),
        sa.Column("petitioner", sa.Text, nullable=True),
        sa.Column("superior", sa.Text, nullable=True),
        sa.Column("repeats", sa.Text, nullable=True),
        sa.Column("major", sa.Integer, nullable=False),
        sa.Column("leader_told_on", sa.Text, nullable=True),
        sa.Column("accepted_on", sa.Text, nullable=True),
        sa.Column("outcome", sa.Text, nullable=True),
        sa.Column("replied_on", sa.Text, nullable=True),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("closed_on", sa.Text, nullable=True),
        sa.Column("result", sa.Text, nullable=True),
        sa.CheckConstraint(
            "accepted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_case_accepted_on",
        ),
        sa.CheckConstraint(
            "closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_case_closed_on"
        ),
        sa.CheckConstraint(
            "leader_told_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_case_leader_told_on",
        ),
        sa.CheckConstraint(
            "registered_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_case_registered_on",
        ),
        sa.CheckConstraint(
            "replied_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_case_replied_on",
        ),
        _is_flag("anonymous", "ck_case_anonymous"),
        _is_flag("joint", "ck_case_joint"),
        _is_flag("leapfrog", "ck_case_leapfrog"),
        _is_flag("major", "ck_case_major"),
        sa.CheckConstraint("persons > 0", name="ck_case_persons"),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_id", "case", ["id"], unique=True)
    op.create_index("ix_case_petitioner", "case", ["petitioner"], unique=False)
    op.create_index("ix_case_registered_on", "case", ["registered_on"], unique=False)
    op.create_index("ix_case_repeats", "case", ["repeats"], unique=False)
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("occurred_on", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.CheckConstraint(
            "occurred_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_event_occurred_on",
        ),
        sa.CheckConstraint("length(hash) = 64", name="ck_event_hash"),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_strict=True,
    )
    op.create_index("ix_event_stream", "event", ["stream", "seq"], unique=False)
    op.create_table(
        "ground",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("ground", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=True),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.CheckConstraint(
            "ground IN ('1', '2', '3', '4', '5', '6', '7')", name="ck_ground_ground"
        ),
        sa.CheckConstraint(
            "since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_ground_since"
        ),
        sa.CheckConstraint(
            "until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_ground_until"
        ),
        sa.PrimaryKeyConstraint("case", "key"),
        sqlite_strict=True,
    )
    op.create_index("ix_ground_until", "ground", ["until", "since"], unique=False)
    op.create_table(
        "identity",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=True),
        sa.Column("phone", sa.Text, nullable=True),
        sa.Column("id_number", sa.Text, nullable=True),
        sa.Column("address", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("token"),
        sqlite_strict=True,
    )
    op.create_table(
        "inspection",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("opened_on", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("lead", sa.Text, nullable=False),
        sa.Column("departments", sa.Text, nullable=False),
        sa.Column("findings", sa.Integer, nullable=False),
        sa.Column("closed_on", sa.Text, nullable=True),
        sa.Column("result", sa.Text, nullable=True),
        sa.Column("scope", sa.Text, nullable=True),
        sa.CheckConstraint(
            "closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_inspection_closed_on",
        ),
        sa.CheckConstraint(
            "opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_inspection_opened_on",
        ),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_table(
        "link",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("other", sa.Text, nullable=False),
        sa.Column("relation", sa.Text, nullable=False),
        sa.CheckConstraint(
            "relation IN ('repeats', 'split_from', 'duplicates')", name="ck_link_relation"
        ),
        sa.PrimaryKeyConstraint("case", "other", "relation"),
        sqlite_strict=True,
    )
    op.create_index("ix_link_other", "link", ["other"], unique=False)
    op.create_table(
        "obligation",
        sa.Column("stream", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=True),
        sa.Column("handler", sa.Text, nullable=True),
        sa.Column("owed_by", sa.Text, nullable=False),
        sa.Column("clock", sa.Text, nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("started_on", sa.Text, nullable=False),
        sa.Column("due_on", sa.Text, nullable=False),
        sa.Column("length", sa.Integer, nullable=True),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("calendar", sa.Text, nullable=False),
        sa.Column("provisional", sa.Integer, nullable=False),
        sa.Column("reminder", sa.Integer, nullable=False),
        sa.Column("discharged_on", sa.Text, nullable=True),
        sa.Column("lapsed", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "discharged_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_obligation_discharged_on",
        ),
        sa.CheckConstraint(
            "due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_obligation_due_on"
        ),
        sa.CheckConstraint(
            "started_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_obligation_started_on",
        ),
        _is_flag("lapsed", "ck_obligation_lapsed"),
        sa.CheckConstraint("length > 0", name="ck_obligation_length"),
        _is_flag("provisional", "ck_obligation_provisional"),
        _is_flag("reminder", "ck_obligation_reminder"),
        sa.PrimaryKeyConstraint("stream", "key"),
        sqlite_strict=True,
    )
    op.create_index("ix_obligation_case", "obligation", ["case"], unique=False)
    op.create_index(
        "ix_obligation_discharged_on", "obligation", ["discharged_on", "due_on"], unique=False
    )
    op.create_index(
        "ix_obligation_open",
        "obligation",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text("discharged_on IS NULL"),
    )
    op.create_table(
        "parameter",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Integer, nullable=False),
        sa.Column("effective", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.CheckConstraint(
            "effective GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_parameter_effective",
        ),
        sa.PrimaryKeyConstraint("position"),
        sqlite_strict=True,
    )
    op.create_table(
        "supervision",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("opened_on", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("grounds", sa.Text, nullable=False),
        sa.Column("forms", sa.Text, nullable=False),
        sa.Column("tracker", sa.Text, nullable=False),
        sa.Column("joint", sa.Text, nullable=False),
        sa.Column("actions", sa.Integer, nullable=False),
        sa.Column("responded_on", sa.Text, nullable=True),
        sa.Column("closed_on", sa.Text, nullable=True),
        sa.Column("result", sa.Text, nullable=True),
        sa.Column("scope", sa.Text, nullable=True),
        sa.CheckConstraint(
            "closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_supervision_closed_on",
        ),
        sa.CheckConstraint(
            "opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_supervision_opened_on",
        ),
        sa.CheckConstraint(
            "responded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_supervision_responded_on",
        ),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("ix_supervision_unit", "supervision", ["unit"], unique=False)
    op.create_table(
        "supervision_case",
        sa.Column("supervision", sa.Text, nullable=False),
        sa.Column("case", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("supervision", "case"),
        sqlite_strict=True,
    )
    op.create_index("ix_supervision_case_case", "supervision_case", ["case"], unique=False)
    op.create_table(
        "unit",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=True),
        sa.Column("applies", sa.Text, nullable=False),
        sa.Column("former_names", sa.Text, nullable=False),
        sa.Column("headcount", sa.Integer, nullable=True),
        sa.Column("added_on", sa.Text, nullable=False),
        sa.CheckConstraint(
            "added_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_unit_added_on"
        ),
        sa.CheckConstraint("applies IN ('applies', 'by_reference')", name="ck_unit_applies"),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
    )
    op.execute(_SEARCH)
    for trigger in _TRIGGERS:
        op.execute(trigger)
