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

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.dev.SandboxDemo;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.ObjectHelper;

/**
 * Starts a broker where none is configured. Where neither broker nor Postal is, asks five people and plays what they do: real
 * requests never go to a sandbox.
 */
public final class Demo extends SandboxDemo implements AutoCloseable {

    private static final String BROKER = "approval.broker";
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private LocalBroker broker;

    public static void main(String[] args) throws Exception {
        int exitCode = run(new Properties(), args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Runs until stopped; with {@code --exit}, until the demo is over: 0, or 1 if something did not arrive. */
    static int run(Properties overrides, String... args) throws Exception {
        try (Demo demo = new Demo()) {
            return demo.run(ApprovalByMail.main(overrides), args);
        }
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        PropertiesComponent properties = main.getCamelContext().getPropertiesComponent();
        boolean postal = isSet(properties, "camel.component.postal.server-url");
        if (!isSet(properties, BROKER)) {
            int port = LocalBroker.freePort();
            broker = LocalBroker.start(port, Path.of("target", "approval-by-mail", "broker-" + port));
            properties.addOverrideProperty(BROKER, "tcp://127.0.0.1:" + port);
            if (!postal) {
                properties.addOverrideProperty("approval.timeout", "10s");
                properties.addOverrideProperty("approval.database", "jdbc:h2:mem:approvals;DB_CLOSE_DELAY=-1");
            }
        } else if (!postal) {
            throw new IllegalStateException(
                    "A broker is configured and no Postal: its requests would go to a sandbox and be gone. Set both or neither");
        }
    }

    @Override
    protected String yourTurn(CamelContext camel) {
        return camel.resolvePropertyPlaceholders("put a request into the queue {{approval.requests}} at {{approval.broker}}");
    }

    @Override
    protected void play(CamelContext camel, PostalSandbox postal) throws Exception {
        ProducerTemplate shop = camel.createProducerTemplate();
        for (String person : new String[]{"ann", "ben", "cleo", "hardfail", "nobody"}) {
            shop.sendBody("jms:queue:{{approval.requests}}", "{\"id\":\"order-" + person + "\",\"approver\":\"" + person
                    + "@customer.example\",\"question\":\"May order-" + person + " be shipped?\"}");
        }
        reply(postal, "ann", "Yes", "X-Mailer: demo");
        reply(postal, "cleo", "I am out of office. Yes, really.", "Auto-Submitted: auto-replied");
        reply(postal, "cleo", "Only on Monday", "X-Mailer: demo");
        press(postal, "ben");
        ConsumerTemplate queue = camel.createConsumerTemplate();
        Set<String> results = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            results.add(queue.receiveBody("results:queue:{{approval.results}}", TIMEOUT.toMillis(), String.class));
        }
        results.forEach(result -> System.out.println("  " + result));
        assertThat(results).hasSize(5);
    }

    private static void reply(PostalSandbox postal, String person, String text, String field) throws Exception {
        StoredMail question = postal.awaitSentTo(person + "@customer.example", TIMEOUT);
        postal.receive(person + "@customer.example", question.mime().getReplyTo()[0].toString(),
                ("From: " + person + "@customer.example\r\nSubject: Re: " + question.subject() + "\r\n" + field + "\r\n\r\n"
                        + text
                        + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void press(PostalSandbox postal, String person) throws Exception {
        String text = postal.awaitSentTo(person + "@customer.example", TIMEOUT).mime().getContent().toString();
        URI link = URI.create(text.substring(text.indexOf("http")).lines().findFirst().orElseThrow().strip() + "&decision=no");
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(link).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static boolean isSet(PropertiesComponent properties, String name) {
        return properties.resolveProperty(name).filter(ObjectHelper::isNotEmpty).isPresent();
    }

    @Override
    public void close() {
        if (broker != null) {
            broker.close();
        }
    }
}
