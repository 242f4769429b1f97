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

import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.camelpostal.sandbox.internal.store.ChangeNotifier;

/**
 * The requests that were sent to webhooks and endpoints, oldest first, as they are at one moment: a list that can be narrowed,
 * asked, and waited for.
 *
 * <pre>{@code
 * sandbox.webhookRequests().events("MessageBounced").about(mail).accepted().await()
 * }</pre>
 */
public final class WebhookRequests extends QueryResult<WebhookRequest, WebhookRequests> {
    WebhookRequests(ChangeNotifier changes, Supplier<List<WebhookRequest>> source) {
        this(changes, source, "webhook requests", any -> true);
    }

    private WebhookRequests(ChangeNotifier changes, Supplier<List<WebhookRequest>> source, String wanted,
            Predicate<WebhookRequest> fits) {
        super(changes, source, wanted, fits);
    }

    /** Events, whatever their name. */
    public WebhookRequests events() {
        return narrowed("of events", request -> !request.isMail());
    }

    /** Events of this name. */
    public WebhookRequests events(String name) {
        return narrowed("of " + name, request -> request.isEvent(name));
    }

    /** Inbound mail. */
    public WebhookRequests mail() {
        return narrowed("of inbound mail", WebhookRequest::isMail);
    }

    /** About this message: the mail itself, and its events. */
    public WebhookRequests about(StoredMail mail) {
        return about(mail.id());
    }

    /** About the message with this id. */
    public WebhookRequests about(long id) {
        return narrowed("about message " + id, request -> request.mailId() == id);
    }

    /** To exactly this URL. */
    public WebhookRequests to(URI url) {
        return narrowed("to " + url.getHost() + ":" + url.getPort() + url.getPath(), request -> request.url().equals(url));
    }

    /** Those whose response was a success. */
    public WebhookRequests accepted() {
        return narrowed("that were accepted", WebhookRequest::isAccepted);
    }

    /** Those whose response was something else, or that got none. */
    public WebhookRequests refused() {
        return narrowed("that were not accepted", request -> !request.isAccepted());
    }

    /**
     * Those that fit.
     *
     * @param description for a failure message: "with an attachment"
     */
    public WebhookRequests where(String description, Predicate<WebhookRequest> fits) {
        return narrowed(description, fits);
    }

    @Override
    WebhookRequests of(ChangeNotifier changes, Supplier<List<WebhookRequest>> source, String wanted,
            Predicate<WebhookRequest> fits) {
        return new WebhookRequests(changes, source, wanted, fits);
    }

    @Override
    String name(WebhookRequest request) {
        return request.toString();
    }
}
