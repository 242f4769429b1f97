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
package io.github.camelpostal.examples.kafkatomail;

import java.util.Map;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * What Postal posts goes to topics: what became of the mails, and mails that come in. Postal gets its 200 when Kafka has the record
 * on all replicas; otherwise it gets a 503, keeps what it has and posts it again later.
 */
class EventRoutes extends RouteBuilder {

    private static final String TOPIC_OPTIONS = "?requestRequiredAcks=all&synchronous=true"
            // gives up before Postal does (5 seconds), so that no record arrives for which Postal was told 503
            + "&maxBlockMs={{kafka-to-mail.events.timeout}}&requestTimeoutMs={{kafka-to-mail.events.timeout}}"
            + "&deliveryTimeoutMs={{kafka-to-mail.events.timeout}}&maxRequestSize=20971520"
            + "&keySerializer=org.apache.kafka.common.serialization.StringSerializer"
            + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer";

    @Override
    public void configure() {
        // the ledger: an event says at once what became of a mail whose response was lost
        from("postal:webhook?path=/postal/events&accept=events&direction=outgoing&sendLedger=#ledger")
                .routeId("events-to-topic")
                // all events of a message in one partition; the few that are about no message have no key
                .setHeader(KafkaConstants.KEY, simple("${header.CamelPostalId}", String.class))
                .setHeader("outcome", header("CamelPostalOutcome"))
                .setHeader("record", header("CamelPostalMessageTag"))
                .convertBodyTo(Map.class)
                .marshal().json()
                .to("kafka:{{kafka-to-mail.events}}" + TOPIC_OPTIONS)
                .log("Message ${header.CamelPostalId}: ${header.CamelPostalOutcome}");

        // who left is on the suppression list before this route begins
        from("postal:unsubscribe?path=/unsubscribe").routeId("unsubscribe")
                .log("Somebody left ${header.CamelPostalUnsubscribedStream}");

        from("postal:webhook?path=/postal/mail&accept=mail").routeId("inbound-to-topic")
                .setHeader(KafkaConstants.KEY, header("CamelPostalRcptTo"))
                .convertBodyTo(Map.class)
                .marshal().json()
                .to("kafka:{{kafka-to-mail.inbound}}" + TOPIC_OPTIONS)
                .log("Inbound mail ${header.CamelPostalId} is in its topic");
    }
}
