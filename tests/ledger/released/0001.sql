CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
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
CREATE TABLE link (
	"case" TEXT NOT NULL, 
	other TEXT NOT NULL, 
	relation TEXT NOT NULL, 
	PRIMARY KEY ("case", other, relation), 
	CONSTRAINT ck_link_relation CHECK (relation IN ('repeats', 'split_from', 'duplicates'))
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
	name TEXT NOT NULL, 
	kind TEXT, 
	applies TEXT NOT NULL, 
	former_names TEXT NOT NULL, 
	headcount INTEGER, 
	added_on TEXT NOT NULL, 
	PRIMARY KEY (code), 
	CONSTRAINT ck_unit_added_on CHECK (added_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), 
	CONSTRAINT ck_unit_applies CHECK (applies IN ('applies', 'by_reference'))
)
 STRICT

;
INSERT INTO "alembic_version" ("version_num") VALUES ('0001');
INSERT INTO "assignment" ("case", "number", "unit", "unit_name", "role", "assigned_on", "received_on", "returned_on", "sent_back") VALUES ('XF2026-0001', 1, 'U01', '虚构单位U01', 'lead', '2026-03-02', '2026-03-02', NULL, '[]');
INSERT INTO "assignment" ("case", "number", "unit", "unit_name", "role", "assigned_on", "received_on", "returned_on", "sent_back") VALUES ('XF2026-0002', 1, 'U02', '虚构单位U02', 'lead', '2026-03-02', NULL, NULL, '[]');
INSERT INTO "attachment" ("case", "sha256", "name", "size") VALUES ('XF2026-0001', '45c616d21f7cf4d9ddf434dfe22474cc5d751319e452589c2763a355bf8aa2f7', '虚构信件.txt', 12);
INSERT INTO "calendar_day" ("layer", "day", "works", "name", "notice") VALUES ('closure', '2026-03-05', 0, '虚构停办', NULL);
INSERT INTO "calendar_day" ("layer", "day", "works", "name", "notice") VALUES ('closure', '2026-03-06', 0, '虚构停办', NULL);
INSERT INTO "calendar_day" ("layer", "day", "works", "name", "notice") VALUES ('notice', '2090-01-02', 0, '虚构节', '虚构通知');
INSERT INTO "calendar_day" ("layer", "day", "works", "name", "notice") VALUES ('notice', '2090-01-07', 1, '虚构节', '虚构通知');
INSERT INTO "calendar_year" ("year") VALUES (2090);
INSERT INTO "case" ("number", "id", "registered_on", "stage", "channel", "purpose", "category", "summary", "demand", "persons", "leapfrog", "joint", "anonymous", "first_responder", "petitioner", "superior", "repeats", "major", "leader_told_on", "accepted_on", "outcome", "replied_on", "note", "closed_on", "result") VALUES ('XF2026-0001', 4, '2026-03-02', 'in_hand', NULL, NULL, NULL, '虚构事项XF2026-0001', NULL, 1, 0, 0, 0, '首问员甲', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "case" ("number", "id", "registered_on", "stage", "channel", "purpose", "category", "summary", "demand", "persons", "leapfrog", "joint", "anonymous", "first_responder", "petitioner", "superior", "repeats", "major", "leader_told_on", "accepted_on", "outcome", "replied_on", "note", "closed_on", "result") VALUES ('XF2026-0002', 7, '2026-03-02', 'in_hand', NULL, NULL, NULL, '虚构事项XF2026-0002', NULL, 1, 0, 0, 0, '首问员甲', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "case" ("number", "id", "registered_on", "stage", "channel", "purpose", "category", "summary", "demand", "persons", "leapfrog", "joint", "anonymous", "first_responder", "petitioner", "superior", "repeats", "major", "leader_told_on", "accepted_on", "outcome", "replied_on", "note", "closed_on", "result") VALUES ('XF2026-0003', 9, '2026-03-02', 'registered', NULL, NULL, NULL, '虚构事项XF2026-0003', NULL, 1, 0, 0, 0, '首问员甲', '106cb7ae2b838f403615efcfe56d0a60', NULL, 'XF2026-0001', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "case_search" ("rowid", "words") VALUES (4, 'xf2026 0001 虚构 构事 事项 项 xf2026 0001 虚构 构单 单位 位 u01');
INSERT INTO "case_search" ("rowid", "words") VALUES (7, 'xf2026 0002 虚构 构事 事项 项 xf2026 0002 虚构 构单 单位 位 u02');
INSERT INTO "case_search" ("rowid", "words") VALUES (9, 'xf2026 0003 虚构 构事 事项 项 xf2026 0003');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (1, 'ledger', 'ledger.created', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"ledger_id":"d8d2be368aa34abb854ac1c450b530c0","program":"xfctl 0.1.0"}', '0000000000000000000000000000000000000000000000000000000000000000', '6fb68b5e4cbb5c8da0093082b143500e653a8f76b49415a516281f5e9c65f6b8');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (2, 'unit/U01', 'unit.added', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"code":"U01","name":"虚构单位U01"}', '6fb68b5e4cbb5c8da0093082b143500e653a8f76b49415a516281f5e9c65f6b8', 'c3036d1a36ba6fc7b6bbd761f1ff4d8775cfdf72643c9d7a275402932d16c92b');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (3, 'unit/U02', 'unit.added', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"code":"U02","name":"虚构单位U02"}', 'c3036d1a36ba6fc7b6bbd761f1ff4d8775cfdf72643c9d7a275402932d16c92b', '6fa36c897c6d62a68bbdbc6f5f86af06c4cbc09c4e5224e22467d7e5cb86f1e3');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (4, 'case/XF2026-0001', 'case.registered', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"first_responder":"首问员甲","number":"XF2026-0001","summary":"虚构事项XF2026-0001"}', '6fa36c897c6d62a68bbdbc6f5f86af06c4cbc09c4e5224e22467d7e5cb86f1e3', 'f7786a77f33d39585c64dc4b1fd4b91608a8a35d0d83d56b57a6b4fb5764c7de');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (5, 'case/XF2026-0001', 'case.assigned', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"assignment":1,"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0","clock":"feedback","due_on":"2026-03-11","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U01"}],"unit":"U01","unit_name":"虚构单位U01"}', 'f7786a77f33d39585c64dc4b1fd4b91608a8a35d0d83d56b57a6b4fb5764c7de', '5868f56ef9b8c53bf0a7d664e75e5321384d4c1943548664b5a6c463bbe9561b');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (6, 'case/XF2026-0001', 'case.received', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"assignment":1,"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0","clock":"feedback","due_on":"2026-03-11","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U01"}]}', '5868f56ef9b8c53bf0a7d664e75e5321384d4c1943548664b5a6c463bbe9561b', '4d759f87ffe7cf294a57ba57329addfa9f9ce19e978be02227710bd9cf2c2da0');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (7, 'case/XF2026-0002', 'case.registered', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"first_responder":"首问员甲","number":"XF2026-0002","summary":"虚构事项XF2026-0002"}', '4d759f87ffe7cf294a57ba57329addfa9f9ce19e978be02227710bd9cf2c2da0', '778821a96459e62a345111865e50c8e7601c18b03f7315f0e5eb6fd25775b3f9');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (8, 'case/XF2026-0002', 'case.assigned', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"assignment":1,"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0","clock":"feedback","due_on":"2026-03-11","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U02"}],"unit":"U02","unit_name":"虚构单位U02"}', '778821a96459e62a345111865e50c8e7601c18b03f7315f0e5eb6fd25775b3f9', '28ee142caa95a3c7bbc7817705bb5eec432042c01a4a3b819a03bf2637860679');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (9, 'case/XF2026-0003', 'case.registered', '2026-03-02', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"contactable":true,"first_responder":"首问员甲","number":"XF2026-0003","opens":[{"duty":{"article":"条例 22–23","calendar":"chinese-calendar 1.11.0","clock":"acceptance_notice","due_on":"2026-03-17","length":15,"started_on":"2026-03-02","unit":"days"},"key":"acceptance_notice","owed_by":"office"}],"petitioner":"106cb7ae2b838f403615efcfe56d0a60","summary":"虚构事项XF2026-0003"}', '28ee142caa95a3c7bbc7817705bb5eec432042c01a4a3b819a03bf2637860679', 'fac5000cb440bbb3d335d2e0e050b4f37d846356efc039772a63303d9e4d862e');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (10, 'calendar', 'calendar.notice_imported', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"annual":true,"days":[{"day":"2090-01-02","name":"虚构节","works":false},{"day":"2090-01-07","name":"虚构节","works":true}],"digest":"0000000000000000000000000000000000000000000000000000000000000000","title":"虚构通知","year":2090}', 'fac5000cb440bbb3d335d2e0e050b4f37d846356efc039772a63303d9e4d862e', 'b95a118663e7a5aed3130c6c8a550cf7bb647ebdb741d46520241c8dfbe18e35');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (11, 'calendar', 'calendar.closure_recorded', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"first":"2026-03-05","last":"2026-03-06","reason":"虚构停办"}', 'b95a118663e7a5aed3130c6c8a550cf7bb647ebdb741d46520241c8dfbe18e35', '0934ff4a6336fc1fdd95c9ea5f3ea9357ca3e23c88156d8b4585deac828a004c');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (12, 'case/XF2026-0001', 'case.due_date_changed', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0；本单位停办记录","clock":"feedback","due_on":"2026-03-13","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U01"}],"reason":"本单位停办 2026-03-05 至 2026-03-06：虚构停办"}', '0934ff4a6336fc1fdd95c9ea5f3ea9357ca3e23c88156d8b4585deac828a004c', 'a39c977379fbd422e4a23095a2fde727dbbe697600108bdd9c9f537718dd0d95');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (13, 'case/XF2026-0002', 'case.due_date_changed', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"opens":[{"duty":{"article":"细则 11(1)","calendar":"chinese-calendar 1.11.0；本单位停办记录","clock":"feedback","due_on":"2026-03-13","length":7,"started_on":"2026-03-02","unit":"working_days"},"key":"feedback/1","owed_by":"U02"}],"reason":"本单位停办 2026-03-05 至 2026-03-06：虚构停办"}', 'a39c977379fbd422e4a23095a2fde727dbbe697600108bdd9c9f537718dd0d95', '793ce00fc01a39c4efb33b5441d34195f5de041f5b2bdb71e504969e13b21cd1');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (14, 'case/XF2026-0003', 'case.linked', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"other":"XF2026-0001","relation":"repeats"}', '793ce00fc01a39c4efb33b5441d34195f5de041f5b2bdb71e504969e13b21cd1', 'c75e6ef81e912fe5caa88de0fa344e1395698190167e1b023dc893a4ffd32db5');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (15, 'rules', 'rules.parameter_set', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"effective":"2026-03-20","name":"reply","reason":"虚构规定","value":3}', 'c75e6ef81e912fe5caa88de0fa344e1395698190167e1b023dc893a4ffd32db5', 'e0e2d5fcf3555b1cbb86fde5834dca161880bb651b027df4ce4028f2166850cb');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (16, 'case/XF2026-0001', 'case.attached', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"name":"虚构信件.txt","sha256":"45c616d21f7cf4d9ddf434dfe22474cc5d751319e452589c2763a355bf8aa2f7","size":12}', 'e0e2d5fcf3555b1cbb86fde5834dca161880bb651b027df4ce4028f2166850cb', '6a7928077d5b2b5e033105ab7b0fb98e15cbd5a45163e45d19e79c4b13ec6c32');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (17, 'case/XF2026-0001', 'case.ground_found', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"evidence":"虚构依据","ground":"7","unit":"U01"}', '6a7928077d5b2b5e033105ab7b0fb98e15cbd5a45163e45d19e79c4b13ec6c32', 'deaee835d5e621cd349d13225f9997ceba3f784cd5823e234805c10c9d621bf9');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (18, 'supervision/DB2026-0001', 'supervision.opened', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"cases":["XF2026-0001"],"forms":["phone"],"grounds":["7"],"number":"DB2026-0001","opens":{"duty":{"article":"细则 10","calendar":"chinese-calendar 1.11.0","clock":"supervision_response","due_on":"2026-03-27","length":5,"started_on":"2026-03-20","unit":"working_days"},"key":"supervision_response/DB2026-0001","owed_by":"U01"},"reason":"虚构理由","tracker":"跟踪员甲","unit":"U01","unit_name":"虚构单位U01"}', 'deaee835d5e621cd349d13225f9997ceba3f784cd5823e234805c10c9d621bf9', 'b5f21c429375588adb3d72dabef5278db7492c189927acab3fe3a75f1b7e3286');
INSERT INTO "event" ("seq", "stream", "kind", "occurred_on", "recorded_at", "actor", "payload", "prev_hash", "hash") VALUES (19, 'inspection/DC2026-0001', 'inspection.opened', '2026-03-20', '2026-03-20T01:30:00.000000+00:00', '测试员', '{"lead":"牵头员甲","number":"DC2026-0001","subject":"policy","title":"虚构督查"}', 'b5f21c429375588adb3d72dabef5278db7492c189927acab3fe3a75f1b7e3286', '56a0ba899cf8fe555e937238850a6e10acf85a4b6aa500cdedbb4ce889edf96c');
INSERT INTO "ground" ("case", "key", "ground", "unit", "since", "until", "evidence") VALUES ('XF2026-0001', '1/1', '1', 'U01', '2026-03-14', NULL, '虚构单位U01书面反馈期限 2026-03-13');
INSERT INTO "ground" ("case", "key", "ground", "unit", "since", "until", "evidence") VALUES ('XF2026-0001', '7/found/17', '7', 'U01', '2026-03-20', NULL, '虚构依据');
INSERT INTO "ground" ("case", "key", "ground", "unit", "since", "until", "evidence") VALUES ('XF2026-0002', '1/1', '1', 'U02', '2026-03-14', NULL, '虚构单位U02书面反馈期限 2026-03-13');
INSERT INTO "identity" ("token", "name", "phone", "id_number", "address") VALUES ('106cb7ae2b838f403615efcfe56d0a60', '虚构人甲', '000-0000', NULL, NULL);
INSERT INTO "inspection" ("number", "opened_on", "subject", "title", "lead", "departments", "findings", "closed_on", "result", "scope") VALUES ('DC2026-0001', '2026-03-20', 'policy', '虚构督查', '牵头员甲', '[]', 0, NULL, NULL, NULL);
INSERT INTO "link" ("case", "other", "relation") VALUES ('XF2026-0003', 'XF2026-0001', 'repeats');
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('case/XF2026-0001', 'feedback/1', 'XF2026-0001', NULL, NULL, 'U01', 'feedback', '细则 11(1)', '2026-03-02', '2026-03-13', 7, 'working_days', 'chinese-calendar 1.11.0；本单位停办记录', 0, 0, NULL, 0);
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('case/XF2026-0002', 'feedback/1', 'XF2026-0002', NULL, NULL, 'U02', 'feedback', '细则 11(1)', '2026-03-02', '2026-03-13', 7, 'working_days', 'chinese-calendar 1.11.0；本单位停办记录', 0, 0, NULL, 0);
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('case/XF2026-0003', 'acceptance_notice', 'XF2026-0003', NULL, NULL, 'office', 'acceptance_notice', '条例 22–23', '2026-03-02', '2026-03-17', 15, 'days', 'chinese-calendar 1.11.0', 0, 0, NULL, 0);
INSERT INTO "obligation" ("stream", "key", "case", "summary", "handler", "owed_by", "clock", "article", "started_on", "due_on", "length", "unit", "calendar", "provisional", "reminder", "discharged_on", "lapsed") VALUES ('supervision/DB2026-0001', 'supervision_response/DB2026-0001', 'XF2026-0001', '督办 DB2026-0001', '跟踪员甲', 'U01', 'supervision_response', '细则 10', '2026-03-20', '2026-03-27', 5, 'working_days', 'chinese-calendar 1.11.0', 0, 0, NULL, 0);
INSERT INTO "parameter" ("position", "name", "value", "effective", "reason") VALUES (1, 'reply', 3, '2026-03-20', '虚构规定');
INSERT INTO "supervision" ("number", "opened_on", "unit", "unit_name", "grounds", "forms", "tracker", "joint", "actions", "responded_on", "closed_on", "result", "scope") VALUES ('DB2026-0001', '2026-03-20', 'U01', '虚构单位U01', '["7"]', '["phone"]', '跟踪员甲', '[]', 0, NULL, NULL, NULL, NULL);
INSERT INTO "supervision_case" ("supervision", "case") VALUES ('DB2026-0001', 'XF2026-0001');
INSERT INTO "unit" ("code", "name", "kind", "applies", "former_names", "headcount", "added_on") VALUES ('U01', '虚构单位U01', NULL, 'applies', '[]', NULL, '2026-03-02');
INSERT INTO "unit" ("code", "name", "kind", "applies", "former_names", "headcount", "added_on") VALUES ('U02', '虚构单位U02', NULL, 'applies', '[]', NULL, '2026-03-02');
CREATE INDEX ix_assignment_unit ON assignment (unit);
CREATE UNIQUE INDEX ix_case_id ON "case" (id);
CREATE INDEX ix_case_petitioner ON "case" (petitioner);
CREATE INDEX ix_case_registered_on ON "case" (registered_on);
CREATE INDEX ix_case_repeats ON "case" (repeats);
CREATE INDEX ix_event_stream ON event (stream, seq);
CREATE INDEX ix_ground_until ON ground (until, since);
CREATE INDEX ix_link_other ON link (other);
CREATE INDEX ix_obligation_case ON obligation ("case");
CREATE INDEX ix_obligation_discharged_on ON obligation (discharged_on, due_on);
CREATE INDEX ix_obligation_open ON obligation (due_on) WHERE discharged_on IS NULL;
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
PRAGMA user_version = 1;
