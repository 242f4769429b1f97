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
package io.github.camelpostal.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.benchmarks.Contest.Call;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * Three ways to send a text mail of 2 kB, all with up to {@value #CONNECTIONS} pooled connections: the component, a route that
 * one would write by hand, and the bare HTTP client with a body made before.
 */
public final class Senders implements AutoCloseable {

    static final int CONNECTIONS = 16;

    static final String KEY = "benchmarkbenchmarkbench1";
    static final String FROM = "sales@acme.example";
    static final String TO = "jane@rcpt.test";
    static final String SUBJECT = "Your order 4711 has been shipped";
    static final String TEXT = "Your order has been shipped and is on its way to you.\n".repeat(38);

    private final StubPostalServer postal = new StubPostalServer();
    private final CloseableHttpClient client = bareClient();
    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final byte[] ready = new ObjectMapper().writeValueAsBytes(document(TEXT));

    public Senders() throws Exception {
        camel.addRoutes(routes());
        camel.start();
        template = camel.createProducerTemplate();
    }

    /** The component: checks the mail, sends it, understands the response. */
    public void component() {
        SendResult result = template.requestBody("direct:component", TEXT, SendResult.class);
        require(result.recipients().get(TO).id() > 4711);
    }

    /** By hand: a map to JSON, camel-http, JSON to a map. */
    public void byHand() {
        Map<?, ?> response = template.requestBody("direct:by-hand", TEXT, Map.class);
        require("success".equals(response.get("status")));
    }

    /** The bare client: bytes there, bytes back. */
    public void bare() throws Exception {
        HttpPost post = new HttpPost(postal.url() + "/api/v1/send/message");
        post.setHeader("X-Server-API-Key", KEY);
        post.setHeader("Accept", "application/json");
        post.setEntity(new ByteArrayEntity(ready, ContentType.APPLICATION_JSON));
        require(client.execute(post, response -> EntityUtils.toByteArray(response.getEntity())).length > 100);
    }

    Contest contest() {
        return new Contest().add("bare client", () -> this::bare).add("by hand", () -> this::byHand)
                .add("`postal:send`", () -> (Call) this::component);
    }

    @Override
    public void close() throws Exception {
        camel.close();
        client.close();
        postal.close();
    }

    private RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:component").to("postal:send?serverUrl=" + postal.url() + "&apiKey=" + KEY + "&maxConnections="
                        + CONNECTIONS + "&from=" + FROM + "&to=" + TO + "&subject=RAW(" + SUBJECT + ")");
                from("direct:by-hand").process(exchange -> exchange.getMessage().setBody(
                        document(exchange.getMessage().getBody(String.class))))
                        .marshal().json()
                        .setHeader("X-Server-API-Key", constant(KEY))
                        .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                        .to(postal.url() + "/api/v1/send/message?httpMethod=POST&maxTotalConnections=" + CONNECTIONS
                                + "&connectionsPerRoute=" + CONNECTIONS)
                        .unmarshal().json();
            }
        };
    }

    private static Map<String, Object> document(String text) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("from", FROM);
        document.put("to", List.of(TO));
        document.put("subject", SUBJECT);
        document.put("plain_body", text);
        return document;
    }

    private static CloseableHttpClient bareClient() {
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager();
        connections.setMaxTotal(CONNECTIONS);
        connections.setDefaultMaxPerRoute(CONNECTIONS);
        return HttpClients.custom().setConnectionManager(connections).disableAutomaticRetries().disableRedirectHandling()
                .disableCookieManagement().build();
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new IllegalStateException("The response is another than expected");
        }
    }

    static int sizeOfText() {
        return TEXT.getBytes(StandardCharsets.UTF_8).length;
    }
}
