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
package io.github.camelpostal.examples.jmstomail.demo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelpostal.sandbox.PostalSandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shop that puts four messages into the queue, one with a file, one for nobody and one that is broken, and looks what became of them. */
final class Story {

    private static final Logger CONSOLE = LoggerFactory.getLogger(Story.class);
    private static final long PATIENCE_MILLIS = 30_000;

    private final CamelContext camel;
    private final PostalSandbox sandbox;

    Story(CamelContext camel, PostalSandbox sandbox) {
        this.camel = camel;
        this.sandbox = sandbox;
    }

    /** @return whether everything arrived where it should */
    boolean play() {
        say("");
        say("camel-postal jms-to-mail");
        say("   Postal  %s  (a sandbox in this process; no mail leaves it)", sandbox.url());
        say("   Broker  %s  (in this process, too)",
                camel.resolvePropertyPlaceholders("{{jms-to-mail.broker}}").replaceFirst("\\?.*", ""));
        try (ProducerTemplate shop = camel.createProducerTemplate(); ConsumerTemplate queues = camel.createConsumerTemplate()) {
            say("");
            say("1. Messages become mails");
            put(shop, "a text message", order("2001", "delivered@customer.example", "Zoe"), Map.of());
            put(shop, "a bytes message, 20 kB", new byte[20_000],
                    Map.of("order", order("2002", "hardfail@customer.example", "Ann"),
                            "filename", "invoice.pdf", "contentType", "application/pdf"));
            put(shop, "for an address that is none", order("2003", "nobody", "Jo"), Map.of());
            put(shop, "broken on purpose", "{\"order\": \"2004\"", Map.of());
            boolean dead = deadLetters(queues);
            say("");
            say("3. Delivery events are in the queue %s", camel.resolvePropertyPlaceholders("{{jms-to-mail.events}}"));
            boolean complete = events(queues) && dead;
            say("");
            say(complete ? "Demo complete" : "Missing: something did not arrive in time");
            return complete;
        } catch (Exception e) {
            say("Missing: the rest of the story, because of %s", e);
            return false;
        }
    }

    private void put(ProducerTemplate shop, String what, Object body, Map<String, Object> properties) {
        shop.sendBodyAndHeaders("jms:queue:{{jms-to-mail.mails}}", body, new HashMap<>(properties));
        say("   %s", what);
    }

    private boolean deadLetters(ConsumerTemplate queues) {
        say("");
        say("2. What cannot be sent is put aside with the reason");
        for (int expected = 2; expected > 0; expected--) {
            Exchange dead = queues.receive("jms:queue:{{jms-to-mail.dead-letters}}", PATIENCE_MILLIS);
            if (dead == null) {
                return false;
            }
            say("   %-14s %s", dead.getMessage().getHeader("failure_code"), dead.getMessage().getHeader("failure_text"));
        }
        return true;
    }

    private boolean events(ConsumerTemplate queues) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        while (outcomes.size() < 2) {
            Exchange event = queues.receive("jms:queue:{{jms-to-mail.events}}", PATIENCE_MILLIS);
            if (event == null) {
                return false;
            }
            String order = event.getMessage().getHeader("order", String.class);
            String outcome = event.getMessage().getHeader("outcome", String.class);
            say("   order %s is %s", order, outcome);
            outcomes.put(order, outcome);
        }
        return "delivered".equals(outcomes.get("2001")) && "failed".equals(outcomes.get("2002"));
    }

    private static String order(String number, String email, String name) {
        return "{\"order\":\"" + number + "\",\"email\":\"" + email + "\",\"name\":\"" + name
                + "\",\"lines\":[{\"quantity\":1,\"article\":\"camel saddle\"}]}";
    }

    private static void say(String format, Object... values) {
        CONSOLE.info(values.length == 0 ? format : String.format(format, values));
    }
}
