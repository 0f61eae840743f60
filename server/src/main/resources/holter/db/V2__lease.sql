-- Who leads, on a server that several share. Times are the server's own, in milliseconds.
CREATE TABLE lease (
  name     VARCHAR(64) NOT NULL PRIMARY KEY,
  holder   VARCHAR(64) NOT NULL,
  epoch    BIGINT NOT NULL,
  until_ms BIGINT NOT NULL
);
