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
package io.github.camelpostal.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.camelpostal.internal.codec.PayloadDecoder;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other parts of the component do with events and mail may refuse a request on purpose, and never by accident. */
class WebhookExtensionsTest {

    private final List<String> seen = new ArrayList<>();
    private DecodedRequest.Payload event;

    @BeforeEach
    void decode() throws Exception {
        Recording recording = Recording.of("webhooks/MessageSent-sent");
        event = new DecodedRequest.Payload(
                new PayloadDecoder(Long.MAX_VALUE).decode(recording.contentType(), BufferedContent.inMemory(recording.body())));
    }

    @Test
    void everyObserverSeesItAlthoughOneFails() throws Exception {
        new WebhookExtensions(List.of(payload -> {
            throw new IllegalStateException("ledger away");
        }, payload -> seen.add(payload.dedupKey())), List.of(), null, ReasonLookup.ofEvents()).observe(event);

        assertThat(seen).containsExactly(event.dedupKey());
    }

    @Test
    void anObserverMayRefuseIt() throws Exception {
        WebhookExtensions extensions = new WebhookExtensions(List.of(payload -> {
            throw new EarlyResponse(WebhookResponse.UNVERIFIED);
        }, payload -> seen.add("never")), List.of(), null, ReasonLookup.ofEvents());

        assertThatThrownBy(() -> extensions.observe(event)).isInstanceOf(EarlyResponse.class);
        assertThat(seen).isEmpty();
    }

    @Test
    void headersOfOneContributorAreThereAlthoughAnotherFails() throws Exception {
        Map<String, Object> headers = new HashMap<>();
        new WebhookExtensions(List.of(), List.of((payload, all) -> {
            throw new IllegalStateException("no secret");
        }, (payload, all) -> all.put("CamelPostalConversationId", "order-7")), null, ReasonLookup.ofEvents())
                .contribute(event.payload(), headers);

        assertThat(headers).containsEntry("CamelPostalConversationId", "order-7");
    }
}
