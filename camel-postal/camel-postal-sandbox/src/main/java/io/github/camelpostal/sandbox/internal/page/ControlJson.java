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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.sandbox.Route;
import io.github.camelpostal.sandbox.internal.store.Delivery;
import io.github.camelpostal.sandbox.internal.store.MailServer;
import io.github.camelpostal.sandbox.internal.store.Message;
import io.github.camelpostal.sandbox.internal.store.VerifiedDomain;
import io.github.camelpostal.sandbox.internal.webhook.PostalExchange;
import org.jspecify.annotations.Nullable;

/** What the control API shows: messages, webhook requests and mail servers as JSON. */
final class ControlJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 10_000;

    private ControlJson() {
    }

    static ObjectNode server(MailServer server) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", server.permalink());
        json.put("organization", server.identity().organization());
        json.put("apiKey", server.key(MailServer.Credential.Type.API).orElse(null));
        json.put("smtpKey", server.key(MailServer.Credential.Type.SMTP).orElse(null));
        json.put("returnPath", server.identity().returnPath());
        json.put("suspended", server.isSuspended());
        ArrayNode domains = json.putArray("domains");
        server.domains().stream().map(VerifiedDomain::name).sorted().forEach(domains::add);
        ArrayNode routes = json.putArray("routes");
        server.routes().stream().map(Route::pattern).forEach(routes::add);
        ArrayNode webhooks = json.putArray("webhooks");
        server.webhooks().forEach(webhook -> webhooks.add(ExchangeText.url(webhook.url())));
        return json;
    }

    /** Newest first, as the page searches for them, and by exact fields. */
    static ObjectNode messages(Stream<Message> newestFirst, PageRequest request) throws ControlApi.ProblemException {
        PageSearch search = PageSearch.of(request);
        List<Message> fitting = newestFirst.filter(message -> search.words().test(Mailbox.row(message))
                && is(request.query("direction"), message.direction().text())
                && is(request.query("to"), message.arrival().rcptTo())
                && is(request.query("from"), message.arrival().mailFrom())
                && is(request.query("subject"), message.arrival().subject())
                && is(request.query("tag"), message.state().tag())
                && is(request.query("messageId"), message.arrival().messageId())
                && is(request.query("status"), message.status().text())).toList();
        ObjectNode json = JSON.createObjectNode().put("total", fitting.size());
        ArrayNode messages = json.putArray("messages");
        page(fitting, request).forEach(message -> messages.add(summary(message)));
        return json;
    }

    private static boolean is(String wanted, @Nullable String value) {
        return wanted.isEmpty() || wanted.equalsIgnoreCase(value);
    }

    private static <T> List<T> page(List<T> all, PageRequest request) throws ControlApi.ProblemException {
        int from = Math.min(number(request, "offset", 0), all.size());
        int limit = Math.min(number(request, "limit", USUAL_LIMIT), HIGHEST_LIMIT);
        return all.subList(from, Math.min(all.size(), from + limit));
    }

    private static int number(PageRequest request, String name, int otherwise) throws ControlApi.ProblemException {
        String text = request.query(name);
        if (!text.matches("\\d{0,9}")) {
            throw new ControlApi.ProblemException(400, name + " is a number");
        }
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    private static ObjectNode summary(Message message) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", message.id());
        json.put("token", message.token());
        json.put("direction", message.direction().text());
        json.put("status", message.status().text());
        json.put("from", message.arrival().mailFrom());
        json.put("to", message.arrival().rcptTo());
        json.put("subject", message.arrival().subject());
        json.put("messageId", message.arrival().messageId());
        json.put("tag", message.state().tag());
        json.put("timestamp", message.timestamp().toString());
        json.put("size", message.size());
        return json;
    }

    static ObjectNode whole(Message message) {
        ObjectNode json = summary(message);
        MailContent content = MailContent.of(message.state().raw());
        json.put("text", content.text());
        json.put("html", content.html());
        ArrayNode headers = json.putArray("headers");
        content.headers().forEach(line -> headers.addObject().put("name", line.name()).put("value", line.value()));
        ArrayNode attachments = json.putArray("attachments");
        content.files().forEach(file -> attachments.addObject().put("name", file.name()).put("type", file.type())
                .put("size", file.data().length).put("data", file.data()));
        ArrayNode links = json.putArray("links");
        content.links().forEach(links::add);
        ArrayNode deliveries = json.putArray("deliveries");
        message.state().deliveries().forEach(delivery -> deliveries.add(delivery(delivery)));
        return json;
    }

    private static ObjectNode delivery(Delivery delivery) {
        return JSON.createObjectNode().put("status", delivery.attempt().status().text())
                .put("details", ExchangeText.withoutCredentialsOrNone(delivery.attempt().details()))
                .put("output", ExchangeText.withoutCredentialsOrNone(delivery.attempt().output()))
                .put("timestamp", delivery.timestamp().toString());
    }

    /** Newest first. */
    static ObjectNode exchanges(List<PostalExchange> oldestFirst, PageRequest request) throws ControlApi.ProblemException {
        List<PostalExchange> fitting = new ArrayList<>();
        for (PostalExchange exchange : oldestFirst) {
            String event = exchange.request().event() == null ? "mail" : exchange.request().event();
            if (is(request.query("event"), event)
                    && is(request.query("messageId"), Long.toString(exchange.request().mailId()))) {
                fitting.add(0, exchange);
            }
        }
        ObjectNode json = JSON.createObjectNode().put("total", fitting.size());
        ArrayNode requests = json.putArray("webhookRequests");
        page(fitting, request).forEach(exchange -> requests.add(exchange(exchange)));
        return json;
    }

    private static ObjectNode exchange(PostalExchange exchange) {
        ObjectNode json = JSON.createObjectNode();
        json.put("event", exchange.request().event());
        json.put("messageId", exchange.request().mailId());
        json.put("url", ExchangeText.url(exchange.request().url()));
        json.put("attempt", exchange.request().attempt());
        ObjectNode headers = json.putObject("headers");
        ExchangeText.headers(exchange.headers()).forEach(line -> headers.put(line.name(), line.value()));
        json.put("body", new String(exchange.request().body(), StandardCharsets.UTF_8));
        boolean responded = exchange.result() instanceof PostalExchange.Response;
        json.put("status", responded ? ((PostalExchange.Response) exchange.result()).status() : null);
        json.put("response", exchange.result() instanceof PostalExchange.Failure failure
                ? failure.message()
                : new String(((PostalExchange.Response) exchange.result()).body(), StandardCharsets.UTF_8));
        json.put("timestamp", exchange.at().toString());
        return json;
    }
}
