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
package io.github.camelpostal.payload;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What Postal found when it inspected an inbound mail; it writes that into the message itself, so that only the format
 * {@code RawMessage} shows it (protocol 3.1).
 *
 * @param spam      whether the score passed the threshold
 * @param threshold of the mail server; null where Postal did not write a number
 * @param score     0 where no scanner is configured; null where Postal did not write a number
 * @param threat    whether a virus was found
 */
public record SpamCheck(boolean spam, @Nullable BigDecimal threshold, @Nullable BigDecimal score, boolean threat) {

    private static final List<String> NAMES = List.of("X-Postal-Spam", "X-Postal-Spam-Threshold", "X-Postal-Spam-Score",
            "X-Postal-Threat");
    private static final int LONGEST_NUMBER = 32;

    /**
     * Reads the four fields that Postal puts in front of all others. Fields of these names anywhere else were written by the
     * sender, who may have reason to.
     */
    static @Nullable SpamCheck of(List<HeaderField> headers) {
        if (headers.size() < NAMES.size()) {
            return null;
        }
        for (int i = 0; i < NAMES.size(); i++) {
            if (!headers.get(i).name().equalsIgnoreCase(NAMES.get(i))) {
                return null;
            }
        }
        return new SpamCheck(isYes(headers.get(0)), number(headers.get(1)), number(headers.get(2)), isYes(headers.get(3)));
    }

    /** The same under the names of Postal's header fields without their prefix, also in JSON. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("spam", spam);
        map.put("spam_threshold", threshold);
        map.put("spam_score", score);
        map.put("threat", threat);
        return map;
    }

    private static boolean isYes(HeaderField field) {
        return field.value().strip().equalsIgnoreCase("yes");
    }

    private static @Nullable BigDecimal number(HeaderField field) {
        String text = field.value().strip();
        try {
            return text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
