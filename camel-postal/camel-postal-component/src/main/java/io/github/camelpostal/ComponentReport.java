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

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.github.camelpostal.internal.client.CallCounters;
import io.github.camelpostal.internal.client.CallCounters.LastCall;
import io.github.camelpostal.internal.client.MailServer;
import io.github.camelpostal.internal.client.ShownUrl;
import io.github.camelpostal.internal.ledger.MailServerLedger;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link PostalDevConsole} shows of one component. Nothing in it is an address, a key, or an option that may hold one. */
final class ComponentReport {

    private static final Logger LOG = LoggerFactory.getLogger(ComponentReport.class);

    private final PostalComponent component;
    private final RunningParts running;

    ComponentReport(PostalComponent component) {
        this.component = component;
        this.running = component.running();
    }

    JsonObject as(String name) {
        JsonObject report = new JsonObject();
        report.put("name", name);
        report.put("mailServers", mailServers());
        report.put("producers", producers());
        report.put("consumers", consumers());
        report.put("unsubscribePages", pages());
        report.put("sendLedgers", array(component.sendLedgers().inUse().stream().map(ComponentReport::ledger)));
        report.put("suppressionLists", array(suppressionLists().stream().map(ComponentReport::suppressionList)));
        return report;
    }

    /** Those that have a name, and those that producers use without one. */
    private JsonArray mailServers() {
        Map<String, JsonObject> servers = new TreeMap<>();
        MailServers configured = new MailServers(component);
        for (String name : component.getServers().keySet()) {
            MailServers.Location location = configured.location(name);
            servers.put(name, mailServer(name, location.serverUrl(), location.hostHeader()));
        }
        for (PostalProducer producer : running.of(PostalProducer.class)) {
            producer.mailServer().ifPresent(server -> servers.computeIfAbsent(server.label(),
                    label -> mailServer(label, server.access().baseUrl().toString(), server.access().hostHeader())));
        }
        return array(servers.values().stream());
    }

    private JsonObject mailServer(String label, @Nullable String url, @Nullable String hostHeader) {
        JsonObject server = new JsonObject();
        server.put("name", label);
        server.put("url", ShownUrl.of(url).orElse(""));
        put(server, "hostHeader", hostHeader);
        component.callStatistics().last(label).ifPresent(last -> server.put("lastCall", lastCall(last)));
        JsonObject operations = new JsonObject();
        component.callStatistics().of(label).forEach((operation, calls) -> {
            if (calls.last().isPresent()) {
                operations.put(operation, happened(calls));
            }
        });
        server.put("calls", operations);
        return server;
    }

    private static JsonObject happened(CallCounters calls) {
        JsonObject counts = new JsonObject();
        calls.counts().forEach((outcome, count) -> {
            if (count > 0) {
                counts.put(outcome, count);
            }
        });
        return counts;
    }

    private static JsonObject lastCall(LastCall last) {
        JsonObject call = new JsonObject();
        call.put("at", last.at().toString());
        call.put("outcome", last.outcome().value());
        put(call, "code", last.code());
        return call;
    }

    /** Like ones once, with their number: a dynamic endpoint may make a thousand. */
    private JsonArray producers() {
        Map<JsonObject, Integer> like = new LinkedHashMap<>();
        for (PostalProducer producer : running.of(PostalProducer.class)) {
            PostalEndpoint endpoint = producer.getEndpoint();
            PostalConfiguration options = endpoint.getConfiguration();
            JsonObject shown = new JsonObject();
            shown.put("operation", endpoint.getOperation().toString());
            shown.put("mailServer", producer.mailServer().map(MailServer::label).orElse(""));
            shown.put("transport", word(options.getTransport()));
            shown.put("connection", producer.mailServer().map(server -> server.access().baseUrl().getScheme()).orElse(""));
            shown.put("proxy", options.getProxyHost() != null);
            shown.put("maxConnections", options.getMaxConnections());
            shown.put("sendLedger", options.getSendLedger() != null);
            shown.put("suppressionList", options.getSuppressionList() != null);
            shown.put("conversations", options.getConversationSecret() != null);
            like.merge(shown, 1, Integer::sum);
        }
        JsonArray producers = new JsonArray();
        like.forEach((shown, number) -> {
            shown.put("number", number);
            producers.add(shown);
        });
        return producers;
    }

    private JsonArray consumers() {
        return array(running.of(PostalConsumer.class).stream().map(ComponentReport::consumer));
    }

