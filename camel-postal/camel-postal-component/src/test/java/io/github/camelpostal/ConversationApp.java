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
package io.github.camelpostal;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.sandbox.HttpEndpoint;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;

/** An application that sends mails with conversations, and receives replies and events, with its Postal. */
final class ConversationApp implements AutoCloseable {

    static final String SECRET = "a:the secret of this test which is long enough";
    static final String ROUTE = "approvals@example.com";
    static final Duration LONG = Duration.ofSeconds(60);

    final PostalSandbox postal = PostalSandbox.start();
    private final CamelApp app = CamelApp.create();
    private final List<Exchange> routed = new CopyOnWriteArrayList<>();

    ConversationApp(HttpEndpoint.Format format, Consumer<PostalConfiguration> options, Processor work) throws Exception {
        PostalConfiguration configuration = app.context().getComponent("postal", PostalComponent.class).getConfiguration();
        app.sendTo(postal);
        configuration.setFrom("shop@example.com");
        configuration.setSubject("Do you approve?");
        configuration.setConversationSecret(SECRET);
        configuration.setReplyAddress(ROUTE);
        options.accept(configuration);
        app.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook").routeId("webhook").process(exchange -> routed.add(exchange.copy())).process(work);
            }
        });
        app.context().start();
        URI here = URI.create("http://127.0.0.1:" + app.port() + "/postal");
        postal.routeTo("*@example.com", HttpEndpoint.of(here).withFormat(format));
        postal.postEventsTo(here);
    }

    ConversationApp() throws Exception {
        this(HttpEndpoint.Format.HASH, options -> {
        }, exchange -> {
        });
    }

    /** Sends with headers given as name, value, name, value, and returns how the exchange ended. */
    Exchange send(String uri, Object body, Object... headers) {
        return app.context().createProducerTemplate().send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getMessage().setHeader((String) headers[i], headers[i + 1]);
            }
        });
    }

    /** Asks somebody a question that belongs to a conversation. */
    StoredMail ask(String conversation, String recipients) {
        return askEach(conversation, recipients).get(0);
    }

    /** The same; returns the copy of each recipient. */
    List<StoredMail> askEach(String conversation, String recipients) {
        Exchange sent = send("postal:send", "Please reply yes or no.", PostalConstants.TO, recipients,
                PostalConstants.CONVERSATION, conversation);
        if (sent.getException() != null) {
            throw new AssertionError(sent.getException());
        }
        SendResult result = sent.getMessage().getBody(SendResult.class);
        return result.recipients().values().stream().map(copy -> postal.message(copy.id()).orElseThrow()).toList();
    }

    /** What the route was given for a mail that arrived, when it has been. */
    Exchange routed(StoredMail arrived) {
        return Awaitility.await().pollDelay(Duration.ZERO).atMost(LONG).until(
                () -> mails().stream().filter(exchange -> id(exchange) == arrived.id()).reduce((first, last) -> last),
                java.util.Optional::isPresent).get();
    }

    List<Exchange> mails() {
        return routed.stream().filter(exchange -> "mail".equals(exchange.getMessage().getHeader(PostalConstants.KIND)))
                .toList();
    }

    List<Exchange> events(StoredMail about) {
        return routed.stream().filter(exchange -> "event".equals(exchange.getMessage().getHeader(PostalConstants.KIND)))
                .filter(exchange -> id(exchange) == about.id()).toList();
    }

    PostalConsumer consumer() {
        return (PostalConsumer) app.context().getRoute("webhook").getConsumer();
    }

    private static long id(Exchange exchange) {
        return exchange.getMessage().getHeader(PostalConstants.ID, Long.class);
    }

    @Override
    public void close() {
        app.close();
        postal.close();
    }
}
