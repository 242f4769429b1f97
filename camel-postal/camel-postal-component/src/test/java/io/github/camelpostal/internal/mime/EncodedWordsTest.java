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
package io.github.camelpostal.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encoded words of header fields, also those that senders make wrongly: nothing is lost, and nothing fails. */
class EncodedWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
            "=?utf-8?q?a?= =?utf-8?q?b?=|ab",
            "=?utf-8?q?a?= x =?utf-8?q?b?=|a x b",
            "=?utf-8?q?=C3=A4?= =?iso-8859-1?q?=E4?=|ää",
            "=?utf-8?q?a?= and =?iso-8859-1?q?=E4?=|a and ä",
            "a b|a b",
            " =?utf-8?q?a?=| a"})
    void aWordEndsWhereTheNextOneIsOfAnotherCharset(String text, String decoded) {
        assertThat(EncodedWords.decode(text)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "=?utf-8?b?YWJj?=|abc",
            "=?utf-8?b?YQ==?=|a",
            "=?utf-8?b?YWJjZ?=|abc",
            "=?utf-8?b?YW.Jj?=|abc",
            "=?utf-8?b?YWJj\u0080?=|abc"})
    void base64IsDecodedAsFarAsItIsWhole(String text, String decoded) {
        assertThat(EncodedWords.decode(text)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "=?utf-8?q?a=20b?=|a b",
            "=?utf-8?q?a=09b?=|a\tb",
            "=?utf-8?q?a=4?=|a=4",
            "=?utf-8?q?a=?=|a=",
            "=?utf-8?q?a=XYb?=|a=XYb",
            "=?utf-8?q?a=41?=|aA"})
    void whatIsNoHexadecimalDigitStandsForItself(String text, String decoded) {
        assertThat(EncodedWords.decode(text)).isEqualTo(decoded);
    }
}
