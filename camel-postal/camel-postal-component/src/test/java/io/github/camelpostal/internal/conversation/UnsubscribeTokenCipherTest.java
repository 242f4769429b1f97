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

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import io.github.camelpostal.internal.conversation.UnsubscribeTokenCipher.Unsubscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeTokenCipherTest {

    private final UnsubscribeTokenCipher tokens = new UnsubscribeTokenCipher(Secrets.keys(), new Random(4711));

    @ParameterizedTest
    @CsvSource({"bob@example.com, news", "bob@example.com, ''", "Bob@müller.example, Größe"})
    void readsAddressAndStreamOfALink(String address, String stream) {
        Unsubscription unsubscription = new Unsubscription(address, stream);

        String token = tokens.issue(unsubscription);

        assertThat(token).matches("[A-Za-z0-9_-]+").doesNotContain(address);
        assertThat(tokens.read(token)).contains(unsubscription);
    }

    @Test
    void readsLinksOfOldKeysAndOfNoOthers() {
        String token = tokens.issue(new Unsubscription("bob@example.com", "news"));

        assertThat(reader(Secrets.NEW + "," + Secrets.OLD).read(token)).isPresent();
        assertThat(reader(Secrets.NEW).read(token)).isEmpty();
        assertThat(reader("a:another secret with the same id and also long").read(token)).isEmpty();
    }

    @Test
    void refusesEveryTokenOfWhichABitWasChanged() {
        String token = tokens.issue(new Unsubscription("bob@example.com", "news"));
        byte[] bytes = Base64.getUrlDecoder().decode(token.substring(1));

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= 1 << bit % 8;
            assertThat(tokens.read('a' + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))).isEmpty();
            bytes[bit / 8] ^= 1 << bit % 8;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "aAAAA", "a!!!", "ä", "aAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesWhatIsNoToken(String token) {
        assertThat(tokens.read(token)).isEmpty();
    }

    /** The keys are the same, the purposes are not: who can reply to a mail must not leave by that for its recipient. */
    @Test
    void refusesTheTokenOfAConversation() {
        ConversationIssuer issuer = new ConversationIssuer(Secrets.keys(), Duration.ofDays(30), Secrets.CLOCK,
                new Random(4711));
        String address = issuer.replyAddress("order-4711", List.of("bob@example.com"), "support@example.com");

        assertThat(tokens.read(address.substring(address.indexOf('+') + 1, address.indexOf('@')))).isEmpty();
    }

    @Test
    void refusesToMakeALinkForNobody() {
        assertThatThrownBy(() -> tokens.issue(new Unsubscription("", "news"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tokens.issue(new Unsubscription("a@b", "x".repeat(2000))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static UnsubscribeTokenCipher reader(String keys) {
        return new UnsubscribeTokenCipher(ConversationKeys.parse(keys), new Random());
    }
}
