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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An internationalised domain is one domain in both spellings, and never the one that IDNA 2003 would have made of it. */
class InternationalDomainsTest {
    private final Stage stage = new Stage();

    @AfterEach
    void stop() {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource({"fa\u00df.example, xn--fa-hia.example, fass.example",
            "\u03b2\u03cc\u03bb\u03bf\u03c2.com, xn--nxasmm1c.com, xn--nxasmq6b.com",
            "m\u00fcnchen.example, xn--mnchen-3ya.example, munchen.example"})
    void areNotMixedUp(String unicode, String ascii, String another) {
        stage.postal.routeTo("*@" + unicode, stage.endpoint.url("/"));
        stage.postal.outcome("*@" + unicode, Outcome.held());
        byte[] mail = "Subject: s\n\nx\n".getBytes(StandardCharsets.UTF_8);

        assertThat(stage.postal.receive(Stage.ALICE, "bob@" + ascii, mail).rcptTo()).isEqualTo("bob@" + ascii);
        assertThat(stage.postal.receive(Stage.ALICE, "bob@" + unicode, mail).rcptTo()).isEqualTo("bob@" + unicode);
        assertThatThrownBy(() -> stage.postal.receive(Stage.ALICE, "bob@" + another, mail))
                .isInstanceOf(IllegalArgumentException.class);
        StoredMail one = stage.send("bob@" + ascii);
        StoredMail other = stage.send("bob@" + another);
        stage.settle();
        assertThat(stage.now(one).status()).isEqualTo("Held");
        assertThat(stage.now(other).status()).isEqualTo("Sent");
    }

    @ParameterizedTest
    @CsvSource({"fa\u00df.example, xn--fa-hia.example, fass.example"})
    void mayBeSentFromInBothSpellings(String unicode, String ascii, String another) {
        stage.postal.server().addDomain(unicode);
        Client client = new Client(stage.postal);

        for (String domain : new String[]{unicode, ascii, another}) {
            assertThat(client.call("/api/v1/send/message", "{'to':['a@b.test'],'from':'me@" + domain + "','plain_body':'b'}")
                    .path("status").asText()).isEqualTo(domain.equals(another) ? "error" : "success");
        }
    }
}
