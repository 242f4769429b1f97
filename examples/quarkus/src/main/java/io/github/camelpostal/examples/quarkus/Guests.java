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
package io.github.camelpostal.examples.quarkus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import org.apache.camel.Header;

/** The list of guests, in memory; a database takes its place. An event can come before the send that it is about has returned. */
@Singleton
public class Guests {

    private final Map<String, Guest> byAddress = new TreeMap<>();

    /** Postal has queued the invitation. */
    public synchronized void invited(SendResult result) {
        result.recipients().keySet().forEach(address -> byAddress.computeIfAbsent(address,
                guest -> new Guest(guest, "queued", null, 0)));
    }

    /** What became of an invitation. */
    public synchronized void event(@Header("CamelPostalRcptTo") String address, @Header("CamelPostalOutcome") String outcome) {
        byAddress.put(address, of(address).withInvitation(outcome));
    }

    /** What a guest has written. */
    public synchronized void replied(@Header("CamelPostalMailFrom") String address, InboundMail mail) {
        long bytes = mail.attachments().stream().mapToLong(InboundAttachment::size).sum();
        byAddress.put(address, of(address).withReply(mail.plainBody(), bytes));
    }

    /** By address. */
    public synchronized List<Guest> list() {
        return List.copyOf(byAddress.values());
    }

    private Guest of(String address) {
        return byAddress.getOrDefault(address, new Guest(address, null, null, 0));
    }
}
