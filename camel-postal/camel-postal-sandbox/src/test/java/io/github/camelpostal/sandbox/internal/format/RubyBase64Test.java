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
package io.github.camelpostal.sandbox.internal.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;

/** Reads what Ruby reads, and writes as Ruby writes. */
class RubyBase64Test {

    @Test
    void ignoresWhatIsNoBase64AndStopsAtPadding() {
        assertThat(text("aGVs\r\nbG8=")).isEqualTo("hello");
        assertThat(text("a G!V?s-b_G8")).isEqualTo("hello");
        assertThat(text("aGVsbG8=aGVsbG8=")).isEqualTo("hello");
        assertThat(text("!!!")).isEmpty();
        assertThat(text("a")).isEmpty();
    }

    @Test
    void breaksLinesAfterSixtyCharactersAndAtTheEnd() {
        byte[] bytes = new byte[46];

        assertThat(RubyBase64.lines(bytes)).isEqualTo("A".repeat(60) + "\nAA==\n");
        assertThat(RubyBase64.lines(new byte[0])).isEmpty();
        assertThat(RubyBase64.lenient(RubyBase64.lines(bytes))).isEqualTo(bytes);
        assertThat(RubyBase64.lenient(Base64.getEncoder().encodeToString(bytes))).isEqualTo(bytes);
    }

    private static String text(String base64) {
        return new String(RubyBase64.lenient(base64), StandardCharsets.UTF_8);
    }
}
