/*
 * Copyright 2026 the camel-postal contributors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.github.camelpostal.internal.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;

import io.github.camelpostal.ledger.LedgerRow;
import io.github.camelpostal.ledger.MailServerMark;
import io.github.camelpostal.ledger.MessageMark;
import org.jspecify.annotations.Nullable;

/** The statements of the JDBC ledger, and how a row becomes parameters and a result becomes a row. */
public final class LedgerStatements {

    private static final String COLUMNS = "message_hash, state, owner_token, revision, changed_at, claimed_at, lease_end, "
            + "call_end, calls, own_message_id, mark_id, mark_token, mark_time, fingerprint, idempotency_key, mail_server, "
            + "message_id, recipients, suppressed, copies";
    private static final String THIS_REVISION = " WHERE key_hash = ? AND owner_token = ? AND revision = ?";

    public static final String INSERT_ROW = "INSERT INTO postal_send_ledger (" + COLUMNS
            + ", key_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    public static final String SELECT_ROW = "SELECT " + COLUMNS + " FROM postal_send_ledger WHERE key_hash = ?";
    /** Always one row, with or without that of the key, and the time. */
    public static final String SELECT_ROW_AND = "SELECT %s AS ledger_time, " + COLUMNS
            + " FROM (SELECT 1 AS one) always LEFT JOIN postal_send_ledger ON key_hash = ?";
    public static final String SELECT_BY_MESSAGE = "SELECT " + COLUMNS + " FROM postal_send_ledger WHERE message_hash = ?";
    public static final String UPDATE_ROW = "UPDATE postal_send_ledger SET " + COLUMNS.replace(",", " = ?,") + " = ?"
            + THIS_REVISION;
    public static final String DELETE_ROW = "DELETE FROM postal_send_ledger" + THIS_REVISION;
    public static final String EXPIRE_ROWS = "DELETE FROM postal_send_ledger WHERE state = ? AND changed_at < ?";

    public static final String COUNT_OPEN = "SELECT COUNT(*) FROM postal_send_ledger WHERE mail_server = ? AND state <> ?";

    private static final String MARK_COLUMNS = "revision, mark_id, mark_token, mark_time, mail_server, scan";

    public static final String SELECT_MARK = "SELECT " + MARK_COLUMNS + " FROM postal_send_mark WHERE server_hash = ?";
    public static final String INSERT_MARK = "INSERT INTO postal_send_mark (" + MARK_COLUMNS
            + ", server_hash) VALUES (?, ?, ?, ?, ?, ?, ?)";
    public static final String UPDATE_MARK = "UPDATE postal_send_mark SET " + MARK_COLUMNS.replace(",", " = ?,") + " = ?"
            + " WHERE server_hash = ? AND revision = ?";

    private LedgerStatements() {
    }

    /** Sets all columns of a row but its key's hash. Returns the index of the next parameter. */
    public static int setRow(PreparedStatement statement, LedgerRow row) throws SQLException {
        statement.setString(1, AsciiColumns.hash(row.mailServer(), row.messageId()));
        statement.setString(2, row.state().name());
        statement.setString(3, row.owner());
        statement.setLong(4, row.revision());
        statement.setLong(5, row.changed().toEpochMilli());
        statement.setLong(6, row.claimed().toEpochMilli());
        statement.setLong(7, row.leaseEnd().toEpochMilli());
        setTime(statement, 8, row.callEnd());
        statement.setInt(9, row.calls());
        statement.setInt(10, row.ownMessageId() ? 1 : 0);
        setMessageMark(statement, 11, row.mark());
        statement.setString(14, row.fingerprint());
        statement.setString(15, AsciiColumns.escape(row.key()));
        statement.setString(16, AsciiColumns.escape(row.mailServer()));
        statement.setString(17, AsciiColumns.escape(row.messageId()));
        statement.setString(18, AsciiColumns.addresses(row.recipients()));
        statement.setString(19, AsciiColumns.addresses(row.suppressed()));
        statement.setString(20, AsciiColumns.copies(row.copies()));
        return 21;
    }

    public static LedgerRow row(ResultSet result) throws SQLException {
        return new LedgerRow(AsciiColumns.unescape(result.getString("idempotency_key")),
                AsciiColumns.unescape(result.getString("mail_server")),
                result.getString("fingerprint"),
                AsciiColumns.unescape(result.getString("message_id")),
                result.getInt("own_message_id") != 0,
                AsciiColumns.addresses(result.getString("recipients")),
                AsciiColumns.addresses(result.getString("suppressed")),
                LedgerRow.State.valueOf(result.getString("state")),
                result.getString("owner_token"),
                result.getLong("revision"),
                Instant.ofEpochMilli(result.getLong("claimed_at")),
                Instant.ofEpochMilli(result.getLong("lease_end")),
                result.getInt("calls"),
                time(result, "call_end"),
                messageMark(result),
                AsciiColumns.copies(result.getString("copies")),
                Instant.ofEpochMilli(result.getLong("changed_at")));
    }

    /** Sets all columns of a mail server's entry but the server's hash. Returns the index of the next parameter. */
    public static int setMark(PreparedStatement statement, MailServerMark mark) throws SQLException {
        statement.setLong(1, mark.revision());
        setMessageMark(statement, 2, mark.mark());
        statement.setString(5, AsciiColumns.escape(mark.mailServer()));
        statement.setString(6, mark.scan());
        return 7;
    }

    public static MailServerMark mark(ResultSet result) throws SQLException {
        String scan = result.getString("scan");
        return new MailServerMark(AsciiColumns.unescape(result.getString("mail_server")), result.getLong("revision"),
                messageMark(result), scan == null ? "" : scan);
    }

    private static void setMessageMark(PreparedStatement statement, int index, @Nullable MessageMark mark)
            throws SQLException {
        if (mark == null) {
            statement.setNull(index, Types.BIGINT);
            statement.setNull(index + 1, Types.VARCHAR);
            statement.setNull(index + 2, Types.BIGINT);
        } else {
            statement.setLong(index, mark.id());
            statement.setString(index + 1, AsciiColumns.escape(mark.token()));
            statement.setLong(index + 2, mark.time().toEpochMilli());
        }
    }

    private static @Nullable MessageMark messageMark(ResultSet result) throws SQLException {
        long id = result.getLong("mark_id");
        Instant time = time(result, "mark_time");
        return time == null ? null : new MessageMark(id, AsciiColumns.unescape(result.getString("mark_token")), time);
    }

    private static void setTime(PreparedStatement statement, int index, @Nullable Instant time) throws SQLException {
        if (time == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, time.toEpochMilli());
        }
    }

    private static @Nullable Instant time(ResultSet result, String column) throws SQLException {
        long time = result.getLong(column);
        return result.wasNull() ? null : Instant.ofEpochMilli(time);
    }
}
