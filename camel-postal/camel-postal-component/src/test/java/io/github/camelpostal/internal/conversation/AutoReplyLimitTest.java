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

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutoReplyLimitTest {

    private final Map<String, Object> keys = new HashMap<>();
    private final IdempotentRepository repository = MemoryIdempotentRepository.memoryIdempotentRepository(keys);

    @BeforeEach
    void startRepository() {
        repository.start();
    }

    @Test
    void letsOneReplyADayGoToAnAddress() {
        AutoReplyLimit limit = limit(1, Duration.ZERO);

        assertThat(limit.take("Bob <bob@example.com>")).isPresent();
        assertThat(limit.take("BOB@EXAMPLE.com")).isEmpty();
        assertThat(limit.take("eve@example.com")).isPresent();
        assertThat(limit(1, Duration.ofHours(13)).take("bob@example.com")).isEmpty();
        assertThat(limit(1, Duration.ofHours(14)).take("bob@example.com")).isPresent();
    }

    @Test
    void takesAnAddressWithATagForTheMailboxBecauseHelpdesksHaveOneForEachTicket() {
        AutoReplyLimit limit = limit(1, Duration.ZERO);

        assertThat(limit.take("support+4711@example.com")).isPresent();
        assertThat(limit.take("Support+4712@example.com")).isEmpty();
        assertThat(limit.take("support@example.com")).isEmpty();
        assertThat(limit.take("+4711@example.com")).isPresent();
    }

    @Test
    void letsAsManyGoAsTheLimitSays() {
        AutoReplyLimit limit = limit(3, Duration.ZERO);

        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("bob@example.com")).isPresent();
        }
        assertThat(limit.take("bob@example.com")).isEmpty();
        assertThat(limit(0, Duration.ZERO).take("eve@example.com")).isEmpty();
        assertThatThrownBy(() -> limit(-1, Duration.ZERO)).hasMessageContaining("autoReplyLimit");
    }

    @Test
    void takesBackAReplyThatWasNotSent() {
        AutoReplyLimit limit = limit(1, Duration.ZERO);

        Optional<AutoReplyLimit.Slot> slot = limit.take("bob@example.com");
        limit.giveBack(slot.orElseThrow());

        assertThat(limit.take("bob@example.com")).isPresent();
    }

    @Test
    void keepsNoAddressInTheRepositoryAndNoKeyThatIsTooLongForIt() {
        limit(1, Duration.ZERO).take("bob@example.com");

        assertThat(keys.keySet()).singleElement().asString().doesNotContain("bob").hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void letsNoneGoToNobody() {
        assertThat(limit(1, Duration.ZERO).take("")).isEmpty();
        assertThat(limit(1, Duration.ZERO).take("<>")).isEmpty();
    }

    private AutoReplyLimit limit(int perDay, Duration later) {
        return new AutoReplyLimit(repository, perDay, Clock.offset(Secrets.CLOCK, later));
    }
}