    private static JsonObject consumer(PostalConsumer consumer) {
        PostalConfiguration options = consumer.getEndpoint().getConfiguration();
        JsonObject shown = new JsonObject();
        shown.put("path", consumer.getPath());
        put(shown, "route", consumer.getRouteId());
        shown.put("status", consumer.getStatus().toString());
        put(shown, "mailServer", consumer.getEndpoint().getServer());
        shown.put("accept", word(options.getAccept()));
        shown.put("keys", options.getPublicKey() == null ? "fetched" : "pinned");
        shown.put("keyIds", array(consumer.getKeyIds().stream()));
        shown.put("inFlight", consumer.getInFlight());
        shown.put("maxInFlight", options.getMaxInFlight());
        shown.put("received", consumer.getReceived());
        shown.put("verified", consumer.getVerified());
        shown.put("completed", consumer.getCompleted());
        shown.put("duplicates", consumer.getDuplicates());
        shown.put("retriesRequested", consumer.getRetriesRequested());
        shown.put("rejected", consumer.getRejected());
        shown.put("lateResults", consumer.getLateResults());
        shown.put("keysNotStored", consumer.getKeysNotStored());
        shown.put("lastAgeSeconds", consumer.getLastAgeSeconds());
        JsonObject responses = new JsonObject();
        consumer.getResponses().forEach((response, count) -> {
            if (count > 0) {
                responses.put(response.toLowerCase(Locale.ROOT), count);
            }
        });
        shown.put("responses", responses);
        if (options.getConversationSecret() != null) {
            shown.put("conversations", conversations(consumer));
        }
        return shown;
    }

    private static JsonObject conversations(PostalConsumer consumer) {
        JsonObject tokens = new JsonObject();
        tokens.put("recognized", consumer.getConversationsRecognized());
        tokens.put("forged", consumer.getConversationTokensForged());
        tokens.put("expired", consumer.getConversationTokensExpired());
        tokens.put("unknownKey", consumer.getConversationTokensUnknownKey());
        tokens.put("usedBefore", consumer.getConversationTokensUsedBefore());
        return tokens;
    }

    private JsonArray pages() {
        return array(running.of(PostalUnsubscribeConsumer.class).stream().map(page -> {
            JsonObject shown = new JsonObject();
            shown.put("path", page.getPath());
            put(shown, "route", page.getRouteId());
            shown.put("left", page.getLeft());
            shown.put("invalidLinks", page.getInvalidLinks());
            shown.put("listAway", page.getListAway());
            return shown;
        }));
    }

    private static JsonObject ledger(MailServerLedger ledger) {
        JsonObject shown = new JsonObject();
        shown.put("mailServer", ledger.getMailServer());
        shown.put("ledger", ledger.getLedger());
        shown.put("openKeys", counted("ledger", ledger::getOpenKeys));
        JsonObject counts = new JsonObject();
        counts.putAll(ledger.getCounts());
        shown.put("counts", counts);
        return shown;
    }

    private Set<PostalSuppressionList> suppressionLists() {
        Set<PostalSuppressionList> lists = Collections.newSetFromMap(new IdentityHashMap<>());
        Stream.of(running.of(PostalProducer.class).stream().map(PostalProducer::getEndpoint),
                running.of(PostalConsumer.class).stream().map(PostalConsumer::getEndpoint),
                running.of(PostalUnsubscribeConsumer.class).stream().map(PostalUnsubscribeConsumer::getEndpoint))
                .flatMap(endpoints -> endpoints).map(endpoint -> endpoint.getConfiguration().getSuppressionList())
                .filter(list -> list != null).forEach(lists::add);
        return lists;
    }

    private static JsonObject suppressionList(PostalSuppressionList list) {
        JsonObject shown = new JsonObject();
        shown.put("list", list.getClass().getSimpleName());
        shown.put("entries", counted("suppression list", list::size));
        return shown;
    }

    /** As an option is written. */
    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A store that is away must not take the console with it: that is when somebody looks. */
    private static Object counted(String store, LongSupplier count) {
        try {
            return count.getAsLong();
        } catch (RuntimeException e) {
            LOG.debug("The {} cannot be counted", store, e);
            return "unavailable";
        }
    }

    private static void put(JsonObject object, String name, @Nullable Object value) {
        if (value != null) {
            object.put(name, value);
        }
    }

    private static JsonArray array(Stream<?> elements) {
        JsonArray array = new JsonArray();
        elements.forEach(array::add);
        return array;
    }
}
