CREATE TABLE accountability (
	number TEXT NOT NULL, 
	proposed_on TEXT NOT NULL, 
	day_in_question TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	unit_name TEXT NOT NULL, 
	nature TEXT NOT NULL, 
	situations TEXT NOT NULL, 
	severity TEXT, 
	rung TEXT NOT NULL, 
	tracker TEXT NOT NULL, 
	"after" TEXT, 
	measures TEXT NOT NULL, 
	withdrawn_on TEXT, 
	not_adopted_on TEXT, 
	decided_on TEXT, 
	document TEXT, 
	carried_out_on TEXT, 
	rectify_by TEXT, 
	rectified_on TEXT, 
	failed_on TEXT, 
	handed_over_on TEXT, 
	revoked_on TEXT, 
	overridden TEXT NOT NULL, 
	PRIMARY KEY (number), 
	CONSTRAINT ck_accountability_carried_out_on CHECK (carried_out_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_day_in_question CHECK (day_in_question GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_decided_on CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_failed_on CHECK (failed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_handed_over_on CHECK (handed_over_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_nature CHECK (nature IN ('collective', 'individual')), 
	CONSTRAINT ck_accountability_not_adopted_on CHECK (not_adopted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_proposed_on CHECK (proposed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_rectified_on CHECK (rectified_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_rectify_by CHECK (rectify_by GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_revoked_on CHECK (revoked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_accountability_withdrawn_on CHECK (withdrawn_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE accountability_case (
	accountability TEXT NOT NULL, 
	"case" TEXT NOT NULL, 
	PRIMARY KEY (accountability, "case")
)
 STRICT

;
CREATE TABLE accountability_person (
	accountability TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	token TEXT NOT NULL, 
	post TEXT NOT NULL, 
	role TEXT NOT NULL, 
	changed INTEGER NOT NULL, 
	PRIMARY KEY (accountability, number), 
	CONSTRAINT ck_accountability_person_changed CHECK (changed IN (0, 1))
)
 STRICT

;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE appeal (
	accountability TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	filed_on TEXT NOT NULL, 
	accepted_on TEXT, 
	decided_on TEXT, 
	result TEXT, 
	PRIMARY KEY (accountability, number), 
	CONSTRAINT ck_appeal_accepted_on CHECK (accepted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_appeal_decided_on CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_appeal_filed_on CHECK (filed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_appeal_result CHECK (result IN ('upheld', 'varied', 'revoked'))
)
 STRICT

;
CREATE TABLE appointment (
	unit TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	post TEXT NOT NULL, 
	name TEXT NOT NULL, 
	area TEXT, 
	since TEXT NOT NULL, 
	until TEXT, 
	PRIMARY KEY (unit, number), 
	CONSTRAINT ck_appointment_post CHECK (post IN ('party_head', 'admin_head', 'leader', 'liaison')), 
	CONSTRAINT ck_appointment_since CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_appointment_until CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_appointment_term CHECK (until > since)
)
 STRICT

;
CREATE TABLE assignment (
	"case" TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	unit TEXT NOT NULL, 
	unit_name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	assigned_on TEXT NOT NULL, 
	received_on TEXT, 
	returned_on TEXT, 
	sent_back TEXT NOT NULL, 
	PRIMARY KEY ("case", number), 
	CONSTRAINT ck_assignment_assigned_on CHECK (assigned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_assignment_received_on CHECK (received_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_assignment_returned_on CHECK (returned_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_assignment_role CHECK (role IN ('lead', 'co'))
)
 STRICT

;
CREATE TABLE attachment (
	"case" TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	PRIMARY KEY ("case", sha256), 
	CONSTRAINT ck_attachment_sha256 CHECK (length(sha256) = 64), 
	CONSTRAINT ck_attachment_size CHECK (size >= 0)
)
 STRICT

;
CREATE TABLE award_loss (
	accountability TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	year TEXT NOT NULL, 
	since TEXT NOT NULL, 
	until TEXT, 
	PRIMARY KEY (accountability), 
	CONSTRAINT ck_award_loss_since CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_award_loss_until CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE calendar_day (
	layer TEXT NOT NULL, 
	day TEXT NOT NULL, 
	works INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	notice TEXT, 
	PRIMARY KEY (layer, day), 
	CONSTRAINT ck_calendar_day_day CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_calendar_day_layer CHECK (layer IN ('notice', 'closure')), 
	CONSTRAINT ck_calendar_day_works CHECK (works IN (0, 1))
)
 STRICT

;
CREATE TABLE calendar_year (
	year INTEGER NOT NULL, 
	PRIMARY KEY (year)
)
 STRICT

;
CREATE TABLE "case" (
	number TEXT NOT NULL, 
	id INTEGER NOT NULL, 
	registered_on TEXT NOT NULL, 
	stage TEXT NOT NULL, 
	channel TEXT, 
	purpose TEXT, 
	category TEXT, 
	summary TEXT NOT NULL, 
	demand TEXT, 
	persons INTEGER NOT NULL, 
	leapfrog INTEGER NOT NULL, 
	joint INTEGER NOT NULL, 
	anonymous INTEGER NOT NULL, 
	first_responder TEXT NOT NULL, 
	petitioner TEXT, 
	superior TEXT, 
	repeats TEXT, 
	major INTEGER NOT NULL, 
	major_on TEXT, 
	leader_told_on TEXT, 
	accepted_on TEXT, 
	outcome TEXT, 
	replied_on TEXT, 
	note TEXT, 
	closed_on TEXT, 
	result TEXT, 
	PRIMARY KEY (number), 
	CONSTRAINT ck_case_accepted_on CHECK (accepted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_case_closed_on CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_case_leader_told_on CHECK (leader_told_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_case_major_on CHECK (major_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_case_registered_on CHECK (registered_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_case_replied_on CHECK (replied_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_case_anonymous CHECK (anonymous IN (0, 1)), 
	CONSTRAINT ck_case_joint CHECK (joint IN (0, 1)), 
	CONSTRAINT ck_case_leapfrog CHECK (leapfrog IN (0, 1)), 
	CONSTRAINT ck_case_major CHECK (major IN (0, 1)), 
	CONSTRAINT ck_case_persons CHECK (persons > 0)
)
 STRICT

;
CREATE VIRTUAL TABLE case_search USING fts5(words, tokenize = 'unicode61');
CREATE TABLE consequence (
	source TEXT NOT NULL, 
	"case" TEXT NOT NULL, 
	linked_on TEXT NOT NULL, 
	PRIMARY KEY (source, "case"), 
	CONSTRAINT ck_consequence_linked_on CHECK (linked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE decision (
	number TEXT NOT NULL, 
	recorded_on TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	unit_name TEXT NOT NULL, 
	title TEXT NOT NULL, 
	consulted_on TEXT, 
	assessed_on TEXT, 
	level TEXT, 
	asked_on TEXT, 
	opinion_on TEXT, 
	settled_on TEXT, 
	outcome TEXT, 
	discussion TEXT, 
	PRIMARY KEY (number), 
	CONSTRAINT ck_decision_asked_on CHECK (asked_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_decision_assessed_on CHECK (assessed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_decision_consulted_on CHECK (consulted_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_decision_level CHECK (level IN ('high', 'middle', 'low')), 
	CONSTRAINT ck_decision_opinion_on CHECK (opinion_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_decision_outcome CHECK (outcome IN ('adopted', 'deferred', 'dropped')), 
	CONSTRAINT ck_decision_recorded_on CHECK (recorded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_decision_settled_on CHECK (settled_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE event (
	seq INTEGER NOT NULL, 
	stream TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	occurred_on TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	prev_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	CONSTRAINT ck_event_occurred_on CHECK (occurred_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_event_hash CHECK (length(hash) = 64)
)
 STRICT

;
CREATE TABLE ground (
	"case" TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	ground TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	since TEXT NOT NULL, 
	until TEXT, 
	evidence TEXT NOT NULL, 
	PRIMARY KEY ("case", "key"), 
	CONSTRAINT ck_ground_ground CHECK (ground IN ('1', '2', '3', '4', '5', '6', '7')), 
	CONSTRAINT ck_ground_since CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_ground_until CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE identity (
	token TEXT NOT NULL, 
	name TEXT, 
	phone TEXT, 
	id_number TEXT, 
	address TEXT, 
	PRIMARY KEY (token)
)
 STRICT

;
CREATE TABLE inspection (
	number TEXT NOT NULL, 
	opened_on TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	title TEXT NOT NULL, 
	lead TEXT NOT NULL, 
	departments TEXT NOT NULL, 
	findings INTEGER NOT NULL, 
	closed_on TEXT, 
	result TEXT, 
	scope TEXT, 
	PRIMARY KEY (number), 
	CONSTRAINT ck_inspection_closed_on CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_inspection_opened_on CHECK (opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE involvement (
	"case" TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	PRIMARY KEY ("case", unit)
)
 STRICT

;
CREATE TABLE link (
	"case" TEXT NOT NULL, 
	other TEXT NOT NULL, 
	relation TEXT NOT NULL, 
	PRIMARY KEY ("case", other, relation), 
	CONSTRAINT ck_link_relation CHECK (relation IN ('repeats', 'split_from', 'duplicates'))
)
 STRICT

;
CREATE TABLE milestone (
	"case" TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	PRIMARY KEY ("case", position), 
	CONSTRAINT ck_milestone_day CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_milestone_kind CHECK (kind IN ('declined', 'dismissed', 'closed', 'reopened'))
)
 STRICT

;
CREATE TABLE obligation (
	stream TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	"case" TEXT NOT NULL, 
	summary TEXT, 
	handler TEXT, 
	owed_by TEXT NOT NULL, 
	clock TEXT NOT NULL, 
	article TEXT NOT NULL, 
	started_on TEXT NOT NULL, 
	due_on TEXT NOT NULL, 
	length INTEGER, 
	unit TEXT NOT NULL, 
	calendar TEXT NOT NULL, 
	provisional INTEGER NOT NULL, 
	reminder INTEGER NOT NULL, 
	discharged_on TEXT, 
	lapsed INTEGER NOT NULL, 
	PRIMARY KEY (stream, "key"), 
	CONSTRAINT ck_obligation_discharged_on CHECK (discharged_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_obligation_due_on CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_obligation_started_on CHECK (started_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_obligation_lapsed CHECK (lapsed IN (0, 1)), 
	CONSTRAINT ck_obligation_length CHECK (length > 0), 
	CONSTRAINT ck_obligation_provisional CHECK (provisional IN (0, 1)), 
	CONSTRAINT ck_obligation_reminder CHECK (reminder IN (0, 1))
)
 STRICT

;
CREATE TABLE parameter (
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	effective TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (position), 
	CONSTRAINT ck_parameter_effective CHECK (effective GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE "plan" (
	unit TEXT NOT NULL, 
	version TEXT NOT NULL, 
	unit_name TEXT NOT NULL, 
	dated_on TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	PRIMARY KEY (unit, version), 
	CONSTRAINT ck_plan_dated_on CHECK (dated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_plan_sha256 CHECK (length(sha256) = 64), 
	CONSTRAINT ck_plan_size CHECK (size >= 0)
)
 STRICT

;
CREATE TABLE rating (
	"case" TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	whom TEXT NOT NULL, 
	rating TEXT NOT NULL, 
	PRIMARY KEY ("case", position), 
	CONSTRAINT ck_rating_day CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_rating_rating CHECK (rating IN ('satisfied', 'mostly', 'dissatisfied')), 
	CONSTRAINT ck_rating_whom CHECK (whom IN ('office', 'unit'))
)
 STRICT

;
CREATE TABLE risk (
	number TEXT NOT NULL, 
	added_on TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	unit_name TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	persons INTEGER NOT NULL, 
	level TEXT NOT NULL, 
	trend TEXT NOT NULL, 
	leader TEXT NOT NULL, 
	measures TEXT, 
	reviews TEXT NOT NULL, 
	resolved_on TEXT, 
	result TEXT, 
	PRIMARY KEY (number), 
	CONSTRAINT ck_risk_added_on CHECK (added_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_risk_kind CHECK (kind IN ('hazard', 'key')), 
	CONSTRAINT ck_risk_level CHECK (level IN ('high', 'middle', 'low')), 
	CONSTRAINT ck_risk_resolved_on CHECK (resolved_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_risk_trend CHECK (trend IN ('rising', 'steady', 'falling')), 
	CONSTRAINT ck_risk_persons CHECK (persons > 0)
)
 STRICT

;
CREATE TABLE sanction (
	accountability TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	person INTEGER NOT NULL, 
	measure TEXT NOT NULL, 
	body TEXT NOT NULL, 
	since TEXT NOT NULL, 
	until TEXT, 
	carried_out_on TEXT, 
	carried_out_by TEXT, 
	PRIMARY KEY (accountability, number), 
	CONSTRAINT ck_sanction_carried_out_on CHECK (carried_out_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_sanction_since CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_sanction_until CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE set_aside (
	position INTEGER NOT NULL, 
	candidate TEXT NOT NULL, 
	on_day TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (position), 
	CONSTRAINT ck_set_aside_on_day CHECK (on_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE supervision (
	number TEXT NOT NULL, 
	opened_on TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	unit_name TEXT NOT NULL, 
	grounds TEXT NOT NULL, 
	forms TEXT NOT NULL, 
	tracker TEXT NOT NULL, 
	joint TEXT NOT NULL, 
	actions INTEGER NOT NULL, 
	responded_on TEXT, 
	closed_on TEXT, 
	result TEXT, 
	scope TEXT, 
	PRIMARY KEY (number), 
	CONSTRAINT ck_supervision_closed_on CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_supervision_opened_on CHECK (opened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_supervision_responded_on CHECK (responded_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE supervision_case (
	supervision TEXT NOT NULL, 
	"case" TEXT NOT NULL, 
	PRIMARY KEY (supervision, "case")
)
 STRICT

;
CREATE TABLE unit (
	code TEXT NOT NULL, 
	present_code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT, 
	applies TEXT NOT NULL, 
	parent TEXT, 
	former_names TEXT NOT NULL, 
	former_codes TEXT NOT NULL, 
	renames TEXT NOT NULL, 
	headcount INTEGER, 
	added_on TEXT NOT NULL, 
	merged_on TEXT, 
	merged_into TEXT, 
	PRIMARY KEY (code), 
	CONSTRAINT ck_unit_added_on CHECK (added_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_unit_applies CHECK (applies IN ('applies', 'by_reference')), 
	CONSTRAINT ck_unit_merged_on CHECK (merged_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
)
 STRICT

;
CREATE TABLE visit (
	"case" TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	persons INTEGER NOT NULL, 
	PRIMARY KEY ("case", position), 
	CONSTRAINT ck_visit_day CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_visit_persons CHECK (persons > 0)
)
 STRICT

;
INSERT INTO "accountability" ("number", "proposed_on", "day_in_question", "unit", "unit_name", "nature", "situations", "severity", "rung", "tracker", "after", "measures", "withdrawn_on", "not_adopted_on", "decided_on", "document", "carried_out_on", "rectify_by", "rectified_on", "failed_on", "handed_over_on", "revoked_on", "overridden") VALUES ('ZZ2026-0001', '2026-03-16', '2026-03-13', 'U01', '虚构单位U01', 'collective', '["13(3)"]', 'grave', '17', '跟踪员甲', NULL, '["14(4)"]', NULL, NULL, '2026-03-17', NULL, NULL, '2026-04-17', NULL, '2026-04-18', NULL, NULL, '[]');
INSERT INTO "accountability_case" ("accountability", "case") VALUES ('ZZ2026-0001', 'XF2026-0001');
INSERT INTO "accountability_person" ("accountability", "number", "token", "post", "role", "changed") VALUES ('ZZ2026-0001', 1, 'fa15d9b7034470f673cf3e57d58c1364', '党组织主要负责人', 'principal', 0);
INSERT INTO "accountability_person" ("accountability", "number", "token", "post", "role", "changed") VALUES ('ZZ2026-0001', 2, '5b9e8f1ea272562dc2c9eba997b4946c', '行政主要负责人', 'principal', 0);
INSERT INTO "alembic_version" ("version_num") VALUES ('0002');
INSERT INTO "appeal" ("accountability", "number", "filed_on", "accepted_on", "decided_on", "result") VALUES ('ZZ2026-0001', 1, '2026-03-18', '2026-03-19', '2026-03-20', 'varied');
INSERT INTO "appointment" ("unit", "number", "post", "name", "area", "since", "until") VALUES ('U01', 1, 'party_head', '虚构书记甲', NULL, '2026-03-02', NULL);
INSERT INTO "appointment" ("unit", "number", "post", "name", "area", "since", "until") VALUES ('U01', 2, 'admin_head', '虚构院长乙', NULL, '2026-03-02', NULL);
INSERT INTO "assignment" ("case", "number", "unit", "unit_name", "role", "assigned_on", "received_on", "returned_on", "sent_back") VALUES ('XF2026-0001', 1, 'U01', '虚构单位U01', 'lead', '2026-03-02', '2026-03-02', NULL, '[]');
INSERT INTO "assignment" ("case", "number", "unit", "unit_name", "role", "assigned_on", "received_on", "returned_on", "sent_back") VALUES ('XF2026-0002', 1, 'U02', '虚构单位U02', 'lead', '2026-03-02', NULL, NULL, '[]');
INSERT INTO "attachment" ("case", "sha256", "name", "size") VALUES ('XF2026-0001', '45c616d21f7cf4d9ddf434dfe22474cc5d751319e452589c2763a355bf8aa2f7', '虚构信件.txt', 12);
INSERT INTO "award_loss" ("accountability", "unit", "year", "since", "until") VALUES ('ZZ2026-0001', 'U01', '2026', '2026-03-17', NULL);
INSERT INTO "calendar_day" ("layer", "day", "works", "name", "notice") VALUES ('closure', '2026-03-05', 0, '虚构停办', NULL);
INSERT INTO "calendar_day" ("layer", "day", "works", "name", "notice") VALUES ('closure', '2026-03-06', 0, '虚构停办', NULL);
INSERT INTO "calendar_day" ("layer", "day", "works", "name", "notice") VALUES ('notice', '2090-01-02', 0, '虚构节', '虚构通知');
INSERT INTO "calendar_day" ("layer", "day", "works", "name", "notice") VALUES ('notice', '2090-01-07', 1, '虚构节', '虚构通知');
INSERT INTO "calendar_year" ("year") VALUES (2090);
INSERT INTO "case" ("number", "id", "registered_on", "stage", "channel", "purpose", "category", "summary", "demand", "persons", "leapfrog", "joint", "anonymous", "first_responder", "petitioner", "superior", "repeats", "major", "major_on", "leader_told_on", "accepted_on", "outcome", "replied_on", "note", "closed_on", "result") VALUES ('XF2026-0001', 4, '2026-03-02', 'in_hand', NULL, NULL, NULL, '虚构事项XF2026-0001', NULL, 1, 0, 0, 0, '首问员甲', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "case" ("number", "id", "registered_on", "stage", "channel", "purpose", "category", "summary", "demand", "persons", "leapfrog", "joint", "anonymous", "first_responder", "petitioner", "superior", "repeats", "major", "major_on", "leader_told_on", "accepted_on", "outcome", "replied_on", "note", "closed_on", "result") VALUES ('XF2026-0002', 7, '2026-03-02', 'closed', NULL, NULL, NULL, '虚构事项XF2026-0002', NULL, 1, 0, 0, 0, '首问员甲', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-20', NULL);
INSERT INTO "case" ("number", "id", "registered_on", "stage", "channel", "purpose", "category", "summary", "demand", "persons", "leapfrog", "joint", "anonymous", "first_responder", "petitioner", "superior", "repeats", "major", "major_on", "leader_told_on", "accepted_on", "outcome", "replied_on", "note", "closed_on", "result") VALUES ('XF2026-0003', 9, '2026-03-02', 'registered', NULL, NULL, NULL, '虚构事项XF2026-0003', NULL, 1, 0, 0, 0, '首问员甲', '78805e035517a63849972a838e4e48c3', NULL, 'XF2026-0001', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "case_search" ("rowid", "words") VALUES (4, 'xf2026 0001 虚构 构事 事项 项 xf2026 0001 虚构 构单 单位 位 u01');
INSERT INTO "case_search" ("rowid", "words") VALUES (7, 'xf2026 0002 虚构 构事 事项 项 xf2026 0002 虚构 构单 单位 位 u02');
INSERT INTO "case_search" ("rowid", "words") VALUES (9, 'xf2026 0003 虚构 构事 事项 项 xf2026 0003');
INSERT INTO "consequence" ("source", "case", "linked_on") VALUES ('FX2026-0001', 'XF2026-0001', '2026-03-20');
INSERT INTO "decision" ("number", "recorded_on", "unit", "unit_name", "title", "consulted_on", "assessed_on", "level", "asked_on", "opinion_on", "settled_on", "outcome", "discussion") VALUES ('JC2026-0001', '2026-03-20', 'U01', '虚构单位U01', '虚构决策', NULL, '2026-03-20', 'low', NULL, NULL, NULL, NULL, NULL);
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (1, 'ledger', 'ledger.created', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"ledger_id":"5421e7420a574b589fa36ab4885ee89e","program":"xfctl 0.1.0"}', '0000000000000000000000000000000000000000000000000000000000000000', '41ccb88f31a56aa8333842401e9638ff213c00430a8240a28e9c5949b1390a78');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (2, 'unit/U01', 'unit.added', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"code":"U01","name":"虚构单位U01"}', '41ccb88f31a56aa8333842401e9638ff213c00430a8240a28e9c5949b1390a78', '942a5cd4281bca220a2f281938d59a960ece5a7dda5c7e511cb2059980651947');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (3, 'unit/U02', 'unit.added', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"code":"U02","name":"虚构单位U02"}', '942a5cd4281bca220a2f281938d59a960ece5a7dda5c7e511cb2059980651947', 'f1cdf4df6e9dd9661d5f1741e197e4dda5c8a5467f4f44f542a287307fa81698');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (4, 'case/XF2026-0001', 'case.registered', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"first_responder":"首问员甲","number":"XF2026-0001","summary":"虚构事项XF2026-0001"}', 'f1cdf4df6e9dd9661d5f1741e197e4dda5c8a5467f4f44f542a287307fa81698', '3878a427f8e73850b8c283ff8030d778e7aeefa8cf71cd90e4c0bce3eb18b0f8');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (5, 'case/XF2026-0001', 'case.assigned', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"assignment":1,"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0","clock":"feedback","due_on":"2026-03-11","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U01"}],"unit":"U01","unit_name":"虚构单位U01"}', '3878a427f8e73850b8c283ff8030d778e7aeefa8cf71cd90e4c0bce3eb18b0f8', 'e929ed5ce4b7400378faf39925c72b446225df5aece099e6101e054486c1620e');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (6, 'case/XF2026-0001', 'case.received', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"assignment":1,"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0","clock":"feedback","due_on":"2026-03-11","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U01"}]}', 'e929ed5ce4b7400378faf39925c72b446225df5aece099e6101e054486c1620e', '5def5673d70ba7a2c1de4b21e7d6f91c73881b859c564afc8feae0b85e87e632');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (7, 'case/XF2026-0002', 'case.registered', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"first_responder":"首问员甲","involved":["U02"],"number":"XF2026-0002","summary":"虚构事项XF2026-0002"}', '5def5673d70ba7a2c1de4b21e7d6f91c73881b859c564afc8feae0b85e87e632', '39356542c2cefedb136e9b964f2d0a5595a012969a488517209d817015b45148');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (8, 'case/XF2026-0002', 'case.assigned', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"assignment":1,"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0","clock":"feedback","due_on":"2026-03-11","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U02"}],"unit":"U02","unit_name":"虚构单位U02"}', '39356542c2cefedb136e9b964f2d0a5595a012969a488517209d817015b45148', 'c60570c87f10c5af78e9496150011462a1e316e67d9a635e94468da5a59dfe80');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (9, 'case/XF2026-0003', 'case.registered', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"contactable":true,"first_responder":"首问员甲","number":"XF2026-0003","opens":[{"duty":{"article":"条例 22–23","calendar":"chinese-calendar 1.11.0","clock":"acceptance_notice","due_on":"2026-03-17","length":15,"started_on":"2026-03-02","unit":"days"},"key":"acceptance_notice","owed_by":"office"}],"petitioner":"78805e035517a63849972a838e4e48c3","summary":"虚构事项XF2026-0003"}', 'c60570c87f10c5af78e9496150011462a1e316e67d9a635e94468da5a59dfe80', 'f5ae548882245d146e140faa6417856a8ccde6eafdf2fe1fa4d4a2989436b8ef');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (10, 'calendar', 'calendar.notice_imported', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"annual":true,"days":[{"day":"2090-01-02","name":"虚构节","works":false},{"day":"2090-01-07","name":"虚构节","works":true}],"digest":"0000000000000000000000000000000000000000000000000000000000000000","title":"虚构通知","year":2090}', 'f5ae548882245d146e140faa6417856a8ccde6eafdf2fe1fa4d4a2989436b8ef', '4fb20c79781db3af8d311775d32ca0852e5c49021285fa80ce09d120caf8a22e');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (11, 'calendar', 'calendar.closure_recorded', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"first":"2026-03-05","last":"2026-03-06","reason":"虚构停办"}', '4fb20c79781db3af8d311775d32ca0852e5c49021285fa80ce09d120caf8a22e', '0c5b83c15ef4cc197f237aee63e51256e1f02dda8fe64f03b7cfd919ccf70813');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (12, 'case/XF2026-0001', 'case.due_date_changed', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0；本单位停办记录","clock":"feedback","due_on":"2026-03-13","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U01"}],"reason":"本单位停办 2026-03-05 至 2026-03-06：虚构停办"}', '0c5b83c15ef4cc197f237aee63e51256e1f02dda8fe64f03b7cfd919ccf70813', '174a4305ebf40872e097d0352d44ea62576bd46c675b05bf6489f1a54e1686e2');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (13, 'case/XF2026-0002', 'case.due_date_changed', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0；本单位停办记录","clock":"feedback","due_on":"2026-03-13","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U02"}],"reason":"本单位停办 2026-03-05 至 2026-03-06：虚构停办"}', '174a4305ebf40872e097d0352d44ea62576bd46c675b05bf6489f1a54e1686e2', '4f51d0a9f04bf0f9f26901471da514ed57ed98109869008a9b36148736207eb3');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (14, 'case/XF2026-0003', 'case.linked', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"other":"XF2026-0001","relation":"repeats"}', '4f51d0a9f04bf0f9f26901471da514ed57ed98109869008a9b36148736207eb3', '223de58b3a8cbb2093f197677ef4a6f669c28a71773d2770e0adcb7494101718');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (15, 'rules', 'rules.parameter_set', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"effective":"2026-03-20","name":"reply","reason":"虚构规定","value":3}', '223de58b3a8cbb2093f197677ef4a6f669c28a71773d2770e0adcb7494101718', '9dc2f76a805a8bb6084c5017c263e4ce051474a67e8ca2a20f2cc8781f980101');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (16, 'case/XF2026-0001', 'case.attached', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"name":"虚构信件.txt","sha256":"45c616d21f7cf4d9ddf434dfe22474cc5d751319e452589c2763a355bf8aa2f7","size":12}', '9dc2f76a805a8bb6084c5017c263e4ce051474a67e8ca2a20f2cc8781f980101', '421c6a8653c271262848b6646d085da9178e073f038d12e3a2590579bf3cf494');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (17, 'case/XF2026-0001', 'case.ground_found', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"evidence":"虚构依据","ground":"7","unit":"U01"}', '421c6a8653c271262848b6646d085da9178e073f038d12e3a2590579bf3cf494', 'b076d571880d23830ccac6279c6b379a9db63154a37fb2774860681954445625');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (18, 'supervision/DB2026-0001', 'supervision.opened', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"cases":["XF2026-0001"],"forms":["phone"],"grounds":["7"],"number":"DB2026-0001","opens":{"duty":{"article":"细则 10","calendar":"chinese-calendar 1.11.0","clock":"supervision_response","due_on":"2026-03-27","length":5,"started_on":"2026-03-20","unit":"working_days"},"key":"supervision_response/DB2026-0001","owed_by":"U01"},"reason":"虚构理由","tracker":"跟踪员甲","unit":"U01","unit_name":"虚构单位U01"}', 'b076d571880d23830ccac6279c6b379a9db63154a37fb2774860681954445625', 'fd2c846f35d7b32a6fcd423338a7ff84bdc3eb341e43633a1a3632bb2616a172');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (19, 'inspection/DC2026-0001', 'inspection.opened', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"lead":"牵头员甲","number":"DC2026-0001","subject":"policy","title":"虚构督查"}', 'fd2c846f35d7b32a6fcd423338a7ff84bdc3eb341e43633a1a3632bb2616a172', '19f1a9ee3912d96812eb3591adcfdaffe6d633707ae36c66fdfd7a1e2208e4dd');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (20, 'risk/FX2026-0001', 'risk.added', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"kind":"hazard","leader":"领导甲","level":"high","number":"FX2026-0001","opens":{"duty":{"article":"细则 8(3)、9(1)","calendar":"排查或上次复查时指定的日期","clock":"risk_review","due_on":"2026-06-30","started_on":"2026-03-20","unit":"named_date"},"key":"risk_review","owed_by":"U01"},"persons":10,"summary":"虚构隐患","trend":"steady","unit":"U01","unit_name":"虚构单位U01"}', '19f1a9ee3912d96812eb3591adcfdaffe6d633707ae36c66fdfd7a1e2208e4dd', 'f8b28a1d0dff89eaabcbb7c99d43a3534b111cc9ef639279007ae5818857eb1c');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (21, 'risk/FX2026-0001', 'consequence.linked', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"case":"XF2026-0001"}', 'f8b28a1d0dff89eaabcbb7c99d43a3534b111cc9ef639279007ae5818857eb1c', '2a74a2c055e9d34ea29cc075598c8367d897315e0dbde56c5ee6b31d5876f054');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (22, 'decision/JC2026-0001', 'decision.recorded', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"number":"JC2026-0001","title":"虚构决策","unit":"U01","unit_name":"虚构单位U01"}', '2a74a2c055e9d34ea29cc075598c8367d897315e0dbde56c5ee6b31d5876f054', '1de1c22b54ff46007e933015f226d0c9e4230ce0f978185c7c1e058db560f215');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (23, 'decision/JC2026-0001', 'decision.assessed', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"content":"虚构评估","level":"low"}', '1de1c22b54ff46007e933015f226d0c9e4230ce0f978185c7c1e058db560f215', 'bdaf3a73dd1db876b6f966d842b4bdffa140fcc6e70078b9589384c05a943a3c');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (24, 'plan/U01', 'plan.adopted', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"name":"虚构信件.txt","sha256":"45c616d21f7cf4d9ddf434dfe22474cc5d751319e452589c2763a355bf8aa2f7","size":12,"unit":"U01","unit_name":"虚构单位U01","version":"1"}', 'bdaf3a73dd1db876b6f966d842b4bdffa140fcc6e70078b9589384c05a943a3c', '176a9036c86f9485c19c31822d26cb2ef77aa7dad21df072f893c22e6a3b15e5');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (25, 'case/XF2026-0002', 'case.visited', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"channel":"visit","persons":6}', '176a9036c86f9485c19c31822d26cb2ef77aa7dad21df072f893c22e6a3b15e5', '6995c2ee994dd5e7cd01fcc9a97662b2d564e4b3ae25c8bd2ac307462146e4d8');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (26, 'case/XF2026-0002', 'case.closed', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"reason":"虚构理由"}', '6995c2ee994dd5e7cd01fcc9a97662b2d564e4b3ae25c8bd2ac307462146e4d8', '983636e90afbf6e7df5cfbda00f4ea78c639628bf755f1b9384202eafb2e482d');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (27, 'case/XF2026-0002', 'case.rated', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"rating":"mostly","whom":"unit"}', '983636e90afbf6e7df5cfbda00f4ea78c639628bf755f1b9384202eafb2e482d', '0cc1932f48bb34174bee3cd9e1c11106b3527c6f5803827563ba6d05f665e3cf');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (28, 'unit/U03', 'unit.added', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"code":"U03","name":"虚构单位U03"}', '0cc1932f48bb34174bee3cd9e1c11106b3527c6f5803827563ba6d05f665e3cf', '0fbce15724eea3225775e6801b80a9d86bb4358eaedda4e87ce97a9863887671');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (29, 'unit/U01', 'unit.appointed', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"appointment":1,"name":"虚构书记甲","post":"party_head"}', '0fbce15724eea3225775e6801b80a9d86bb4358eaedda4e87ce97a9863887671', '0a5c0ddd37652761c83b7b5a84b092fc00e903c908a2c8e00dc30a5abf662493');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (30, 'unit/U01', 'unit.appointed', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"appointment":2,"name":"虚构院长乙","post":"admin_head"}', '0a5c0ddd37652761c83b7b5a84b092fc00e903c908a2c8e00dc30a5abf662493', 'c78c9f8f52c172cb9ceb533c73b4fbee42e1b4f0437e57911e4a5614a4dfca99');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (31, 'unit/U03', 'unit.changed', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"name":"虚构新名U03"}', 'c78c9f8f52c172cb9ceb533c73b4fbee42e1b4f0437e57911e4a5614a4dfca99', '57c81167f3ab1233b68638165947a102d229cb24acda2eace1365d4aacb8abf0');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (32, 'unit/U03', 'unit.merged', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"into":"U02"}', '57c81167f3ab1233b68638165947a102d229cb24acda2eace1365d4aacb8abf0', 'e9cc73500c2b858bfb2790e1c1fc28994d047896a4efa8d411b7fcbb8cc94362');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (33, 'accountability/ZZ2026-0001', 'accountability.proposed', '2026-03-16', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"basis":"虚构依据","cases":["XF2026-0001"],"day_in_question":"2026-03-13","effect":"虚构后果","measures":["14(4)"],"nature":"collective","number":"ZZ2026-0001","persons":[{"leads":true,"number":1,"post":"党组织主要负责人","role":"principal","token":"fa15d9b7034470f673cf3e57d58c1364"},{"leads":true,"number":2,"post":"行政主要负责人","role":"principal","token":"5b9e8f1ea272562dc2c9eba997b4946c"}],"rung":"17","severity":"grave","situations":["13(3)"],"tracker":"跟踪员甲","unit":"U01","unit_name":"虚构单位U01"}', 'e9cc73500c2b858bfb2790e1c1fc28994d047896a4efa8d411b7fcbb8cc94362', '22783ef0c1c8699063b204207dbad2cde43e8777db68a19114e50bc830eed771');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (34, 'accountability/ZZ2026-0001', 'accountability.decided', '2026-03-17', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"award_rests_on":["14(4)"],"award_year":"2026","imposed":[{"body":"school_office","measure":"14(4)","persons":[1,2]}],"opens":[{"duty":{"article":"细则 16–18","calendar":"追究决定","clock":"rectification","due_on":"2026-04-17","started_on":"2026-03-17","unit":"named_date"},"key":"rectification","owed_by":"U01"}]}', '22783ef0c1c8699063b204207dbad2cde43e8777db68a19114e50bc830eed771', 'cb929f3da77689f4902f3e0257cfa7d289945aa9569f80d4106b4999a7b009dd');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (35, 'accountability/ZZ2026-0001', 'accountability.carried_out', '2026-03-18', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"by":"虚构校领导","measure":"14(4)","persons":[1]}', 'cb929f3da77689f4902f3e0257cfa7d289945aa9569f80d4106b4999a7b009dd', 'eb368169017c8a680f1e2a104995241ade580dfa0f64a3bcea36ddf2391a1a5f');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (36, 'accountability/ZZ2026-0001', 'accountability.appealed', '2026-03-18', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"appeal":1,"content":"虚构申诉","persons":[2]}', 'eb368169017c8a680f1e2a104995241ade580dfa0f64a3bcea36ddf2391a1a5f', 'e895fa5cc93cf6ff2c971809dff4267f7ad0c947385b5271e0ce3c3cba3e5958');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (37, 'accountability/ZZ2026-0001', 'accountability.appeal_accepted', '2026-03-19', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"appeal":1,"body":"虚构部门","opens":{"duty":{"article":"细则 20","calendar":"chinese-calendar 1.11.0","clock":"appeal","due_on":"2026-05-18","length":60,"started_on":"2026-03-19","unit":"days"},"key":"appeal/1","owed_by":"虚构部门"}}', 'e895fa5cc93cf6ff2c971809dff4267f7ad0c947385b5271e0ce3c3cba3e5958', '462157f438c773750fe2fd413661b944adee901366bc6bc50f59bdee7938fe3c');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (38, 'accountability/ZZ2026-0001', 'accountability.appeal_decided', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"appeal":1,"body":"虚构部门","imposed":[{"body":"school_office","measure":"14(3)","persons":[2]}],"reason":"虚构理由","result":"varied"}', '462157f438c773750fe2fd413661b944adee901366bc6bc50f59bdee7938fe3c', 'caf6d09b3cc79d78a79f82f78a67d65f96333abcf4d2472a995fad8bde6857db');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (39, 'candidates', 'candidates.set_aside', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"candidate":"XF2026-0002:13.2:U02","reason":"虚构理由"}', 'caf6d09b3cc79d78a79f82f78a67d65f96333abcf4d2472a995fad8bde6857db', '21f06849859d1f402686ae281c9014fbb4e9e5922c533029b6e6f82b27ab7175');
INSERT INTO "ground" ("case", "key", "ground", "unit", "since", "until", "evidence") VALUES ('XF2026-0001', '1/1', '1', 'U01', '2026-03-14', NULL, '虚构单位U01书面反馈期限 2026-03-13');
INSERT INTO "ground" ("case", "key", "ground", "unit", "since", "until", "evidence") VALUES ('XF2026-0001', '7/found/17', '7', 'U01', '2026-03-20', NULL, '虚构依据');
INSERT INTO "ground" ("case", "key", "ground", "unit", "since", "until", "evidence") VALUES ('XF2026-0002', '1/1', '1', 'U02', '2026-03-14', NULL, '虚构单位U02书面反馈期限 2026-03-13');
INSERT INTO "identity" ("token", "name", "phone", "id_number", "address") VALUES ('5b9e8f1ea272562dc2c9eba997b4946c', '虚构院长乙', NULL, NULL, NULL);
INSERT INTO "identity" ("token", "name", "phone", "id_number", "address") VALUES ('78805e035517a63849972a838e4e48c3', '虚构人甲', '000-0000', NULL, NULL);
INSERT INTO "identity" ("token", "name", "phone", "id_number", "address") VALUES ('fa15d9b7034470f673cf3e57d58c1364', '虚构书记甲', NULL, NULL, NULL);
INSERT INTO "inspection" ("number", "opened_on", "subject", "title", "lead", "departments", "findings", "closed_on", "result", "scope") VALUES ('DC2026-0001', '2026-03-20', 'policy', '虚构督查', '牵头员甲', '[]', 0, NULL, NULL, NULL);
INSERT INTO "involvement" ("case", "unit") VALUES ('XF2026-0002', 'U02');
INSERT INTO "link" ("case", "other", "relation") VALUES ('XF2026-0003', 'XF2026-0001', 'repeats');
INSERT INTO "milestone" ("case", "position", "day", "kind") VALUES ('XF2026-0002', 4, '2026-03-20', 'closed');
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('accountability/ZZ2026-0001', 'appeal/1', 'ZZ2026-0001', '责任追究：处理申诉', '跟踪员甲', '虚构部门', 'appeal', '细则 20', '2026-03-19', '2026-05-18', 60, 'days', 'chinese-calendar 1.11.0', 0, 0, '2026-03-20', 0);
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('accountability/ZZ2026-0001', 'rectification', 'ZZ2026-0001', '责任追究：限期整改', '跟踪员甲', 'U01', 'rectification', '细则 16–18', '2026-03-17', '2026-04-17', NULL, 'named_date', '追究决定', 0, 0, NULL, 0);
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('case/XF2026-0001', 'feedback/1', 'XF2026-0001', NULL, NULL, 'U01', 'feedback', '细则 11(1)', '2026-03-02', '2026-03-13', 7, 'working_days', 'chinese-calendar 1.11.0；本单位停办记录', 0, 0, NULL, 0);
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('case/XF2026-0002', 'feedback/1', 'XF2026-0002', NULL, NULL, 'U02', 'feedback', '细则 11(1)', '2026-03-02', '2026-03-13', 7, 'working_days', 'chinese-calendar 1.11.0；本单位停办记录', 0, 0, NULL, 0);
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('case/XF2026-0003', 'acceptance_notice', 'XF2026-0003', NULL, NULL, 'office', 'acceptance_notice', '条例 22–23', '2026-03-02', '2026-03-17', 15, 'days', 'chinese-calendar 1.11.0', 0, 0, NULL, 0);
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('risk/FX2026-0001', 'risk_review', 'FX2026-0001', '隐患点：虚构隐患', '领导甲', 'U01', 'risk_review', '细则 8(3)、9(1)', '2026-03-20', '2026-06-30', NULL, 'named_date', '排查或上次复查时指定的日期', 0, 0, NULL, 0);
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('supervision/DB2026-0001', 'supervision_response/DB2026-0001', 'XF2026-0001', '督办 DB2026-0001', '跟踪员甲', 'U01', 'supervision_response', '细则 10', '2026-03-20', '2026-03-27', 5, 'working_days', 'chinese-calendar 1.11.0', 0, 0, NULL, 0);
INSERT INTO "parameter" ("position", "name", "value", "effective", "reason") VALUES (1, 'reply', 3, '2026-03-20', '虚构规定');
INSERT INTO "plan" ("unit", "version", "unit_name", "dated_on", "position", "name", "size", "sha256") VALUES ('U01', '1', '虚构单位U01', '2026-03-20', 1, '虚构信件.txt', 12, '45c616d21f7cf4d9ddf434dfe22474cc5d751319e452589c2763a355bf8aa2f7');
INSERT INTO "rating" ("case", "position", "day", "whom", "rating") VALUES ('XF2026-0002', 5, '2026-03-20', 'unit', 'mostly');
INSERT INTO "risk" ("number", "added_on", "kind", "unit", "unit_name", "summary", "persons", "level", "trend", "leader", "measures", "reviews", "resolved_on", "result") VALUES ('FX2026-0001', '2026-03-20', 'hazard', 'U01', '虚构单位U01', '虚构隐患', 10, 'high', 'steady', '领导甲', NULL, '[]', NULL, NULL);
INSERT INTO "sanction" ("accountability", "number", "person", "measure", "body", "since", "until", "carried_out_on", "carried_out_by") VALUES ('ZZ2026-0001', 1, 1, '14(4)', 'school_office', '2026-03-17', NULL, '2026-03-18', '虚构校领导');
INSERT INTO "sanction" ("accountability", "number", "person", "measure", "body", "since", "until", "carried_out_on", "carried_out_by") VALUES ('ZZ2026-0001', 2, 2, '14(4)', 'school_office', '2026-03-17', '2026-03-20', NULL, NULL);
INSERT INTO "sanction" ("accountability", "number", "person", "measure", "body", "since", "until", "carried_out_on", "carried_out_by") VALUES ('ZZ2026-0001', 3, 2, '14(3)', 'school_office', '2026-03-20', NULL, NULL, NULL);
INSERT INTO "set_aside" ("position", "candidate", "on_day", "reason") VALUES (1, 'XF2026-0002:13.2:U02', '2026-03-20', '虚构理由');
INSERT INTO "supervision" ("number", "opened_on", "unit", "unit_name", "grounds", "forms", "tracker", "joint", "actions", "responded_on", "closed_on", "result", "scope") VALUES ('DB2026-0001', '2026-03-20', 'U01', '虚构单位U01', '["7"]', '["phone"]', '跟踪员甲', '[]', 0, NULL, NULL, NULL, NULL);
INSERT INTO "supervision_case" ("supervision", "case") VALUES ('DB2026-0001', 'XF2026-0001');
INSERT INTO "unit" ("code", "present_code", "name", "kind", "applies", "parent", "former_names", "former_codes", "renames", "headcount", "added_on", "merged_on", "merged_into") VALUES ('U01', 'U01', '虚构单位U01', NULL, 'applies', NULL, '[]', '[]', '[]', NULL, '2026-03-02', NULL, NULL);
INSERT INTO "unit" ("code", "present_code", "name", "kind", "applies", "parent", "former_names", "former_codes", "renames", "headcount", "added_on", "merged_on", "merged_into") VALUES ('U02', 'U02', '虚构单位U02', NULL, 'applies', NULL, '[]', '[]', '[]', NULL, '2026-03-02', NULL, NULL);
INSERT INTO "unit" ("code", "present_code", "name", "kind", "applies", "parent", "former_names", "former_codes", "renames", "headcount", "added_on", "merged_on", "merged_into") VALUES ('U03', 'U03', '虚构新名U03', NULL, 'applies', NULL, '["虚构单位U03"]', '[]', '[["2026-03-02","虚构单位U03"]]', NULL, '2026-03-02', '2026-03-20', 'U02');
INSERT INTO "visit" ("case", "position", "day", "channel", "persons") VALUES ('XF2026-0002', 3, '2026-03-20', 'visit', 6);
CREATE INDEX ix_accountability_after ON accountability ("after");
CREATE INDEX ix_accountability_case_case ON accountability_case ("case");
CREATE INDEX ix_accountability_failed_on ON accountability (failed_on);
CREATE INDEX ix_accountability_person_token ON accountability_person (token);
CREATE INDEX ix_accountability_unit ON accountability (unit);
CREATE INDEX ix_appointment_name ON appointment (name);
CREATE INDEX ix_assignment_unit ON assignment (unit);
CREATE INDEX ix_award_loss_year ON award_loss (year, unit);
CREATE UNIQUE INDEX ix_case_id ON "case" (id);
CREATE INDEX ix_case_petitioner ON "case" (petitioner);
CREATE INDEX ix_case_registered_on ON "case" (registered_on);
CREATE INDEX ix_case_repeats ON "case" (repeats);
CREATE INDEX ix_consequence_case ON consequence ("case");
CREATE INDEX ix_decision_unit ON decision (unit);
CREATE INDEX ix_event_stream ON event (stream, seq);
CREATE INDEX ix_ground_until ON ground (until, since);
CREATE INDEX ix_link_other ON link (other);
CREATE INDEX ix_obligation_case ON obligation ("case");
CREATE INDEX ix_obligation_discharged_on ON obligation (discharged_on, due_on);
CREATE INDEX ix_obligation_open ON obligation (due_on) WHERE discharged_on IS NULL;
CREATE INDEX ix_risk_unit ON risk (unit);
CREATE INDEX ix_set_aside_candidate ON set_aside (candidate);
CREATE INDEX ix_supervision_case_case ON supervision_case ("case");
CREATE INDEX ix_supervision_unit ON supervision (unit);
CREATE TRIGGER event_follows BEFORE INSERT ON event
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
      OR NEW.prev_hash IS NOT
         coalesce((SELECT hash FROM event WHERE seq = NEW.seq - 1), printf('%064d', 0))
    BEGIN SELECT RAISE(ABORT, 'event does not follow the last one'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
PRAGMA application_id = 1480999764;
PRAGMA user_version = 2;
