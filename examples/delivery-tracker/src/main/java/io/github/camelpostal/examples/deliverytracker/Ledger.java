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
package io.github.camelpostal.examples.deliverytracker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.Delivery;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.payload.BounceEvent;
import io.github.camelpostal.payload.DeliveryEvent;
import io.github.camelpostal.payload.FailureReason;
import io.github.camelpostal.payload.LinkClickedEvent;
import io.github.camelpostal.payload.MessageEvent;
import io.github.camelpostal.payload.MessageInfo;
import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** Writes down what Postal tells as parameters of the statements in {@code sql/}. Knows what counts as newer, not the database. */
final class Ledger {

    /** Exchange property: the row of a message about which Postal is asked. */
    static final String ASKED = "asked";

    private final TrackerClock clock;
    private final CheckSchedule schedule;
    private final PostalSuppressionList suppressions;

    Ledger(TrackerClock clock, CheckSchedule schedule, PostalSuppressionList suppressions) {
        this.clock = clock;
        this.schedule = schedule;
        this.suppressions = suppressions;
    }

    /** The state that an event tells. */
    Map<String, Object> ofEvent(@Body MessageEvent event, @Header(PostalConstants.REASON) String reason,
            @Header(PostalConstants.REASON_SIDE) String side) {
        Map<String, Object> row = ofMessage(event.message());
        putState(row, State.of(event.outcome()), timeOf(event), "event");
        row.put("reason", reason);
        row.put("side", side);
        return row;
    }

    /** A click or an opening. */
    Map<String, Object> ofActivity(@Body MessageEvent event) {
        Map<String, Object> row = ofMessage(event.message());
        row.put("uuid", event.uuid());
        row.put("kind", event.outcome().value());
        row.put("at", TrackerClock.sql(event.timestamp()));
        row.put("url", event instanceof LinkClickedEvent click ? cut(click.url()) : null);
        putCheck(row, State.ACCEPTED);
        return row;
    }

    /** What the send's result says of each recipient. */
    List<Map<String, Object>> ofSend(@Body SendResult result, @ExchangeProperty(SendRoutes.OUTBOX_ID) Long outboxId,
            @Header(PostalConstants.TAG) String tag) {
        List<Map<String, Object>> rows = new ArrayList<>();
        result.recipients().forEach((address, copy) -> {
            Map<String, Object> row = row(copy.id(), copy.token(), address, result.messageId(), tag);
            row.put("outbox_id", outboxId);
            putCheck(row, State.ACCEPTED);
            rows.add(row);
        });
        return rows;
    }

    /** The newest state in Postal's history of a message; empty when that says nothing. */
    Optional<Map<String, Object>> ofHistory(List<Delivery> history, Map<String, Object> asked) {
        return history.stream().filter(delivery -> State.ofStatus(delivery.status()).isPresent())
                .max(Comparator.comparing(Delivery::timestamp).thenComparing(Ledger::stateOf))
                .map(newest -> {
                    Map<String, Object> row = row(((Number) asked.get("id")).longValue(), (String) asked.get("token"),
                            (String) asked.get("rcpt_to"), (String) asked.get("message_id"), (String) asked.get("tag"));
                    putState(row, stateOf(newest), newest.timestamp(), "reconcile");
                    Optional<FailureReason> reason = stateOf(newest) == State.BOUNCED ? Optional.empty() : newest.reason();
                    row.put("reason", reason.map(why -> why.category().text()).orElse(null));
                    row.put("side", reason.map(why -> why.side().text()).orElse(null));
                    tellSuppressions(row, newest);
                    return row;
                });
    }

    /** What the component tells the list of an event, which was lost. */
    private void tellSuppressions(Map<String, Object> row, Delivery newest) {
        if (row.get("rcpt_to") instanceof String address && row.get("token") instanceof String token) {
            if (stateOf(newest) == State.DELIVERED) {
                suppressions.record(new RecipientEvent.Delivery(address, token, newest.timestamp()));
            } else if (stateOf(newest) == State.FAILED) {
                newest.reason().ifPresent(reason -> suppressions.record(new RecipientEvent.Failure(address, token,
                        newest.timestamp(), reason.category(), reason.permanent(), true)));
            }
        }
    }

    private static State stateOf(Delivery delivery) {
        return State.ofStatus(delivery.status()).orElseThrow();
    }

    /**
     * The time of the attempt, which Postal's history shows too, so that both can be compared. A bounce event has only the
     * time of the event, which some databases cut to seconds (protocol 5.1): then the arrival of the bounce is nearer to the
     * truth, and after the delivery that it takes back.
     */
    private static Instant timeOf(MessageEvent event) {
        if (event instanceof DeliveryEvent delivery) {
            return delivery.attempted();
        }
        if (event instanceof BounceEvent bounce && bounce.bounce().timestamp().isAfter(bounce.timestamp())) {
            return bounce.bounce().timestamp();
        }
        return event.timestamp();
    }

    private void putState(Map<String, Object> row, State state, Instant at, String learnedFrom) {
        row.put("state", state.value());
        row.put("state_rank", state.rank());
        row.put("state_at", TrackerClock.sql(at));
        row.put("learned_from", learnedFrom);
        putCheck(row, state);
    }

    private void putCheck(Map<String, Object> row, State state) {
        row.put("now", clock.now());
        row.put("check_at", schedule.until(state, 0).map(clock::in).orElse(null));
    }

    private Map<String, Object> ofMessage(MessageInfo message) {
        return row(message.id(), message.token(), message.to(), message.messageId(),
                message.tag());
    }

    private Map<String, Object> row(long id, String token, String rcptTo, String messageId, String tag) {
        Map<String, Object> row = new HashMap<>();
        row.put("id", id);
        row.put("token", token);
        row.put("rcpt_to", rcptTo);
        row.put("message_id", messageId);
        row.put("tag", tag);
        return row;
    }

    private static String cut(String url) {
        return url.substring(0, Math.min(url.length(), 2000));
    }
}
