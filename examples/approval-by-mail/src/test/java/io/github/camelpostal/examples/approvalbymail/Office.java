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
package io.github.camelpostal.examples.approvalbymail;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A broker and a Postal that outlive the example, the people who answer, and those who wait for the results. */
final class Office implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(120);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final PostalSandbox postal = PostalSandbox.builder().domain("shop.example").start();
    final int webPort = LocalBroker.freePort();
    final Map<String, String> results = new LinkedHashMap<>();
    int repeatedResults;
    private final int brokerPort = LocalBroker.freePort();
    private final LocalBroker broker;
    private final Path folder;
    private final Connection connection;
    private final Session session;
    private final MessageConsumer consumer;

    Office(Path folder) throws JMSException {
        this.folder = folder;
        broker = LocalBroker.start(brokerPort, folder.resolve("broker"));
        URI here = URI.create("http://127.0.0.1:" + webPort);
        postal.routeTo("approvals@shop.example", here.resolve("/postal/mail"));
        postal.postEventsTo(here.resolve("/postal/events"));
        connection = new ActiveMQConnectionFactory("tcp://127.0.0.1:" + brokerPort).createConnection();
        connection.start();
        session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        consumer = session.createConsumer(session.createQueue("approval.results"));
    }

    /** How the example is told where it is. */
    Properties properties(String timeout) {
        Properties properties = new Properties();
        properties.putAll(Map.of("approval.broker", "tcp://127.0.0.1:" + brokerPort,
                "approval.database", "jdbc:h2:file:" + folder.toAbsolutePath().resolve("approvals") + ";WRITE_DELAY=0",
                "approval.timeout", timeout,
                "camel.component.postal.server-url", postal.url().toString(),
                "camel.component.postal.api-key", postal.apiKey(),
                "camel.server.host", "127.0.0.1",
                "camel.server.port", String.valueOf(webPort),
                "camel.main.shutdown-timeout", "5"));
        return properties;
    }

    void request(String id, String approver) throws JMSException {
        session.createProducer(session.createQueue("approval.requests")).send(session.createTextMessage("{\"id\":\"" + id
                + "\",\"approver\":\"" + approver + "\",\"question\":\"May " + id + " be shipped?\"}"));
    }

    /** Takes results until there are so many, or none comes for the time. */
    void collect(int wanted, Duration time) throws JMSException, IOException {
        while (results.size() < wanted) {
            Message message = consumer.receive(time.toMillis());
            if (message == null) {
                return;
            }
            Map<?, ?> result = new ObjectMapper().readValue(message.getBody(String.class), Map.class);
            if (results.put((String) result.get("request"), (String) result.get("result")) != null) {
                repeatedResults++;
            }
        }
    }

    StoredMail question(String approver) {
        return postal.awaitSentTo(approver, LONG);
    }

    StoredMail reply(StoredMail question, String text, String... fields) throws Exception {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return postal.receive(question.rcptTo(), question.mime().getReplyTo()[0].toString(),
                ("From: " + question.rcptTo() + "\r\nSubject: Re: " + question.subject() + "\r\n" + more + "\r\n" + text
                        + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** Fetches the link of a mail. */
    HttpResponse<String> open(StoredMail question, String method, String more) throws Exception {
        String text = question.mime().getContent().toString();
        URI link = URI.create(text.substring(text.indexOf("http")).lines().findFirst().orElseThrow().strip() + more);
        URI here = URI.create("http://127.0.0.1:" + webPort + link.getRawPath() + "?" + link.getRawQuery());
        return HTTP.send(
                HttpRequest.newBuilder(here).method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The page that a response leads to. */
    String follow(HttpResponse<String> response) throws Exception {
        URI page = response.uri().resolve(response.headers().firstValue("Location").orElseThrow());
        return HTTP.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws JMSException {
        connection.close();
        broker.close();
        postal.close();
    }
}
