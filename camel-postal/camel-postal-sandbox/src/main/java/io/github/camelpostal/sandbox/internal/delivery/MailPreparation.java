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
package io.github.camelpostal.sandbox.internal.delivery;

import io.github.camelpostal.sandbox.TrackDomain;
import io.github.camelpostal.sandbox.internal.format.Addresses;
import io.github.camelpostal.sandbox.internal.format.PostalMail;
import io.github.camelpostal.sandbox.internal.format.RawMail;
import io.github.camelpostal.sandbox.internal.format.TrackedMail;
import io.github.camelpostal.sandbox.internal.format.TrackedText;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.MessageStore;
import io.github.camelpostal.sandbox.internal.store.RandomText;
import io.github.camelpostal.sandbox.internal.store.TrackedLinks;
import io.github.camelpostal.sandbox.internal.webhook.DkimSigner;

/**
 * What Postal does to an outgoing mail once, before it first leaves (protocol 2.14, 3): tracked links, then the headers
 * {@code DKIM-Signature} and {@code X-Postal-MsgID}.
 */
final class MailPreparation {
    private final MailServer server;
    private final MessageStore store;
    private final DkimSigner dkim;
    private final Scheduler scheduler;
    private final RandomText texts;

    MailPreparation(MailServer server, MessageStore store, DkimSigner dkim, Scheduler scheduler, RandomText texts) {
        this.server = server;
        this.store = store;
        this.dkim = dkim;
        this.scheduler = scheduler;
        this.texts = texts;
    }

    /** The token is what a bounce is recognised by (protocol 4.1), and where it already stands nothing is done again. */
    Message of(Message message) {
        PostalMail mail = PostalMail.of(message.state().raw());
        if (mail.header("x-postal-msgid") != null) {
            return message;
        }
        byte[] tracked = tracked(message, mail);
        String added = dkim.headerLine(tracked, server.identity().returnPathDomain(), scheduler.now())
                + "X-Postal-MsgID: " + message.token() + "\r\n";
        return store.update(message.id(), state -> state.withRaw(RawMail.prepend(added, tracked)));
    }

    private byte[] tracked(Message message, PostalMail mail) {
        String from = mail.header("from");
        String sender = Addresses.domain(Addresses.bare(from == null ? "" : from));
        return server.trackDomain(sender)
                .map(domain -> TrackedMail.rewritten(message.state().raw(), tracking(message, domain)))
                .orElse(message.state().raw());
    }

    private TrackedText tracking(Message message, TrackDomain domain) {
        String token = server.identity().token();
        return new TrackedText(domain.trackClicks(),
                host -> !domain.excludedHosts().contains(host),
                url -> domain.url() + "/" + token + "/" + newLink(message, url),
                domain.trackLoads() ? domain.url() + "/img/" + token + "/" + message.token() : null);
    }

    private String newLink(Message message, String url) {
        TrackedLinks.Link link = new TrackedLinks.Link(texts.token(), message.id(), url);
        server.trackedLinks().add(link);
        return link.token();
    }
}
