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

import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.sandbox.internal.page.Mailbox.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One request to a receiver and its response, for people.
 *
 * @param key      tells it from the others of the same page
 * @param css      {@code good} or {@code bad}
 * @param outcome  the status, or that there was no response
 * @param about    the message's page; null where that is clear or there is none
 */
record ExchangeView(String key, String what, String url, int attempt, String outcome, String css, String response,
        List<MailContent.Line> headers, String body, String size, TimeLabel at, @Nullable String about, long mailId) {

    static ExchangeView of(Exchange post, int number, @Nullable String about, Clock clock) {
        boolean responded = post.status() > 0;
        String type = post.headers().entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .map(Map.Entry::getValue).findFirst().orElse(null);
        return new ExchangeView("post-" + number, post.event() == null ? "Mail" : post.event(), ExchangeText.url(post.url()),
                post.attempt(), responded ? "HTTP " + post.status() : "no response", post.status() / 100 == 2 ? "good" : "bad",
                ExchangeText.response(post.response()), ExchangeText.headers(post.headers()),
                ExchangeText.body(post.body(), type),
                MessageList.number(post.body().length), TimeLabel.of(post.at(), clock), about, post.mailId());
    }
}
