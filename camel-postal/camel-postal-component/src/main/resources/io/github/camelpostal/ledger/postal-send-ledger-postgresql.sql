-- Copyright 2026 the camel-postal contributors
--
-- Licensed under the Apache License, Version 2.0 (the "License");
-- you may not use this file except in compliance with the License.
-- You may obtain a copy of the License at
--
--     https://www.apache.org/licenses/LICENSE-2.0
--
-- Unless required by applicable law or agreed to in writing, software
-- distributed under the License is distributed on an "AS IS" BASIS,
-- WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
-- See the License for the specific language governing permissions and
-- limitations under the License.

-- Texts are ASCII, with everything else escaped; times are milliseconds since 1970 by the clock of this database.
CREATE TABLE IF NOT EXISTS postal_send_ledger (
  key_hash        VARCHAR(64)   NOT NULL PRIMARY KEY,
  message_hash    VARCHAR(64)   NOT NULL,
  state           VARCHAR(16)   NOT NULL,
  owner_token     VARCHAR(64)   NOT NULL,
  revision        BIGINT        NOT NULL,
  changed_at      BIGINT        NOT NULL,
  claimed_at      BIGINT        NOT NULL,
  lease_end       BIGINT        NOT NULL,
  call_end        BIGINT,
  calls           INTEGER       NOT NULL,
  own_message_id  SMALLINT      NOT NULL,
  mark_id         BIGINT,
  mark_token      VARCHAR(255),
  mark_time       BIGINT,
  fingerprint     VARCHAR(100)  NOT NULL,
  idempotency_key TEXT          NOT NULL,
  mail_server     TEXT          NOT NULL,
  message_id      TEXT          NOT NULL,
  recipients      TEXT          NOT NULL,
  suppressed      TEXT,
  copies          TEXT
);

CREATE INDEX IF NOT EXISTS postal_send_ledger_message ON postal_send_ledger (message_hash);

CREATE INDEX IF NOT EXISTS postal_send_ledger_expiry ON postal_send_ledger (state, changed_at);

CREATE TABLE IF NOT EXISTS postal_send_mark (
  server_hash     VARCHAR(64)   NOT NULL PRIMARY KEY,
  revision        BIGINT        NOT NULL,
  mark_id         BIGINT,
  mark_token      VARCHAR(255),
  mark_time       BIGINT,
  mail_server     TEXT          NOT NULL,
  scan            VARCHAR(1000)
);
