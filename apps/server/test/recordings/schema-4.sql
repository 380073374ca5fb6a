-- A database of schema 4, as the release before settings left it: the dump of a real file. Never change it.
PRAGMA foreign_keys = OFF;
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA application_id = 1348563564;
PRAGMA user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE aging (
    room INTEGER PRIMARY KEY REFERENCES room (key),
    oldest INTEGER NOT NULL
  ) STRICT;
INSERT INTO "aging" VALUES(1,1800000000000);
CREATE TABLE damage (
    room INTEGER NOT NULL REFERENCES room (key),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE entry (
     room INTEGER NOT NULL REFERENCES room (key),
     seq INTEGER NOT NULL,
     id TEXT NOT NULL,
     author TEXT NOT NULL,
     name TEXT NOT NULL,
     at INTEGER NOT NULL,
     kind TEXT NOT NULL,
     payload TEXT NOT NULL, crc INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (room, seq)
   ) STRICT, WITHOUT ROWID;
INSERT INTO "entry" VALUES(1,1,'m1','ann-1','Ann',1800000000000,'chat','{"message":"1"}',3358361112);
INSERT INTO "entry" VALUES(1,2,'m2','ann-1','Ann',1800000000000,'chat','{"message":"2"}',11133824);
INSERT INTO "entry" VALUES(1,3,'m3','ann-1','Ann',1800000000000,'chat','{"message":"3"}',4059708727);
INSERT INTO "entry" VALUES(1,4,'d1','ann-1','Ann',1800000000000,'deleted','{"target":"m1","targetSeq":1}',3678599938);
CREATE TABLE fresh (
     n INTEGER PRIMARY KEY,
     room INTEGER NOT NULL REFERENCES room (key),
     seq INTEGER NOT NULL,
     id TEXT NOT NULL,
     author TEXT NOT NULL,
     name TEXT NOT NULL,
     at INTEGER NOT NULL,
     kind TEXT NOT NULL,
     payload TEXT NOT NULL
   , crc INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "fresh" VALUES(5,1,5,'m5','ann-1','Ann',1800000000000,'chat','{"message":"5"}',3145855046);
INSERT INTO "fresh" VALUES(6,1,6,'d2','ann-1','Ann',1800000000000,'deleted','{"target":"m2","targetSeq":2}',3253933599);
CREATE TABLE log (epoch TEXT NOT NULL, newest INTEGER NOT NULL DEFAULT 0, generation TEXT NOT NULL DEFAULT '', file_generation TEXT NOT NULL DEFAULT '', born TEXT NOT NULL DEFAULT '', is_backup INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "log" VALUES('b7b192cc-253b-4dfd-8518-b3c18058e0e2',4,'bd8f909e-b827-4ff5-b3c0-e676525334a8','3c32d9d1-88c2-47ef-99d3-11906c7af7db','1795901510048350146',0);
CREATE TABLE room (
     key INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     epoch TEXT NOT NULL,
     head INTEGER NOT NULL,
     first INTEGER NOT NULL
   , crc INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "room" VALUES(1,'lobby','b7b192cc-253b-4dfd-8518-b3c18058e0e2',4,1,1826898405);
CREATE TABLE shelf (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    until INTEGER NOT NULL,
    crc INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX entry_by_id ON entry (room, id, author);
CREATE INDEX aging_by_age ON aging (oldest);
CREATE INDEX shelf_by_until ON shelf (until);
COMMIT;
