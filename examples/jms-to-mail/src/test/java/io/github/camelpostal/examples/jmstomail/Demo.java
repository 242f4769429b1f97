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
package io.github.camelpostal.examples.jmstomail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

import io.github.camelpostal.sandbox.PostalSandbox;
import io.github.camelpostal.sandbox.dev.SandboxDemo;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.BaseMainSupport;

/** Starts a broker where none is configured. Where neither broker nor Postal is, shows what the routes make of some messages. */
public final class Demo extends SandboxDemo {

    private static final String BROKER = "jms-to-mail.broker";
    private static final long TIMEOUT_MILLIS = 300_000;

    /** Runs until stopped; with {@code --exit}, until the demo is over. */
    public static void main(String[] args) throws Exception {
        new Demo().runOrExit(JmsToMail.main(new Properties()), args);
    }

    @Override
    protected void prepare(BaseMainSupport main, boolean realPostal) {
        if (!isSet(main, BROKER)) {
            LocalBroker broker = closeAtEnd(LocalBroker.start(Path.of("target", "jms-to-mail")));
            set(main, BROKER, broker.url() + "?consumerWindowSize=0&callTimeout=3000");
        } else if (!realPostal) {
            throw new IllegalStateException(
                    "A broker is configured and no Postal: its messages would go to a sandbox and be gone. Set both or neither");
        }
    }

    @Override
    protected String yourTurn(CamelContext camel) {
        return "the queues are at " + camel.resolvePropertyPlaceholders("{{jms-to-mail.broker}}");
    }

    @Override
    protected void play(CamelContext camel, PostalSandbox postal) {
        ProducerTemplate shop = camel.createProducerTemplate();
        put(shop, order("2001", "delivered@customer.example"), Map.of());
        put(shop, new byte[20_000], Map.of("order", order("2002", "hardfail@customer.example"),
                "filename", "invoice.pdf", "contentType", "application/pdf"));
        put(shop, order("2003", "nobody"), Map.of());
        put(shop, "{\"order\": \"2004\"", Map.of());
        Set<String> results = new TreeSet<>();
        ConsumerTemplate queues = camel.createConsumerTemplate();
        for (String queue : new String[]{"dead-letters", "dead-letters", "events", "events"}) {
            Exchange found = queues.receive("jms:queue:{{jms-to-mail." + queue + "}}", TIMEOUT_MILLIS);
            if (found != null) {
                Message message = found.getMessage();
                results.add(queue.equals("events")
                        ? "order " + message.getHeader("order") + " is " + message.getHeader("outcome")
                        : "dead letter: " + message.getHeader(Request.CODE) + ", " + message.getHeader(Request.TEXT));
            }
        }
        results.forEach(result -> System.out.println("  " + result));
        assertThat(results).hasSize(4);
    }

    private static void put(ProducerTemplate shop, Object body, Map<String, Object> properties) {
        shop.sendBodyAndHeaders("jms:queue:{{jms-to-mail.mails}}", body, new HashMap<>(properties));
    }

    private static String order(String number, String email) {
        return "{\"order\":\"" + number + "\",\"email\":\"" + email + "\",\"name\":\"Zoe\","
                + "\"lines\":[{\"quantity\":1,\"article\":\"camel saddle\"}]}";
    }
}
