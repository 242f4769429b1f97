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
package io.github.camelpostal.sandbox.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** What a page asks for: the newest first, page by page, by words, also when there are ten thousand. */
class MessageStoreTest {
    private final MessageStore store = new MessageStore(Clock.systemUTC(), new Random(1), new ChangeNotifier());

    @Test
    void showsTheNewestFirstPageByPage() {
        add(5);

        Search.Page page = store.search(Search.ALL, 2, 2);

        assertThat(page.messages()).extracting(Message::id).containsExactly(3L, 2L);
        assertThat(page.total()).isEqualTo(5);
    }

    @Test
    void findsByAddressSubjectTagTokenAndId() {
        add(12);
        String token = store.find(7).orElseThrow().token();

        assertThat(ids(new Search(null, null, "RECIPIENT7@"))).containsExactly(7L);
        assertThat(ids(new Search(null, null, "subject 12"))).containsExactly(12L);
        assertThat(ids(new Search(null, null, token))).containsExactly(7L);
        assertThat(ids(new Search(null, null, " 7 "))).contains(7L);
        assertThat(ids(new Search(Direction.INCOMING, null, null))).isEmpty();
        assertThat(ids(new Search(Direction.OUTGOING, Status.PENDING, "nobody"))).isEmpty();
        assertThat(store.search(new Search(null, null, " "), 0, 100).total()).isEqualTo(12);
    }

    @Test
    void findsAMessageByItsTokenWithoutLookingAtTheOthers() {
        add(3);

        assertThat(store.findByToken(store.find(2).orElseThrow().token()).orElseThrow().id()).isEqualTo(2);
        assertThat(store.findByToken("unknown")).isEmpty();
    }

    @Test
    void searchesTenThousandMessagesAPageAtATime() {
        add(10_000);
        Search search = new Search(Direction.OUTGOING, Status.PENDING, "subject 99");

        List<Message> first = store.search(search, 0, 50).messages();
        List<Message> second = store.search(search, 50, 50).messages();

        assertThat(first).hasSize(50).doesNotContainAnyElementsOf(second);
        assertThat(second).hasSize(50);
        assertThat(store.search(new Search(null, null, "nothing like it"), 0, 50).messages()).isEmpty();
    }

    private List<Long> ids(Search search) {
        return store.search(search, 0, 100).messages().stream().map(Message::id).toList();
    }

    private void add(int count) {
        for (int i = 1; i <= count; i++) {
            store.add(new Arrival(Direction.OUTGOING, "me@acme.example", "recipient" + i + "@customer.example", "Subject " + i,
                    "id" + i + "@acme.example", null, false, 0, true, false, new byte[0]));
        }
    }
}
