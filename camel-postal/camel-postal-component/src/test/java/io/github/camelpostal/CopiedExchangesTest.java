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

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.Wire;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever copies an exchange, and however long the copy outlives it: its attachments can be read, for Postal has got its 200
 * and will not send them again. Small attachments are in memory, which hides it, so here everything is in files.
 */
class CopiedExchangesTest {

    private static final int SIZE = 5_000;

    @TempDir
    Path spool;

    private final CountDownLatch hold = new CountDownLatch(1);
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final Queue<Exchange> kept = new ConcurrentLinkedQueue<>();

    /** Something that copies the exchange and has {@code direct:later} read the copy when the original is long done. */
    private enum CopyKind {
        WIRE_TAP(route -> route.wireTap("direct:later")), WIRE_TAP_OF_THE_RAW_BODY(
                route -> route.wireTap("direct:later")), SEDA(
                        route -> route.to("seda:handover?waitForTaskToComplete=Never")), SPLITTER(route -> route
                                .split(simple("${body.attachments}"))
                                .to("seda:handover?waitForTaskToComplete=Never")), MULTICAST(
                                        route -> route.multicast().to("seda:handover?waitForTaskToComplete=Never")), AGGREGATOR(
                                                route -> route.aggregate(constant(true), AggregationStrategies.groupedBody())
                                                        .completionSize(2)
                                                        .to("direct:later"));

        private final Consumer<RouteDefinition> way;

        CopyKind(Consumer<RouteDefinition> way) {
            this.way = way;
        }

        private static org.apache.camel.builder.ValueBuilder constant(Object value) {
            return org.apache.camel.builder.Builder.constant(value);
        }

        private static org.apache.camel.builder.ValueBuilder simple(String text) {
            return org.apache.camel.builder.Builder.simple(text);
        }
    }

    @ParameterizedTest
    @EnumSource
    void canBeReadForAsLongAsTheCopyLives(CopyKind copying) throws Exception {
        try (CamelApp app = CamelApp.start(new RouteBuilder() {
            @Override
            public void configure() {
                String format = copying == CopyKind.WIRE_TAP_OF_THE_RAW_BODY ? "raw" : "object";
                copying.way.accept(from("postal:webhook?verifySignature=false&bodyFormat=" + format + spooling()));
                from("seda:handover").to("direct:later");
                from("direct:later").process(exchange -> hold.await())
                        .process(exchange -> read(exchange.getMessage().getBody()));
            }
        })) {
            assertThat(post(app, 1)).isEqualTo(200);
            System.gc();
            hold.countDown();
            if (copying == CopyKind.AGGREGATOR) {
                assertThat(post(app, 2)).isEqualTo(200);
            }

            int count = copying == CopyKind.AGGREGATOR ? 2 : 1;
            await().untilAsserted(() -> assertThat(sizes).hasSize(count));
            assertThat(sizes).containsOnly(copying == CopyKind.WIRE_TAP_OF_THE_RAW_BODY ? mail(1).length : SIZE);
            awaitNoFiles();
        }
    }

    @Test
    void canBeReadFromACopyThatTheRouteItselfHasKept() throws Exception {
        try (CamelApp app = CamelApp.start(keeping(""))) {
            assertThat(post(app, 1)).isEqualTo(200);
            System.gc();

            read(kept.remove().getMessage().getBody());
            assertThat(sizes).containsExactly(SIZE);
            awaitNoFiles();
        }
    }

    @Test
    void roomIsFoundForTheNextMailWhereOnlyForgottenCopiesFillTheSpool() throws Exception {
        try (CamelApp app = CamelApp.start(keeping("&maxSpoolSize=20000"))) {
            assertThat(post(app, 1)).isEqualTo(200);
            kept.clear();

            assertThat(post(app, 2)).isEqualTo(200);
        }
    }

    private RouteBuilder keeping(String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("postal:webhook?verifySignature=false" + spooling() + options)
                        .process(exchange -> kept.add(exchange.copy()));
            }
        };
    }

    private String spooling() {
        return "&attachmentThreshold=0&spoolDirectory=" + spool;
    }

    private void read(Object body) throws IOException {
        if (body instanceof List<?> several) {
            for (Object one : several) {
                read(one);
            }
        } else if (body instanceof InboundMail mail) {
            read(mail.attachments().get(0));
        } else if (body instanceof InboundAttachment attachment) {
            sizes.add(attachment.content().open().readAllBytes().length);
        } else {
            sizes.add(((InputStream) body).readAllBytes().length);
        }
    }

    /** The garbage collector decides when; here it is called. */
    private void awaitNoFiles() {
        await().until(() -> {
            System.gc();
            return SpoolFiles.below(spool).isEmpty();
        });
    }

    private static int post(CamelApp app, int id) throws IOException {
        return Wire.post(app.port(), "/postal", mail(id)).status();
    }

    private static byte[] mail(int id) {
        String attachment = "{\"filename\":\"a.bin\",\"content_type\":\"application/octet-stream\",\"size\":" + SIZE
                + ",\"data\":\"" + Base64.getEncoder().encodeToString(new byte[SIZE]) + "\"}";
        return new String(Bodies.mail(id, "tok"), ISO_8859_1)
                .replace("\"attachments\":[]", "\"attachments\":[" + attachment + "]")
                .getBytes(ISO_8859_1);
    }
}
