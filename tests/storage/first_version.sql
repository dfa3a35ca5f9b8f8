BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'reader','m001_initial','2026-11-27 00:13:40.078486+00:00');
CREATE TABLE annotator (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        handle TEXT NOT NULL,
        name TEXT,
        kind TEXT NOT NULL CHECK (kind IN ('human', 'program')),
        created_at TEXT NOT NULL, updated_at TEXT NOT NULL, rev INTEGER NOT NULL, deleted_at TEXT
    ) STRICT
    ;
INSERT INTO "annotator" VALUES(1,'01a21a59-c370-7f91-bcae-414af82c9de3','ana',NULL,'human','2026-11-27T00:13:40.080Z','2026-11-27T00:13:40.080Z',1,NULL);
CREATE TABLE article (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        title TEXT, byline TEXT, outlet TEXT, url TEXT, published_at TEXT, language TEXT,
        archived_at TEXT,
        created_at TEXT NOT NULL, updated_at TEXT NOT NULL, rev INTEGER NOT NULL, deleted_at TEXT
    ) STRICT
    ;
INSERT INTO "article" VALUES(1,'532f29df-d3d2-58c7-afb8-32abf6b4b300',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-27T00:13:40.081Z','2026-11-27T00:13:40.081Z',1,NULL);
CREATE TABLE article_version (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        article_uid TEXT NOT NULL REFERENCES article(uid) DEFERRABLE INITIALLY DEFERRED,
        sha256 TEXT NOT NULL,
        origin TEXT NOT NULL,
        media_type TEXT NOT NULL,
        extractor TEXT NOT NULL,
        captured_at TEXT NOT NULL,
        characters INTEGER NOT NULL,
        raw_bytes INTEGER NOT NULL,
        warnings TEXT NOT NULL DEFAULT '[]',
        blocks BLOB NOT NULL,
        text TEXT NOT NULL,
        raw BLOB NOT NULL
    ) STRICT
    ;
INSERT INTO "article_version" VALUES(1,'905c03ef-5393-5584-bd2b-0dfd35b2cebf','532f29df-d3d2-58c7-afb8-32abf6b4b300','b3603886c35043878d948f15aff1f502f0f0e3b3b0328e508baf323f69a48cd0','/x.txt','text/plain','plain/1','2026-11-27T00:13:40.081Z',77,77,'[]',X'01000000000000004D0000000200','The first one. A second one follows. Then a third, which is longer than both.',X'789C15C8D109C0200C05C055DE00253BB8830B588D4D20246004D76FFB7957853175E54638130A927BF8F8851966719250851D0D5B748D0B47B40B3461E10FAFAF9BE38E2DF402119B1AE0');
CREATE TABLE block (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        version_uid TEXT NOT NULL REFERENCES article_version(uid),
        start INTEGER NOT NULL,
        role TEXT NOT NULL,
        created_at TEXT NOT NULL, updated_at TEXT NOT NULL, rev INTEGER NOT NULL, deleted_at TEXT
    ) STRICT
    ;
CREATE TABLE codebook (
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        title TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        source TEXT NOT NULL,
        PRIMARY KEY (id, version)
    ) STRICT
    ;
INSERT INTO "codebook" VALUES('credibility-7',1,'Credibility in seven','1c6474771612d388a15c972baf3e62a8237c89de42f7f431ee419eeb8b957c5d','# The default codebook. The colours keep at least 5.4:1 against black text and stay apart for
# readers with deutan, protan and tritan vision.

format = "reader-codebook/1"
id = "credibility-7"
version = 1
title = "Credibility in seven"
lang = "en"
about = """
How far would you rely on the proposition itself, on the evidence you have seen so far? Not whether \
somebody said it: that a ministry called a report fake can be certain while the report is true. \
Judge what is claimed, and change the tag when you see more."""

[[facet]]
id = "credibility"
title = "How far would you rely on it?"
applies_to = ["statement"]
select = "one"
scale = "ordinal"

  [[facet.tag]]
  code = "corroborated"
  label = "corroborated"
  key = "1"
  symbol = "✓"
  ascii = "Y"
  color = "#56B4E9"
  rank = 2
  definition = "You looked at evidence that does not go back to this source, and it agrees. A second outlet repeating the first is not independent."
  requires = ["evidence"]

  [[facet.tag]]
  code = "plausible"
  label = "plausible"
  key = "2"
  symbol = "+"
  ascii = "+"
  color = "#009E73"
  rank = 1
  definition = "It fits what is known and whoever says it was in a position to know, but you have seen nothing independent."

  [[facet.tag]]
  code = "contested"
  label = "contested"
  key = "3"
  symbol = "⇄"
  ascii = "="
  color = "#CC79A7"
  rank = 0
  definition = "Informed parties assert things that cannot both be true, and the evidence seen so far does not decide between them. Not for what nobody has looked into: that is unverified."
  requires = ["relation"]

  [[facet.tag]]
  code = "doubtful"
  label = "doubtful"
  key = "4"
  symbol = "!"
  ascii = "!"
  color = "#E69F00"
  rank = -1
  definition = "Strained, self-serving or at odds with other material, though not shown to be wrong. Say in the note what speaks against it."
  requires = ["note"]

  [[facet.tag]]
  code = "refuted"
  label = "refuted"
  key = "5"
  symbol = "✗"
  ascii = "X"
  color = "#D55E00"
  rank = -2
  definition = "You looked at evidence, and it shows the proposition to be wrong. Somebody''s denial alone does not refute."
  requires = ["evidence"]

  [[facet.tag]]
  code = "unverified"
  label = "unverified"
  key = "6"
  symbol = "?"
  ascii = "?"
  color = "#F0E442"
  definition = "It could be checked and has not been, or what was found says nothing either way. Off the scale: this is not a middle value."

  [[facet.tag]]
  code = "not-checkable"
  label = "not checkable"
  key = "0"
  symbol = "∅"
  ascii = "-"
  color = "#FFFFFF"
  definition = "Opinion, wish, private state of mind, or too vague to be right or wrong. Off the scale: no evidence could settle it."
');
CREATE TABLE draft (
        annotator_uid TEXT NOT NULL,
        version_uid TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        text TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        PRIMARY KEY (annotator_uid, version_uid, start, "end")
    ) STRICT
    ;
CREATE TABLE highlight (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        version_uid TEXT NOT NULL REFERENCES article_version(uid),
        annotator_uid TEXT NOT NULL REFERENCES annotator(uid),
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        extra_spans TEXT NOT NULL DEFAULT '[]',
        exact TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        note TEXT,
        flag INTEGER NOT NULL DEFAULT 0,
        implicit INTEGER NOT NULL DEFAULT 0,
        origin TEXT NOT NULL DEFAULT 'manual',
        created_at TEXT NOT NULL, updated_at TEXT NOT NULL, rev INTEGER NOT NULL, deleted_at TEXT,
        CHECK (0 <= start AND start < "end")
    ) STRICT
    ;
INSERT INTO "highlight" VALUES(1,'01a21a59-c374-7aa1-882d-2fb31ac71d0b','905c03ef-5393-5584-bd2b-0dfd35b2cebf','01a21a59-c370-7f91-bcae-414af82c9de3',0,14,'[]','The first one.','',' A second one follows. Then a th',NULL,0,1,'manual','2026-11-27T00:13:40.084Z','2026-11-27T00:13:40.084Z',2,NULL);
CREATE TABLE judgement (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        highlight_uid TEXT NOT NULL REFERENCES highlight(uid),
        codebook TEXT NOT NULL,
        facet TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        code TEXT NOT NULL,
        confidence TEXT CHECK (confidence IN ('low', 'moderate', 'high')),
        likelihood INTEGER CHECK (likelihood BETWEEN 0 AND 100),
        reason TEXT,
        created_at TEXT NOT NULL, updated_at TEXT NOT NULL, rev INTEGER NOT NULL, deleted_at TEXT,
        FOREIGN KEY (codebook, codebook_version, facet, code)
            REFERENCES tag(codebook, codebook_version, facet, code)
    ) STRICT
    ;
INSERT INTO "judgement" VALUES(1,'120e77d6-5cae-533d-90c7-411bde4130f4','01a21a59-c374-7aa1-882d-2fb31ac71d0b','credibility-7','credibility',1,'corroborated',NULL,NULL,NULL,'2026-11-27T00:13:40.084Z','2026-11-27T00:13:40.084Z',1,NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "meta" VALUES('library_uid','01a21a59-c36e-789a-a602-648e0905a180');
INSERT INTO "meta" VALUES('device_uid','01a21a59-c36e-7af2-a7c6-57b3c5bed892');
CREATE TABLE op (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE,
        group_uid TEXT NOT NULL,
        article_uid TEXT,
        clock TEXT NOT NULL,
        actor TEXT NOT NULL,
        device TEXT NOT NULL,
        kind TEXT NOT NULL,
        summary TEXT NOT NULL,
        entity TEXT NOT NULL,
        entity_uid TEXT NOT NULL,
        patch TEXT NOT NULL CHECK (json_valid(patch)),
        before TEXT CHECK (before IS NULL OR json_valid(before)),
        undoes TEXT,
        schema INTEGER NOT NULL
    ) STRICT
    ;
INSERT INTO "op" VALUES(1,'01a21a59-c370-7d8e-b0e9-07ef60ef0c56','01a21a59-c370-7a66-90f1-74f6fa80aa30',NULL,'001795738420080-00000-01a21a59-c36e-7af2-a7c6-57b3c5bed892','01a21a59-c370-7f91-bcae-414af82c9de3','01a21a59-c36e-7af2-a7c6-57b3c5bed892','annotator','ana','annotator','01a21a59-c370-7f91-bcae-414af82c9de3','{"handle":"ana","kind":"human","name":null}',NULL,NULL,1);
INSERT INTO "op" VALUES(2,'01a21a59-c371-7739-aa79-42a44f45115a','01a21a59-c371-7474-a314-000d42814ff1','532f29df-d3d2-58c7-afb8-32abf6b4b300','001795738420081-00000-01a21a59-c36e-7af2-a7c6-57b3c5bed892','01a21a59-c370-7f91-bcae-414af82c9de3','01a21a59-c36e-7af2-a7c6-57b3c5bed892','capture','captured','article','532f29df-d3d2-58c7-afb8-32abf6b4b300','{"archived_at":null,"byline":null,"language":null,"outlet":null,"published_at":null,"title":null,"url":null}',NULL,NULL,1);
INSERT INTO "op" VALUES(3,'01a21a59-c374-74cc-9273-fedb24dcc53e','01a21a59-c374-76a2-bb31-e227fd6b8288','532f29df-d3d2-58c7-afb8-32abf6b4b300','001795738420084-00000-01a21a59-c36e-7af2-a7c6-57b3c5bed892','01a21a59-c370-7f91-bcae-414af82c9de3','01a21a59-c36e-7af2-a7c6-57b3c5bed892','tag','✓ corroborated','highlight','01a21a59-c374-7aa1-882d-2fb31ac71d0b','{"annotator_uid":"01a21a59-c370-7f91-bcae-414af82c9de3","end":14,"exact":"The first one.","extra_spans":[],"flag":false,"implicit":true,"note":null,"origin":"manual","prefix":"","start":0,"suffix":" A second one follows. Then a th","version_uid":"905c03ef-5393-5584-bd2b-0dfd35b2cebf"}',NULL,NULL,1);
INSERT INTO "op" VALUES(4,'01a21a59-c374-7307-aa30-655f2627a8bf','01a21a59-c374-76a2-bb31-e227fd6b8288','532f29df-d3d2-58c7-afb8-32abf6b4b300','001795738420084-00001-01a21a59-c36e-7af2-a7c6-57b3c5bed892','01a21a59-c370-7f91-bcae-414af82c9de3','01a21a59-c36e-7af2-a7c6-57b3c5bed892','tag','✓ corroborated','judgement','120e77d6-5cae-533d-90c7-411bde4130f4','{"codebook":"credibility-7","facet":"credibility","highlight_uid":"01a21a59-c374-7aa1-882d-2fb31ac71d0b","value":{"code":"corroborated","codebook_version":1,"confidence":null,"likelihood":null,"reason":null}}',NULL,NULL,1);
CREATE TABLE reading (
        article_uid TEXT NOT NULL,
        annotator_uid TEXT NOT NULL,
        offset INTEGER NOT NULL,
        furthest INTEGER NOT NULL,
        ms_spent INTEGER NOT NULL,
        last_at TEXT NOT NULL,
        PRIMARY KEY (article_uid, annotator_uid)
    ) STRICT
    ;
CREATE TABLE tag (
        codebook TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        facet TEXT NOT NULL,
        code TEXT NOT NULL,
        position INTEGER NOT NULL,
        label TEXT NOT NULL,
        definition TEXT NOT NULL,
        symbol TEXT NOT NULL,
        color TEXT NOT NULL,
        rank REAL,
        requires TEXT NOT NULL,
        PRIMARY KEY (codebook, codebook_version, facet, code),
        FOREIGN KEY (codebook, codebook_version) REFERENCES codebook(id, version)
    ) STRICT
    ;
INSERT INTO "tag" VALUES('credibility-7',1,'credibility','corroborated',0,'corroborated','You looked at evidence that does not go back to this source, and it agrees. A second outlet repeating the first is not independent.','✓','#56B4E9',2.0,'["evidence"]');
INSERT INTO "tag" VALUES('credibility-7',1,'credibility','plausible',1,'plausible','It fits what is known and whoever says it was in a position to know, but you have seen nothing independent.','+','#009E73',1.0,'[]');
INSERT INTO "tag" VALUES('credibility-7',1,'credibility','contested',2,'contested','Informed parties assert things that cannot both be true, and the evidence seen so far does not decide between them. Not for what nobody has looked into: that is unverified.','⇄','#CC79A7',0.0,'["relation"]');
INSERT INTO "tag" VALUES('credibility-7',1,'credibility','doubtful',3,'doubtful','Strained, self-serving or at odds with other material, though not shown to be wrong. Say in the note what speaks against it.','!','#E69F00',-1.0,'["note"]');
INSERT INTO "tag" VALUES('credibility-7',1,'credibility','refuted',4,'refuted','You looked at evidence, and it shows the proposition to be wrong. Somebody''s denial alone does not refute.','✗','#D55E00',-2.0,'["evidence"]');
INSERT INTO "tag" VALUES('credibility-7',1,'credibility','unverified',5,'unverified','It could be checked and has not been, or what was found says nothing either way. Off the scale: this is not a middle value.','?','#F0E442',NULL,'[]');
INSERT INTO "tag" VALUES('credibility-7',1,'credibility','not-checkable',6,'not checkable','Opinion, wish, private state of mind, or too vague to be right or wrong. Off the scale: no evidence could settle it.','∅','#FFFFFF',NULL,'[]');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX article_version_article ON article_version(article_uid);
CREATE INDEX article_version_sha256 ON article_version(sha256);
CREATE INDEX article_version_origin ON article_version(origin);
CREATE TRIGGER article_version_frozen BEFORE UPDATE ON article_version
    BEGIN SELECT raise(ABORT, 'a captured version never changes'); END;
CREATE TRIGGER codebook_frozen BEFORE UPDATE ON codebook
    BEGIN SELECT raise(ABORT, 'a used codebook version never changes'); END;
CREATE INDEX block_version ON block(version_uid);
CREATE INDEX highlight_place ON highlight(version_uid, start, "end", uid);
CREATE INDEX judgement_highlight ON judgement(highlight_uid);
CREATE INDEX op_clock ON op(clock);
CREATE INDEX op_scope ON op(article_uid, actor, clock);
CREATE INDEX op_entity ON op(entity_uid, clock);
CREATE INDEX op_group ON op(group_uid);
CREATE TRIGGER op_no_update BEFORE UPDATE ON op
    BEGIN SELECT raise(ABORT, 'the log only grows'); END;
CREATE TRIGGER op_no_delete BEFORE DELETE ON op
    BEGIN SELECT raise(ABORT, 'the log only grows'); END;
CREATE VIEW highlights AS
    SELECT
        article.title AS article_title, article.outlet AS article_outlet,
        article.published_at AS article_published, article.url AS article_url,
        highlight.start AS start, highlight."end" AS "end", highlight.exact AS text,
        judgement.codebook AS codebook, judgement.codebook_version AS codebook_version,
        judgement.facet AS facet, judgement.code AS tag, tag.label AS tag_label,
        tag.rank AS tag_rank, judgement.confidence AS confidence,
        judgement.likelihood AS likelihood_pct, judgement.reason AS reason,
        highlight.note AS note, highlight.flag AS flag, annotator.handle AS annotator,
        highlight.created_at AS created_at, highlight.updated_at AS updated_at,
        highlight.origin AS origin, highlight.rev AS revision, article.uid AS article_id,
        article_version.sha256 AS article_sha256, highlight.uid AS highlight_id
    FROM highlight
    JOIN article_version ON article_version.uid = highlight.version_uid
    JOIN article ON article.uid = article_version.article_uid
    JOIN annotator ON annotator.uid = highlight.annotator_uid
    LEFT JOIN judgement
        ON judgement.highlight_uid = highlight.uid AND judgement.deleted_at IS NULL
    LEFT JOIN tag ON tag.codebook = judgement.codebook
        AND tag.codebook_version = judgement.codebook_version
        AND tag.facet = judgement.facet AND tag.code = judgement.code
    WHERE highlight.deleted_at IS NULL;
CREATE VIEW articles AS
    SELECT
        article.title AS title, article.byline AS byline, article.outlet AS outlet,
        article.published_at AS published, article.url AS url, article.language AS language,
        article.created_at AS added_at, article.archived_at AS archived_at,
        article_version.characters AS characters, article_version.origin AS origin,
        article_version.sha256 AS sha256,
        (SELECT count(*) FROM highlight WHERE highlight.version_uid = article_version.uid
            AND highlight.deleted_at IS NULL) AS highlights,
        article.uid AS article_id
    FROM article
    JOIN article_version ON article_version.article_uid = article.uid
    WHERE article.deleted_at IS NULL;
COMMIT;
