"""Units that change and their posts, accountability, risk, and what goes out of the office.

``unit`` and ``case`` get new columns. They are derived from the events and written anew after every
migration, so they are made anew here instead of being altered.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.drop_table("unit")
    op.drop_table("case")
    op.create_table(
        "unit",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("present_code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=True),
        sa.Column("applies", sa.Text, nullable=False),
        sa.Column("parent", sa.Text, nullable=True),
        sa.Column("former_names", sa.Text, nullable=False),
        sa.Column("former_codes", sa.Text, nullable=False),
        sa.Column("renames", sa.Text, nullable=False),
        sa.Column("headcount", sa.Integer, nullable=True),
        sa.Column("added_on", sa.Text, nullable=False),
        sa.Column("merged_on", sa.Text, nullable=True),
        sa.Column("merged_into", sa.Text, nullable=True),
        sa.CheckConstraint(
            "added_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_unit_added_on"
        ),
        sa.CheckConstraint("applies IN ('applies', 'by_reference')", name="ck_unit_applies"),
        sa.CheckConstraint(
            "merged_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_unit_merged_on"
        ),
        sa.PrimaryKeyConstraint("code"),
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
        sa.Column("major_on", sa.Text, nullable=True),
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
            "major_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_case_major_on"
        ),
        sa.CheckConstraint(
            "registered_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_case_registered_on",
        ),
        sa.CheckConstraint(
            "replied_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_case_replied_on",
        ),
        sa.CheckConstraint("anonymous IN (0, 1)", name="ck_case_anonymous"),
        sa.CheckConstraint("joint IN (0, 1)", name="ck_case_joint"),
        sa.CheckConstraint("leapfrog IN (0, 1)", name="ck_case_leapfrog"),
        sa.CheckConstraint("major IN (0, 1)", name="ck_case_major"),
        sa.CheckConstraint("persons > 0", name="ck_case_persons"),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("ix_case_id", "case", ["id"], unique=True)
    op.create_index("ix_case_petitioner", "case", ["petitioner"], unique=False)
    op.create_index("ix_case_registered_on", "case", ["registered_on"], unique=False)
    op.create_index("ix_case_repeats", "case", ["repeats"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("post", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("area", sa.Text, nullable=True),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=True),
        sa.CheckConstraint(
            "post IN ('party_head', 'admin_head', 'leader', 'liaison')", name="ck_appointment_post"
        ),
        sa.CheckConstraint(
            "since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_appointment_since"
        ),
        sa.CheckConstraint(
            "until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_appointment_until"
        ),
        sa.CheckConstraint("until > since", name="ck_appointment_term"),
        sa.PrimaryKeyConstraint("unit", "number"),
        sqlite_strict=True,
    )
    op.create_index("ix_appointment_name", "appointment", ["name"], unique=False)
    op.create_table(
        "accountability",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("proposed_on", sa.Text, nullable=False),
        sa.Column("day_in_question", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("nature", sa.Text, nullable=False),
        sa.Column("situations", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=True),
        sa.Column("rung", sa.Text, nullable=False),
        sa.Column("tracker", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=True),
        sa.Column("measures", sa.Text, nullable=False),
        sa.Column("withdrawn_on", sa.Text, nullable=True),
        sa.Column("not_adopted_on", sa.Text, nullable=True),
        sa.Column("decided_on", sa.Text, nullable=True),
        sa.Column("document", sa.Text, nullable=True),
        sa.Column("carried_out_on", sa.Text, nullable=True),
        sa.Column("rectify_by", sa.Text, nullable=True),
        sa.Column("rectified_on", sa.Text, nullable=True),
        sa.Column("failed_on", sa.Text, nullable=True),
        sa.Column("handed_over_on", sa.Text, nullable=True),
        sa.Column("revoked_on", sa.Text, nullable=True),
        sa.Column("overridden", sa.Text, nullable=False),
        sa.CheckConstraint(
            "carried_out_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_carried_out_on",
        ),
        sa.CheckConstraint(
            "day_in_question GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_day_in_question",
        ),
        sa.CheckConstraint(
            "decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_decided_on",
        ),
        sa.CheckConstraint(
            "failed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_failed_on",
        ),
        sa.CheckConstraint(
            "handed_over_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_handed_over_on",
        ),
        sa.CheckConstraint(
            "nature IN ('collective', 'individual')", name="ck_accountability_nature"
        ),
        sa.CheckConstraint(
            "not_adopted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_not_adopted_on",
        ),
        sa.CheckConstraint(
            "proposed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_proposed_on",
        ),
        sa.CheckConstraint(
            "rectified_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_rectified_on",
        ),
        sa.CheckConstraint(
            "rectify_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_rectify_by",
        ),
        sa.CheckConstraint(
            "revoked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_revoked_on",
        ),
        sa.CheckConstraint(
            "withdrawn_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_accountability_withdrawn_on",
        ),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("ix_accountability_after", "accountability", ["after"], unique=False)
    op.create_index("ix_accountability_failed_on", "accountability", ["failed_on"], unique=False)
    op.create_index("ix_accountability_unit", "accountability", ["unit"], unique=False)
    op.create_table(
        "accountability_case",
        sa.Column("accountability", sa.Text, nullable=False),
        sa.Column("case", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("accountability", "case"),
        sqlite_strict=True,
    )
    op.create_index("ix_accountability_case_case", "accountability_case", ["case"], unique=False)
    op.create_table(
        "accountability_person",
        sa.Column("accountability", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("post", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.CheckConstraint("changed IN (0, 1)", name="ck_accountability_person_changed"),
        sa.PrimaryKeyConstraint("accountability", "number"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_accountability_person_token", "accountability_person", ["token"], unique=False
    )
    op.create_table(
        "sanction",
        sa.Column("accountability", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("person", sa.Integer, nullable=False),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=True),
        sa.Column("carried_out_on", sa.Text, nullable=True),
        sa.Column("carried_out_by", sa.Text, nullable=True),
        sa.CheckConstraint(
            "carried_out_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_sanction_carried_out_on",
        ),
        sa.CheckConstraint(
            "since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_sanction_since"
        ),
        sa.CheckConstraint(
            "until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_sanction_until"
        ),
        sa.PrimaryKeyConstraint("accountability", "number"),
        sqlite_strict=True,
    )
    op.create_table(
        "appeal",
        sa.Column("accountability", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("filed_on", sa.Text, nullable=False),
        sa.Column("accepted_on", sa.Text, nullable=True),
        sa.Column("decided_on", sa.Text, nullable=True),
        sa.Column("result", sa.Text, nullable=True),
        sa.CheckConstraint(
            "accepted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_appeal_accepted_on",
        ),
        sa.CheckConstraint(
            "decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_appeal_decided_on",
        ),
        sa.CheckConstraint(
            "filed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_appeal_filed_on"
        ),
        sa.CheckConstraint("result IN ('upheld', 'varied', 'revoked')", name="ck_appeal_result"),
        sa.PrimaryKeyConstraint("accountability", "number"),
        sqlite_strict=True,
    )
    op.create_table(
        "award_loss",
        sa.Column("accountability", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("year", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=True),
        sa.CheckConstraint(
            "since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_award_loss_since"
        ),
        sa.CheckConstraint(
            "until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_award_loss_until"
        ),
        sa.PrimaryKeyConstraint("accountability"),
        sqlite_strict=True,
    )
    op.create_index("ix_award_loss_year", "award_loss", ["year", "unit"], unique=False)
    op.create_table(
        "set_aside",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("candidate", sa.Text, nullable=False),
        sa.Column("on_day", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.CheckConstraint(
            "on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_set_aside_on_day"
        ),
        sa.PrimaryKeyConstraint("position"),
        sqlite_strict=True,
    )
    op.create_index("ix_set_aside_candidate", "set_aside", ["candidate"], unique=False)
    op.create_table(
        "involvement",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case", "unit"),
        sqlite_strict=True,
    )
    op.create_table(
        "milestone",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.CheckConstraint(
            "day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_milestone_day"
        ),
        sa.CheckConstraint(
            "kind IN ('declined', 'dismissed', 'closed', 'reopened')", name="ck_milestone_kind"
        ),
        sa.PrimaryKeyConstraint("case", "position"),
        sqlite_strict=True,
    )
    op.create_table(
        "visit",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_visit_day"
        ),
        sa.CheckConstraint("persons > 0", name="ck_visit_persons"),
        sa.PrimaryKeyConstraint("case", "position"),
        sqlite_strict=True,
    )
    op.create_table(
        "rating",
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("whom", sa.Text, nullable=False),
        sa.Column("rating", sa.Text, nullable=False),
        sa.CheckConstraint(
            "day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_rating_day"
        ),
        sa.CheckConstraint(
            "rating IN ('satisfied', 'mostly', 'dissatisfied')", name="ck_rating_rating"
        ),
        sa.CheckConstraint("whom IN ('office', 'unit')", name="ck_rating_whom"),
        sa.PrimaryKeyConstraint("case", "position"),
        sqlite_strict=True,
    )
    op.create_table(
        "risk",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("added_on", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("trend", sa.Text, nullable=False),
        sa.Column("leader", sa.Text, nullable=False),
        sa.Column("measures", sa.Text, nullable=True),
        sa.Column("reviews", sa.Text, nullable=False),
        sa.Column("resolved_on", sa.Text, nullable=True),
        sa.Column("result", sa.Text, nullable=True),
        sa.CheckConstraint(
            "added_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_risk_added_on"
        ),
        sa.CheckConstraint("kind IN ('hazard', 'key')", name="ck_risk_kind"),
        sa.CheckConstraint("level IN ('high', 'middle', 'low')", name="ck_risk_level"),
        sa.CheckConstraint(
            "resolved_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_risk_resolved_on",
        ),
        sa.CheckConstraint("trend IN ('rising', 'steady', 'falling')", name="ck_risk_trend"),
        sa.CheckConstraint("persons > 0", name="ck_risk_persons"),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("ix_risk_unit", "risk", ["unit"], unique=False)
    op.create_table(
        "decision",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("recorded_on", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("consulted_on", sa.Text, nullable=True),
        sa.Column("assessed_on", sa.Text, nullable=True),
        sa.Column("level", sa.Text, nullable=True),
        sa.Column("asked_on", sa.Text, nullable=True),
        sa.Column("opinion_on", sa.Text, nullable=True),
        sa.Column("settled_on", sa.Text, nullable=True),
        sa.Column("outcome", sa.Text, nullable=True),
        sa.Column("discussion", sa.Text, nullable=True),
        sa.CheckConstraint(
            "asked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_asked_on",
        ),
        sa.CheckConstraint(
            "assessed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_assessed_on",
        ),
        sa.CheckConstraint(
            "consulted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_consulted_on",
        ),
        sa.CheckConstraint("level IN ('high', 'middle', 'low')", name="ck_decision_level"),
        sa.CheckConstraint(
            "opinion_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_opinion_on",
        ),
        sa.CheckConstraint(
            "outcome IN ('adopted', 'deferred', 'dropped')", name="ck_decision_outcome"
        ),
        sa.CheckConstraint(
            "recorded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_recorded_on",
        ),
        sa.CheckConstraint(
            "settled_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_decision_settled_on",
        ),
        sa.PrimaryKeyConstraint("number"),
        sqlite_strict=True,
    )
    op.create_index("ix_decision_unit", "decision", ["unit"], unique=False)
    op.create_table(
        "consequence",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("linked_on", sa.Text, nullable=False),
        sa.CheckConstraint(
            "linked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'",
            name="ck_consequence_linked_on",
        ),
        sa.PrimaryKeyConstraint("source", "case"),
        sqlite_strict=True,
    )
    op.create_index("ix_consequence_case", "consequence", ["case"], unique=False)
    op.create_table(
        "plan",
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("unit_name", sa.Text, nullable=False),
        sa.Column("dated_on", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.CheckConstraint(
            "dated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'", name="ck_plan_dated_on"
        ),
        sa.CheckConstraint("length(sha256) = 64", name="ck_plan_sha256"),
        sa.CheckConstraint("size >= 0", name="ck_plan_size"),
        sa.PrimaryKeyConstraint("unit", "version"),
        sqlite_strict=True,
    )
