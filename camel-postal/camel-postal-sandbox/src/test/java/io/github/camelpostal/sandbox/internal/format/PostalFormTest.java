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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** The bytes of form data (protocol 4.4). */
class PostalFormTest {

    @Test
    void writesNullAsABareKeyAndListsAsRepeatedKeys() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cc", null);
        fields.put("reply_to", List.of("a@x.test", "b@x.test"));
        fields.put("bounce", false);
        fields.put("empty", "");
        assertThat(written(fields)).isEqualTo("cc&reply_to=a%40x.test&reply_to=b%40x.test&bounce=false&empty=");
    }

    @Test
    void encodesEverythingButLettersDigitsAndFourSigns() {
        assertThat(written(Map.of("attachments[0][name]", "a b*-._~+&=%/é\n")))
                .isEqualTo("attachments%5B0%5D%5Bname%5D=a+b*-._%7E%2B%26%3D%25%2F%C3%A9%0A");
    }

    @Test
    void writesTimesWithoutAnExponent() {
        assertThat(written(Map.of("timestamp", 1795197099.6419232))).isEqualTo("timestamp=1795197099.6419232");
        assertThat(written(Map.of("timestamp", 1795197099.0))).isEqualTo("timestamp=1795197099.0");
    }

    private static String written(Map<String, Object> fields) {
        return new String(PostalForm.write(fields), StandardCharsets.US_ASCII);
    }
}
