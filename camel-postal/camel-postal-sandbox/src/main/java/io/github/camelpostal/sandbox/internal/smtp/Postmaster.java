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
package io.github.camelpostal.sandbox.internal.smtp;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What the SMTP server has to be told: who may send, where an address leads to, and who takes the mail. */
public interface Postmaster {
    /** What the SMTP server calls itself. */
    String hostname();

    /** Whose credential of type SMTP has this key. */
    Optional<Account> account(String key);

    /** The credentials of type SMTP of one mail server; none when there is no such server. */
    List<Account> accounts(String organization, String server);

    /** Whose credential of type SMTP-IP fits this client best. */
    Optional<Account> account(InetAddress client);

    /**
     * Where mail from outside to this address goes.
     *
     * @param rcptTo has a domain
     */
    Destination destination(String rcptTo);

    /** How many bytes the {@code Received} line has that the mail will get, its end included. */
    int lengthOfReceived(Envelope envelope, Optional<Account> sender);

    /** Takes mail from outside; its {@code Received} line is still to be added. */
    void receive(Envelope envelope, String rcptTo, byte[] mail);

    /** A mail server, seen through one of its credentials. */
    interface Account {
        /** For CRAM-MD5. */
        String key();

        /** {@code organization/server}. */
        String server();

        boolean isSuspended();

        /** Whether it is in privacy mode: the {@code Received} line does not tell who has sent. */
        boolean hidesItsClients();

        /** Whether the From, or where that is allowed the Sender, is one of the server's (contract 2.6). */
        boolean maySend(byte[] mail);

        /** Takes outgoing mail; its {@code Received} line is still to be added. */
        void send(Envelope envelope, String rcptTo, byte[] mail);
    }

    /**
     * Where an address leads to.
     *
     * @param suspended whether its mail server is
     * @param rejecting whether its route is of mode Reject
     */
    record Destination(Kind kind, boolean suspended, boolean rejecting) {
        public static Destination of(Kind kind) {
            return new Destination(kind, false, false);
        }
    }

    /** How an address is understood (contract 7). */
    enum Kind {
        /** A server's return path, where bounces come to. */
        RETURN_PATH,
        /** The return-path domain, but no server's token. */
        UNKNOWN_SERVER_TOKEN,
        /** The token of a route, at the domain for that. */
        ROUTE_TOKEN,
        /** That domain, but no route's token. */
        UNKNOWN_ROUTE_TOKEN,
        /** The address of a route. */
        ROUTE,
        /** Somewhere outside. */
        ELSEWHERE
    }
}
