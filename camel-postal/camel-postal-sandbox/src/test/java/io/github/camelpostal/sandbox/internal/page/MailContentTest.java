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
package io.github.camelpostal.sandbox.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailContentTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "no header at all", "Content-Type: nonsense; charset=\n\nx",
            "Content-Type: text/plain; charset=x-none\n\nx",
            "Content-Type: multipart/mixed\n\nno boundary", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n%%%\n--b--",
            "Content-Transfer-Encoding: nonsense\n\nx", "Content-Disposition: attachment; filename*=utf-8''%zz\n\nx",
            "Subject: =?utf-8?b?%%%?=\nFrom: <<<>>>\n\nx"})
    void readsWhateverItIsGiven(String mail) {
        MailContent content = read(mail);

        assertThat(content.links()).isEmpty();
        assertThat(content.headers()).isNotNull();
    }

    @Test
    void endsInTheMiddleOfEndlessNesting() {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b").append(i).append('\n');
        }

        assertThat(read(mail.toString()).text()).isNull();
    }

    @Test
    void findsEachWebLinkOnce() {
        assertThat(read(
                "Content-Type: text/html\n\n<a href='https://a.example/?x=1&amp;y=2'>a</a><A class=b HREF=\"http://b.example\">"
                        + "<a href='javascript:alert(1)'><a href='mailto:x@a.example'><a href='https://a.example/?x=1&amp;y=2'>")
                .links())
                .containsExactly("https://a.example/?x=1&y=2", "http://b.example");
        assertThat(read("\nSee https://a.example/b. (or http://c.example/d)").links())
                .containsExactly("https://a.example/b", "http://c.example/d");
    }

    @Test
    void keepsTheSecondTextAsAFile() {
        MailContent content = read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\n\nsecond\n--b\n"
                + "Content-Type: message/rfc822\n\nSubject: inner\n\nx\n--b--\n");

        assertThat(content.text()).isEqualTo("first");
        assertThat(content.files()).extracting(MailContent.File::name).containsExactly("unnamed.plain", "message.eml");
    }

    private static MailContent read(String mail) {
        return MailContent.of(mail.getBytes(StandardCharsets.UTF_8));
    }
}
