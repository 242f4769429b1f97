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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.internal.page.Mailbox.Exchange;
import io.github.camelpostal.sandbox.internal.page.Mailbox.Setup;
import org.jspecify.annotations.Nullable;

/**
 * How this mail server is reached, where its events and mail go, and what was sent there.
 *
 * @param url   of the API
 * @param posts the newest ones
 * @param all   whether these are all there are to see
 */
record SetupView(Layout frame, String url, @Nullable String smtp, boolean suspended, List<String> domains, String sender,
        String apiKey,
        String server, String recipient,
        List<RouteView> routes, List<String> webhooks, List<ExchangeView> posts, boolean quiet, boolean all) {
    private static final int FEW = 8;
    private static final int MANY = 200;

    /** @param target null if the mail goes nowhere */
    record RouteView(String pattern, @Nullable String target, String form) {
    }

    static SetupView of(Layout frame, String host, Setup setup, Stream<Exchange> posts, boolean many, Clock clock) {
        List<Exchange> newest = posts.limit(many ? MANY : FEW).toList();
        List<ExchangeView> shown = new ArrayList<>();
        newest.forEach(post -> shown.add(ExchangeView.of(post, shown.size(),
                post.mailId() == 0 ? null : frame.base() + "/messages/" + post.mailId() + "/deliveries", clock)));
        return new SetupView(frame, "http://" + host, setup.smtp(), setup.suspended(), setup.domains(),
                "shop@" + (setup.domains().isEmpty() ? "example.com" : setup.domains().get(0)),
                shellWord(setup.apiKey() == null ? "NO-API-KEY" : setup.apiKey()),
                frame.base().substring(Page.PREFIX.length() + 1),
                setup.routes().stream().map(Mailbox.Mapping::pattern).filter(pattern -> pattern.contains("@")).findFirst()
                        .map(pattern -> pattern.replace("*@", "anyone@")).orElse("support@example.com"),
                setup.routes().stream().map(route -> new RouteView(route.pattern(), url(route.target()), route.form()))
                        .toList(),
                setup.webhooks().stream().map(ExchangeText::url).toList(), shown, shown.isEmpty(),
                newest.size() < (many ? MANY : FEW));
    }

    /** As it may stand between single quotes in a shell. */
    private static String shellWord(String text) {
        return text.replace("'", "'\\''");
    }

    private static @Nullable String url(@Nullable URI target) {
        return target == null ? null : ExchangeText.url(target);
    }
}
