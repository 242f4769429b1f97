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
package io.github.camelpostal.sandbox;

import io.github.camelpostal.sandbox.internal.delivery.Agenda;
import io.github.camelpostal.sandbox.internal.delivery.ServerOffice;
import io.github.camelpostal.sandbox.internal.http.TrackingHost;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.TrackedLinks;
import io.github.camelpostal.sandbox.internal.webhook.Event;

/** Writes a visit down with its message and fires its event; one for a message that is gone is ignored (contract 3.2). */
final class Visiting implements TrackingHost.Visits {
    private final ServerOffice office;
    private final Agenda agenda;

    Visiting(ServerOffice office, Agenda agenda) {
        this.office = office;
        this.agenda = agenda;
    }

    @Override
    public void clicked(TrackedLinks.Link link, String ipAddress, String userAgent) {
        Message.Visit click = new Message.Visit(link.url(), ipAddress, userAgent, agenda.now());
        office.store().find(link.messageId()).ifPresent(message -> office.events().fire(
                Event.linkClicked(office.store().record(message.id(), click), click, link.token())));
    }

    @Override
    public void loaded(String messageToken, String ipAddress, String userAgent) {
        Message.Visit load = new Message.Visit(null, ipAddress, userAgent, agenda.now());
        office.store().findByToken(messageToken).ifPresent(message -> office.events().fire(
                Event.loaded(office.store().record(message.id(), load), load)));
    }
}
