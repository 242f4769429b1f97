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
package io.github.camelpostal.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.PostalPayload;
import io.github.camelpostal.testing.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that a real Postal posted is there afterwards: compared field by field with what Jackson's tree model, and for
 * forms the JDK's {@code URLDecoder}, make of the same bytes.
 */
class RecordedPayloadsTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Pattern ATTACHMENT = Pattern.compile("attachments\\[(\\d+)]\\[(\\w+)]");

    static Stream<Recording> postedByPostal() {
        return Stream.of("webhooks", "incoming", "retry").flatMap(folder -> Recording.all(folder).stream());
    }

    @Test
    void allFiveFormsAreAmongTheRecordings() {
        assertThat(postedByPostal().map(recording -> form(recording)).distinct()).containsExactlyInAnyOrder("JSON event",
                "JSON hash", "JSON raw", "form hash", "form raw");
    }

    @ParameterizedTest
    @MethodSource("postedByPostal")
    void nothingIsLostAndEveryTypeIsRight(Recording recording) throws Exception {
        Map<String, Object> expected = recording.isJson() ? jsonFields(recording) : formFields(recording);

        Map<String, Object> map = Bodies.decode(recording).toMap();

        boolean typed = recording.isJson();
        expected.computeIfPresent("size", (name, digits) -> Long.valueOf(digits.toString())); // text in one form, a number in others
        assertThat(comparable(map, typed)).isEqualTo(comparable(expected, typed));
        assertThat(map.keySet()).as("in Postal's order").containsExactlyElementsOf(expected.keySet());
    }

    @ParameterizedTest
    @MethodSource("postedByPostal")
    void theKindIsThatOfTheRecording(Recording recording) throws Exception {
        PostalPayload posted = Bodies.decode(recording);

        assertThat(posted instanceof PostalEvent).isEqualTo(recording.name().contains("webhook"));
        assertThat(posted.dedupKey()).matches("[\\x21-\\x7e]{1,100}");
        if (posted instanceof InboundMail mail) {
            assertThat(mail.raw()).isEqualTo(recording.name().contains("-raw-"));
        }
    }

    @Test
    void bothAttemptsOfARetryHaveOneDedupKeyAndDifferentDeliveriesHaveDifferentOnes() throws Exception {
        for (String what : List.of("incoming", "webhook")) {
            PostalPayload first = Bodies.decode(Recording.of("retry/" + what + "-503-attempt-1"));
            PostalPayload second = Bodies.decode(Recording.of("retry/" + what + "-503-attempt-2"));
            assertThat(second.dedupKey()).isEqualTo(first.dedupKey());
        }
        List<String> keys = new ArrayList<>();
        for (Recording recording : Stream.of("webhooks", "incoming").flatMap(f -> Recording.all(f).stream()).toList()) {
            keys.add(Bodies.decode(recording).dedupKey());
        }
        assertThat(keys).doesNotHaveDuplicates();
    }

    private static String form(Recording recording) {
        String kind = recording.name().contains("webhook") ? "event" : recording.name().contains("-raw-") ? "raw" : "hash";
        return (recording.isJson() ? "JSON " : "form ") + kind;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> jsonFields(Recording recording) throws IOException {
        return JSON.readValue(recording.body(), LinkedHashMap.class);
    }

    private static Map<String, Object> formFields(Recording recording) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Map<Integer, Map<String, Object>> attachments = new TreeMap<>();
        for (String pair : recording.bodyText().split("&")) {
            String[] parts = pair.split("=", 2);
            String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
            String value = parts.length == 1 ? null : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
            Matcher attachment = ATTACHMENT.matcher(name);
            if (attachment.matches()) {
                attachments.computeIfAbsent(Integer.valueOf(attachment.group(1)), i -> new LinkedHashMap<>())
                        .put(attachment.group(2), value);
            } else if (name.equals("reply_to") && value != null) {
                ((List<Object>) fields.computeIfAbsent(name, n -> new ArrayList<>())).add(value);
            } else {
                fields.put(name, value);
            }
        }
        if (!attachments.isEmpty()) {
            fields.put("attachments", new ArrayList<>(attachments.values()));
        }
        return fields;
    }

    /** Bytes as base64, numbers without their scale; for forms, which have no types, everything as text. */
    private static Object comparable(Object value, boolean typed) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> all = new TreeMap<>();
            map.forEach((name, v) -> all.put(name, name.equals("data") || name.equals("message") && !(v instanceof Map)
                    ? bytes(v)
                    : comparable(v, typed)));
            return all;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> comparable(element, typed)).toList();
        }
        if (value instanceof Number number) {
            BigDecimal decimal = new BigDecimal(number.toString()).stripTrailingZeros();
            return typed ? decimal : decimal.toPlainString();
        }
        return value == null || typed ? value : value.toString();
    }

    private static String bytes(Object value) {
        byte[] bytes = value instanceof byte[] array ? array : Base64.getMimeDecoder().decode((String) value);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
