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
package io.github.camelpostal.sandbox.internal.page;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that the page may see and do. Values come as they are, secrets in URLs and headers included: what may be shown is decided
 * in this room.
 */
public interface Mailbox {

    /** At least one; in an order that does not change. */
    List<Server> servers();

    /** Newest first; as it is now. */
    Stream<Row> rows(String server);

    Optional<Letter> letter(String server, long id);

    /** Where mail and events of this server go. */
    Setup setup(String server);

    /** What was posted, about messages and otherwise; newest first. */
    Stream<Post> posts(String server);

    /**
     * Mail from outside arrives, for whichever mail server has a route for it.
     *
     * @param mailFrom null for the null sender
     * @throws RefusedException when no route takes it
     */
    Place receive(String mailFrom, String rcptTo, byte[] rfc5322) throws RefusedException;

    /** Somebody follows a link of this message. */
    void press(String server, long id, String url) throws RefusedException;

    /** Somebody opens this message. */
    void open(String server, long id) throws RefusedException;

    /** What {@link Letter#acts()} offers; refused when it is no longer possible. */
    void act(String server, long id, Act act) throws RefusedException;

    /** Differs from every earlier value when anything that the page shows has changed. */
    long version();

    /** Waits until {@link #version()} is another than the one seen, or the time is over. */
    long awaitChange(long seen, Duration timeout);

    /** @param key stands in URLs: letters, digits, hyphens */
    record Server(String key, String name) {
    }

    /** Where a message is. */
    record Place(String server, long id) {
    }

    /**
     * A message in a list. All texts may be null, except the status.
     *
     * @param status Postal's word
     */
    record Row(long id, boolean incoming, String from, String to, String subject, String tag, String messageId, String status,
            Instant at, long size, int opens, int clicks) {
    }

    /**
     * A message and its history, oldest first.
     *
     * @param raw         the mail with what Postal has added so far
     * @param nextAttempt null when none is planned, or when it is not known
     * @param holdExpiry  null unless held
     * @param acts        what can be done with it now
     */
    record Letter(Row row, String token, byte[] raw, List<Step> steps, List<Visit> visits, List<Post> posts,
            Instant nextAttempt,
            Instant holdExpiry, Set<Act> acts) {
    }

    /**
     * One delivery row.
     *
     * @param details      null without
     * @param output       null without
     * @param transmission null when nothing was transmitted
     */
    record Step(String status, Instant at, String details, String output, Transmission transmission) {
    }

    /** That something went over a wire. */
    record Transmission(boolean tls, String logId, double seconds) {
    }

    /** @param url the link; null when the mail was opened */
    record Visit(String url, String ipAddress, String userAgent, Instant at) {
    }

    /**
     * One HTTP post.
     *
     * @param event  null for inbound mail
     * @param mailId 0 when it is about none
     * @param status 0 when there was no answer
     * @param answer the answer's body, or why there was none
     */
    record Post(String event, long mailId, URI url, int attempt, Map<String, String> headers, byte[] body, int status,
            String answer, Instant at) {
    }

    /**
     * What is configured.
     *
     * @param smtp host and port where mail is taken; null when it is not
     */
    record Setup(List<String> domains, List<Mapping> routes, List<URI> webhooks, String smtp, boolean suspended) {
    }

    /**
     * Where mail for some addresses goes.
     *
     * @param target null when the mail is not posted
     * @param form   in words
     */
    record Mapping(String pattern, URI target, String form) {
    }

    /** What a person may do with a message. */
    enum Act {
        RELEASE("release", "Release"), CANCEL_HOLD("cancel-hold", "Cancel hold"), RETRY("retry", "Retry now"), AGAIN("again",
                "Deliver again");

        private final String path;
        private final String label;

        Act(String path, String label) {
            this.path = path;
            this.label = label;
        }

        String path() {
            return path;
        }

        String label() {
            return label;
        }
    }

    /** Cannot be done; the text is for the person who asked. */
    final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        public RefusedException(String message) {
            super(message);
        }
    }
}
