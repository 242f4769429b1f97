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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** What the worker's metrics say is what it has done (protocol 8). */
class WorkerMetricsTest {
    private static final String MAIL_JOB = "thread=\"0\",job=\"ProcessQueuedMessagesJob\"";
    private static final String EVENT_JOB = "thread=\"0\",job=\"ProcessWebhookRequestsJob\"";

    @Test
    void countsJobsAndHowLongMailHasWaited() {
        try (Receiver receiver = new Receiver();
                PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime().healthPorts(0, 0)
                        .start()) {
            postal.routeTo("support@example.com", receiver.url("/mail"));
            postal.postEventsTo(receiver.url("/events"));
            receiver.respond(503, new byte[0]);
            postal.receive("a@b.test", "support@example.com", "Subject: s\r\n\r\nb".getBytes(StandardCharsets.UTF_8));
            assertThat(MetricsText.of(postal.workerHealthPort()).keySet())
                    .allMatch(series -> series.startsWith("postal_message_queue_latency"));

            postal.advance(Duration.ofSeconds(310));

            Map<String, String> metrics = MetricsText.of(postal.workerHealthPort());
            assertThat(metrics).containsEntry("postal_worker_job_executions{" + MAIL_JOB + "}", "2.0")
                    .containsEntry("postal_worker_job_runtime_count{" + MAIL_JOB + "}", "2.0")
                    .containsEntry("postal_message_queue_latency_count", "2.0")
                    .containsEntry("postal_message_queue_latency_bucket{le=\"10\"}", "1.0")
                    .containsEntry("postal_message_queue_latency_bucket{le=\"+Inf\"}", "2.0")
                    .containsKey("postal_worker_job_executions{" + EVENT_JOB + "}");
            assertThat(metrics.get("postal_message_queue_latency_sum")).startsWith("300.0");
        }
    }
}
