-- The latest restart order of each instance, kept before it is sent: who leads next must not order it a second time.
CREATE TABLE ordered (
  instance VARCHAR(200) NOT NULL PRIMARY KEY,
  at_ms    BIGINT NOT NULL,
  body     TEXT NOT NULL
);
