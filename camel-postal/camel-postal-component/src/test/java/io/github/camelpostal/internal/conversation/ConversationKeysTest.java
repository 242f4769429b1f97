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
package io.github.camelpostal.internal.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationKeysTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0123456789abcdef0123456789abcdef | not of the form id:secret",
            "aa:0123456789abcdef0123456789abcdef | id of one character",
            "1:0123456789abcdef0123456789abcdef | id of one character",
            ":0123456789abcdef0123456789abcdef | id of one character", "a:0123456789abcdef0123456789abcde | 31 bytes",
            "a:0123456789abcdef0123456789abcdef,a:0123456789abcdef0123456789abcdef | used twice",
            "a:0123456789abcdef0123456789abcdef,A:0123456789abcdef0123456789abcdef | used twice",
            "a:0123456789abcdef0123456789abcdef, | entry 2", "'' | entry 1"})
    void refusesWhatIsNoListOfKeysAndNeverShowsASecret(String option, String reason) {
        assertThatThrownBy(() -> ConversationKeys.parse(option)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conversationSecret").hasMessageContaining(reason).hasMessageNotContaining("abcdef");
    }

    @Test
    void signsWithTheFirstKeyAndFindsEach() {
        ConversationKeys keys = ConversationKeys.parse(" b:" + SECRET + " , a:ü" + SECRET + ":more");

        assertThat(keys.signing().id()).isEqualTo('b');
        assertThat(keys.find('a')).isPresent();
        assertThat(keys.find('c')).isEmpty();
        assertThat(keys.toString()).doesNotContain("0123");
    }
}
