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
package io.github.camelpostal.examples.inboxtoworkflow;

import org.apache.camel.dataformat.bindy.annotation.CsvRecord;
import org.apache.camel.dataformat.bindy.annotation.DataField;

/** One line of an order: {@code sku,quantity,note}. Camel Bindy makes it of text. */
@CsvRecord(separator = ",")
public class OrderLine {

    private static final int MOST = 1_000_000;

    @DataField(pos = 1, required = true, trim = true)
    private String sku;
    @DataField(pos = 2, required = true, trim = true)
    private int quantity;
    @DataField(pos = 3, trim = true)
    private String note;

    String sku() {
        return sku;
    }

    int quantity() {
        return quantity;
    }

    /** Null when there is none. */
    String note() {
        return note;
    }

    /**
     * What Bindy cannot check.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    void check() {
        if (!sku.matches("[A-Za-z0-9._-]{1,40}")) {
            throw new IllegalArgumentException("The sku is not made of 1 to 40 letters, digits, dots and dashes");
        }
        if (quantity < 1 || quantity > MOST) {
            throw new IllegalArgumentException("The quantity is not between 1 and " + MOST);
        }
    }
}
