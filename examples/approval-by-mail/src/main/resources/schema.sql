-- Requests that wait for an answer, and those that have one and are on their way to the results: Camel's aggregator keeps
-- both, in the form that its JdbcAggregationRepository lays down.
CREATE TABLE IF NOT EXISTS approval (id VARCHAR(255) PRIMARY KEY, exchange BLOB NOT NULL, version BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS approval_completed (id VARCHAR(255) PRIMARY KEY, exchange BLOB NOT NULL, version BIGINT NOT NULL);

-- The first answer to each request. Whoever comes second finds the row.
CREATE TABLE IF NOT EXISTS decision (
  request VARCHAR(255) PRIMARY KEY,
  result VARCHAR(20) NOT NULL,
  decided_by VARCHAR(320) NOT NULL,
  answer VARCHAR(100) NOT NULL
);
