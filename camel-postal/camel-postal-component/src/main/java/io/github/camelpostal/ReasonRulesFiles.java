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

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelpostal.internal.reason.ReasonClassifier;
import io.github.camelpostal.payload.ReasonRules;
import org.apache.camel.support.ResourceHelper;

/**
 * Reads the files that the option {@code reasonRules} names, each once: their index is made of all rules, and a route with many
 * endpoints must not make it for each of them.
 */
final class ReasonRulesFiles {

    private final Map<String, ReasonClassifier> known = new ConcurrentHashMap<>();

    /**
     * What says why the mails of an endpoint were not delivered.
     *
     * @throws IllegalArgumentException with the file, the line and what to do, if the file is missing or has a mistake
     */
    ReasonClassifier of(PostalEndpoint endpoint) {
        String location = endpoint.getConfiguration().getReasonRules();
        return location == null
                ? ReasonClassifier.standard()
                : known.computeIfAbsent(location.strip(), named -> classifier(endpoint, named));
    }

    /** The same for a producer, which needs the component's own rules only if somebody reads deliveries that failed. */
    ReasonRules forDeliveries(PostalEndpoint endpoint) {
        return endpoint.getConfiguration().getReasonRules() == null ? ReasonRules.standard() : of(endpoint);
    }

    private static ReasonClassifier classifier(PostalEndpoint endpoint, String location) {
        try {
            return ReasonClassifier.withRulesInFront(text(endpoint, location));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("reasonRules=" + location + " is not written in UTF-8: save it in that", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("reasonRules=" + location + " cannot be read: put the file there, or name the"
                    + " place where it is, such as reasonRules=classpath:reasons.txt or reasonRules=file:/etc/mail/reasons.txt",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("reasonRules=" + location + ": " + e.getMessage() + ". Correct it there; the"
                    + " first lines of io/github/camelpostal/reason/reason-rules.txt in the component's jar explain the form",
                    e);
        }
    }

    /** Strictly: a wrong charset would make rules that never hold. */
    private static String text(PostalEndpoint endpoint, String location) throws IOException {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(endpoint.getCamelContext(), location)) {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text; // some editors put it there
        }
    }
}
