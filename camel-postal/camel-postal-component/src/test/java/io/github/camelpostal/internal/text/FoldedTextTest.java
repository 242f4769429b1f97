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
package io.github.camelpostal.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            An order|An order
            Two  spaces stay|Two  spaces stay
            a\\nb|a b
            a \\r\\n\\t b  c|a b  c
            \\na\\n|\\sa\\s
            price: $1\\n\\\\1|price: $1 \\\\1
            """)
    void eachLineBreakBecomesOneSpace(String escaped, String expected) {
        assertThat(FoldedText.withoutLineBreaks(escaped.translateEscapes())).isEqualTo(expected.translateEscapes());
    }

    /** A subject can be as long as a mail: with time that grows with its square, this would take hours. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void millionsOfBlanksTakeNoTime() {
        String blanks = " ".repeat(2_000_000);

        assertThat(FoldedText.withoutLineBreaks("a" + blanks + "b\nc")).isEqualTo("a" + blanks + "b c");
        assertThat(FoldedText.oneLine("a" + blanks + "b")).isEqualTo("a b");
    }
}
