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
package io.github.camelpostal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import com.sun.management.ThreadMXBean;
import io.github.camelpostal.PostalComponent;
import io.github.camelpostal.WebhookApp;
import io.github.camelpostal.api.SendResult;
import io.github.camelpostal.testing.Bodies;
import io.github.camelpostal.testing.ScriptedServer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bytes of garbage a small mail makes, which unlike time is the same on every machine. The bounds are far enough from
 * what is measured to be quiet, and near enough to notice a buffer per message.
 */
@Tag("slow")
class AllocationTest {

    private static final Logger LOG = LoggerFactory.getLogger(AllocationTest.class);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String TEXT = "Your order has been shipped and is on its way to you.\n".repeat(38);
    private static final int CALLS = 300;
    /** The server's threads that receive and read bodies, and those of the consumer. */
    private static final String RECEIVING = "PostalWebhook|vert.x-worker|vert.x-eventloop";

    /** One call. */
    private interface Call {
        void make() throws Exception;
    }

    @Test
    void aSentMailOfTwoKilobytesMakesLittleGarbage() throws Exception {
        try (ScriptedServer postal = ScriptedServer.responding("{\"status\":\"success\",\"data\":{\"message_id\":\"1@rp\","
                + "\"messages\":{\"b@rcpt.test\":{\"id\":1,\"token\":\"abc\"}}}}");
                DefaultCamelContext camel = new DefaultCamelContext()) {
            PostalComponent component = camel.getComponent("postal", PostalComponent.class);
            component.getConfiguration().setServerUrl(postal.url().toString());
            component.getConfiguration().setApiKey("key");
            camel.start();
            ProducerTemplate template = camel.createProducerTemplate();

            long bytes = perCall(Thread.currentThread().getName(), () -> template.requestBody(
                    "postal:send?from=a@acme.example&to=b@rcpt.test&subject=Shipped", TEXT, SendResult.class));

            LOG.info("Sending a text mail allocates {} bytes", bytes);
            assertThat(bytes).isLessThan(20_000);
        }
    }

    @Test
    void aReceivedEventOfTwoKilobytesMakesLittleGarbage() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            String output = "250 2.0.0 Ok: queued as 4c1f2a7d\\r\\n".repeat(45);

            long bytes = perCall(RECEIVING, () -> {
                String event = "{\"event\":\"MessageSent\",\"timestamp\":1763650000.1,\"payload\":{\"message\":{\"id\":1,\"token\":"
                        + "\"abc\",\"direction\":\"outgoing\",\"message_id\":\"1@rp\",\"to\":\"b@rcpt.test\",\"from\":\"a@acme.example\","
                        + "\"subject\":\"Shipped\",\"timestamp\":1763650000.0,\"spam_status\":\"NotSpam\",\"tag\":null},\"status\":\"Sent\","
                        + "\"details\":\"Accepted\",\"output\":\"" + output
                        + "\",\"sent_with_ssl\":true,\"timestamp\":1763650000.0,"
                        + "\"time\":0.1},\"uuid\":\"" + UUID.randomUUID() + "\"}";
                assertThat(app.post(event.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(200);
                app.routed().clear();
            });

            LOG.info("Verifying, decoding and routing an event allocates {} bytes", bytes);
            assertThat(bytes).isLessThan(48_000);
        }
    }

    @Test
    void aReceivedMailOfAHundredKilobytesMakesNoMoreGarbageThanFiveTimesItsSize() throws Exception {
        try (WebhookApp app = WebhookApp.start()) {
            String attachment = Base64.getMimeEncoder(60, new byte[]{'\n'}).encodeToString(new byte[72 * 1024]).replace("\n",
                    "\\n");
            AtomicLong id = new AtomicLong();

            long bytes = perCall(RECEIVING, () -> {
                String mail = new String(Bodies.mail(id.incrementAndGet(), "token"), StandardCharsets.UTF_8).replace(
                        "\"attachments\":[]", "\"attachments\":[{\"filename\":\"a.pdf\",\"content_type\":\"application/pdf\","
                                + "\"size\":73728,\"data\":\"" + attachment + "\"}]");
                assertThat(app.post(mail.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(200);
                app.routed().clear();
            });

            LOG.info("Reading, verifying, decoding and routing a mail of 100 kB allocates {} bytes", bytes);
            assertThat(bytes).isLessThan(500_000);
        }
    }

    private static long perCall(String threads, Call call) throws Exception {
        for (int i = 0; i < CALLS; i++) {
            call.make();
        }
        long before = allocated(threads);
        for (int i = 0; i < CALLS; i++) {
            call.make();
        }
        return (allocated(threads) - before) / CALLS;
    }

    private static long allocated(String threads) {
        Pattern pattern = Pattern.compile(threads);
        long sum = 0;
        for (var thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && pattern.matcher(thread.getThreadName()).find()) {
                sum += THREADS.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return sum;
    }
}
