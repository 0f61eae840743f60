-- One dialect for SQLite and PostgreSQL: no autoincrement, no upsert-less tricks, times are milliseconds.
CREATE TABLE meta (
  name  VARCHAR(64) NOT NULL PRIMARY KEY,
  value VARCHAR(255) NOT NULL
);
CREATE TABLE roster (
  instance VARCHAR(200) NOT NULL PRIMARY KEY,
  body     TEXT NOT NULL
);
CREATE TABLE incident (
  id           VARCHAR(64) NOT NULL PRIMARY KEY,
  opened_at_ms BIGINT NOT NULL,
  closed_at_ms BIGINT NOT NULL,
  body         TEXT NOT NULL
);
CREATE INDEX incident_closed ON incident (closed_at_ms);
CREATE TABLE audit (
  n       BIGINT NOT NULL PRIMARY KEY,
  at_ms   BIGINT NOT NULL,
  subject VARCHAR(200) NOT NULL,
  rule    VARCHAR(16) NOT NULL,
  body    TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, n);
CREATE TABLE route (
  dtu               VARCHAR(200) NOT NULL PRIMARY KEY,
  instance          VARCHAR(200) NOT NULL,
  incarnation       BIGINT NOT NULL,
  address           VARCHAR(255) NOT NULL,
  state             VARCHAR(8) NOT NULL,
  session_epoch     BIGINT NOT NULL,
  route_epoch       BIGINT NOT NULL,
  seq               BIGINT NOT NULL,
  announced_wall_ms BIGINT NOT NULL,
  owned_since_ms    BIGINT NOT NULL,
  via               VARCHAR(8) NOT NULL
);
