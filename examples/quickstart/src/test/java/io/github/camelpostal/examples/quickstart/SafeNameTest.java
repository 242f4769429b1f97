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
package io.github.camelpostal.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "invoice.pdf          | 1-invoice.pdf",
            "../../etc/passwd     | 1-passwd",
            "..\\..\\boot.ini     | 1-boot.ini",
            "Müllabfuhr \"Plan\".pdf | 1-Mullabfuhr_Plan_.pdf",
            "..                   | 1-attachment",
            ".bashrc              | 1-bashrc",
            "/                    | 1-attachment",
            "请帖.docx            | 1-docx",
            "-rf                  | 1-rf"})
    void keepsWhatIsHarmless(String given, String expected) {
        assertThat(SafeName.of(given, 1)).isEqualTo(expected);
    }

    @Test
    void inventsANameWhereThereIsNoneAndTakesNoControlCharacters() {
        assertThat(SafeName.of(null, 3)).isEqualTo("3-attachment");
        assertThat(SafeName.of("a\0b\nc\u202Etxt.exe", 2)).isEqualTo("2-a_b_c_txt.exe");
    }

    @Test
    void keepsTheExtensionOfAnEndlessName() {
        assertThat(SafeName.of("x".repeat(5000) + ".pdf", 1)).hasSizeLessThan(110).endsWith("x.pdf");
    }
}
