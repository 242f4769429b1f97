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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.StoredMail;
import io.github.camelpostal.sandbox.dev.SandboxDemo;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.BaseMainSupport;

/** Starts a broker where none is configured. Where neither broker nor Postal is, asks five people and plays what they do. */
public final class Demo extends SandboxDemo {

    private static final String BROKER = "approval.broker";
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) throws Exception {
        new Demo().runOrExit(ApprovalByMail.main(new Properties()), args);
    }

    @Override
    protected void prepare(BaseMainSupport main, boolean realPostal) {
        if (!isSet(main, BROKER)) {
            set(main, BROKER, closeAtEnd(LocalBroker.start(Path.of("target", "approval-by-mail"))).url());
        } else if (!realPostal) {
            throw new IllegalStateException("The requests of a broker would go to a sandbox and be gone: set a Postal, too");
        }
        if (!realPostal) {
            set(main, "approval.timeout", "10s");
            set(main, "approval.database", "jdbc:h2:mem:approvals;DB_CLOSE_DELAY=-1");
        }
    }

    @Override
    protected String yourTurn(CamelContext camel) {
        return camel.resolvePropertyPlaceholders("put a request into the queue {{approval.requests}} at {{approval.broker}}");
    }

    @Override
    protected void play(CamelContext camel, PostalSandbox postal) throws Exception {
        ProducerTemplate shop = camel.createProducerTemplate();
        for (String person : List.of("ann", "ben", "cleo", "hardfail", "nobody")) {
            shop.sendBody("jms:queue:{{approval.requests}}", """
                    {"id": "order-%1$s", "approver": "%1$s@customer.example", "question": "May order-%1$s be shipped?"}"""
                    .formatted(person));
        }
        reply(postal, "ann", "Yes", "X-Mailer: demo");
        reply(postal, "cleo", "I am out of office. Yes, really.", "Auto-Submitted: auto-replied");
        reply(postal, "cleo", "Only on Monday", "X-Mailer: demo");
        pressNo(postal, "ben");
        ConsumerTemplate queue = camel.createConsumerTemplate();
        List<String> results = Stream.generate(() -> queue.receiveBody("results:queue:{{approval.results}}",
                TIMEOUT.toMillis(), String.class)).limit(5).distinct().sorted().toList();
        results.forEach(result -> System.out.println("  " + result));
        assertThat(results).hasSize(5);
    }

    private static void reply(PostalSandbox postal, String person, String text, String field) throws Exception {
        String address = person + "@customer.example";
        StoredMail question = postal.awaitSentTo(address, TIMEOUT);
        postal.receive(address, question.mime().getReplyTo()[0].toString(), "From: %s\r\nSubject: Re: %s\r\n%s\r\n\r\n%s\r\n"
                .formatted(address, question.subject(), field, text).getBytes(StandardCharsets.US_ASCII));
    }

    /** On the page whose link is in the mail. */
    private static void pressNo(PostalSandbox postal, String person) throws Exception {
        String text = postal.awaitSentTo(person + "@customer.example", TIMEOUT).mime().getContent().toString();
        press(URI.create(text.substring(text.indexOf("http")).lines().findFirst().orElseThrow().strip() + "&decision=no"));
    }
}
