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
import java.util.List;
import java.util.Optional;

/**
 * What Postal found when it inspected an inbound mail; it writes that into the message itself, so that only the format
 * {@code RawMessage} shows it (contract 3.1).
 *
 * @param spam      whether the score passed the threshold
 * @param threshold of the mail server
 * @param score     0 where no scanner is configured
 * @param threat    whether a virus was found
 */
public record SpamCheck(boolean spam, Optional<BigDecimal> threshold, Optional<BigDecimal> score, boolean threat) {

    private static final List<String> NAMES = List.of("X-Postal-Spam", "X-Postal-Spam-Threshold", "X-Postal-Spam-Score",
            "X-Postal-Threat");

    /**
     * Reads the four fields that Postal puts in front of all others. Fields of these names anywhere else were written by the
     * sender, who may have reason to.
     */
    static Optional<SpamCheck> of(List<HeaderField> headers) {
        if (headers.size() < NAMES.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < NAMES.size(); i++) {
            if (!headers.get(i).name().equalsIgnoreCase(NAMES.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(new SpamCheck(isYes(headers.get(0)), number(headers.get(1)), number(headers.get(2)),
                isYes(headers.get(3))));
    }

    private static boolean isYes(HeaderField field) {
        return field.value().strip().equalsIgnoreCase("yes");
    }

    private static Optional<BigDecimal> number(HeaderField field) {
        try {
            return Optional.of(Fields.number("score", field.value().strip()));
        } catch (PayloadException e) {
            return Optional.empty();
        }
    }
}
