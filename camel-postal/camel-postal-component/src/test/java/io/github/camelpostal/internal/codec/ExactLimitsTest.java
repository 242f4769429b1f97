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
package io.github.camelpostal.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.UnknownEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is as large as it may be is handed over, and only what is larger is refused. */
class ExactLimitsTest {

    private static final String HASH = "\"id\":1,\"rcpt_to\":\"a@x\",\"timestamp\":1,\"token\":\"t\"";
    private static final String FORM = "id=1&rcpt_to=a&token=t&timestamp=1";

    @ParameterizedTest
    @ValueSource(strings = {"a", "z", "A", "Z", "0", "9", "-", "_", "bm", "BM", "5"})
    void anEventMayHaveAnyUuidOfLettersAndDigits(String uuid) throws Exception {
        assertThat(((PostalEvent) Bodies.json(event(uuid))).dedupKey()).isEqualTo(uuid);
        assertThat(((PostalEvent) Bodies.json(event(uuid.repeat(64).substring(0, 64)))).uuid()).hasSize(64);
        assertThatThrownBy(() -> Bodies.json(event(uuid.repeat(65)))).isInstanceOf(PayloadException.class)
                .hasMessageContaining("uuid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"`", "{", "@", "[", "/", ":", "mail:1", "a b", "ü", " "})
    void anEventWhoseUuidIsNoneIsRefused(String uuid) {
        assertThatThrownBy(() -> Bodies.json(event(uuid))).isInstanceOf(PayloadException.class).hasMessageContaining("uuid");
    }

    @Test
    void aMailMayHaveAnyTokenThatFitsIntoItsKey() throws Exception {
        assertThat(((InboundMail) Bodies.json(mail("token", "\"!~\""))).dedupKey()).isEqualTo("mail:1:!~");
        assertThat(((InboundMail) Bodies.json(mail("token", '"' + "t".repeat(64) + '"'))).token()).hasSize(64);
        for (String token : new String[]{"t".repeat(65), "a b", "a\u007f", "\\n"}) {
            assertThatThrownBy(() -> Bodies.json(mail("token", '"' + token + '"'))).isInstanceOf(PayloadException.class)
                    .hasMessageContaining("token");
        }
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807, 9223372036854775807", "-9223372036854775808, -9223372036854775808", "0, 0", "7.0, 7",
            "1e3, 1000", "\"12\", 12"})
    void anIdMayBeAnyWholeNumberThatFits(String written, long id) throws Exception {
        assertThat(((InboundMail) Bodies.json(mail("id", written))).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "7.5"})
    void anIdThatDoesNotFitIsRefused(String written) {
        assertThatThrownBy(() -> Bodies.json(mail("id", written))).isInstanceOf(PayloadException.class)
                .hasMessageContaining("'id' is not a whole number");
    }

    @Test
    void aQuantityMayBeNothingAndUpToTheLargestNumber() throws Exception {
        for (int quantity : new int[]{0, 1, Integer.MAX_VALUE}) {
            assertThat(((InboundMail) Bodies.json("{" + HASH + ",\"attachment_quantity\":" + quantity + "}"))
                    .attachmentQuantity()).isEqualTo(quantity);
        }
        assertThatThrownBy(() -> Bodies.json("{" + HASH + ",\"attachment_quantity\":2147483648}"))
                .isInstanceOf(PayloadException.class).hasMessageContaining("'attachment_quantity' is not a count");
    }

    @Test
    void aNumberMayHave64Digits() throws Exception {
        String digits = "1." + "0".repeat(61) + "1";

        assertThat(((InboundMail) Bodies.json(mail("timestamp", digits))).timestamp().getEpochSecond()).isEqualTo(1);
        assertThat(((InboundMail) Bodies.json(mail("timestamp", '"' + digits + '"'))).timestamp().getEpochSecond())
                .isEqualTo(1);
        assertThat(((InboundMail) Bodies.json(mail("timestamp", "1e-64"))).timestamp().getEpochSecond()).isZero();
        assertThatThrownBy(() -> Bodies.json(mail("timestamp", '"' + digits + "0\""))).isInstanceOf(PayloadException.class);
        assertThatThrownBy(() -> Bodies.json(mail("timestamp", "1e-65"))).isInstanceOf(PayloadException.class);
    }

    @Test
    void aTimeMayBeThirtyThousandYearsAway() throws Exception {
        assertThat(((InboundMail) Bodies.json(mail("timestamp", "1e12"))).timestamp().getEpochSecond())
                .isEqualTo(1_000_000_000_000L);
        assertThat(((InboundMail) Bodies.json(mail("timestamp", "-1e12"))).timestamp().getEpochSecond())
                .isEqualTo(-1_000_000_000_000L);
        assertThatThrownBy(() -> Bodies.json(mail("timestamp", "1000000000000.1"))).isInstanceOf(PayloadException.class)
                .hasMessageContaining("a time is out of range");
    }

    @Test
    void aPayloadMayHaveTenThousandValues() throws Exception {
        // besides its list there are three fields, the payload and its field
        assertThat(((UnknownEvent) Bodies.json(eventOfValues(10_000 - 5))).payload()).containsKey("a");
        assertThatThrownBy(() -> Bodies.json(eventOfValues(10_000 - 4))).isInstanceOf(PayloadException.class)
                .hasMessageContaining("more than 10000 values");
    }

    @Test
    void aMailMayHaveTenThousandReplyAddressesAndOfMoreTheFirst() throws Exception {
        for (int number : new int[]{9_999, 10_000, 10_001}) {
            InboundMail json = (InboundMail) Bodies
                    .json("{" + HASH + ",\"reply_to\":[" + "\"a\",".repeat(number - 1) + "\"a\"]}");
            InboundMail form = (InboundMail) Bodies.form(FORM + "&reply_to=a".repeat(number));

            assertThat(json.replyTo()).hasSize(Math.min(number, 10_000));
            assertThat(form.replyTo()).hasSize(Math.min(number, 10_000));
        }
    }

    @Test
    void aFormMayHaveElevenThousandFieldsAndNamesOfAThousandBytes() throws Exception {
        String others = IntStream.range(0, 11_000 - 4).mapToObj(i -> "&x" + i).collect(Collectors.joining());

        assertThat(Bodies.form(FORM + others)).isInstanceOf(InboundMail.class);
        assertThatThrownBy(() -> Bodies.form(FORM + others + "&y")).isInstanceOf(PayloadException.class)
                .hasMessageContaining("more than 11000 fields");
        assertThat(Bodies.form(FORM + "&" + "n".repeat(1_000) + "=1")).isInstanceOf(InboundMail.class);
        assertThatThrownBy(() -> Bodies.form(FORM + "&" + "n".repeat(1_001))).isInstanceOf(PayloadException.class)
                .hasMessageContaining("1000 bytes");
    }

    @Test
    void everyCharacterAtABorderOfUtf8IsText() throws Exception {
        String borders = IntStream.of(0x7f, 0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xcfff, 0xd000, 0xd7ff, 0xe000, 0xffff, 0x10000,
                0x3ffff, 0x40000, 0xfffff, 0x100000, 0x10ffff).mapToObj(Character::toString).collect(Collectors.joining());

        // at each distance from the eight bytes that are looked at in one go
        for (int before = 0; before < 8; before++) {
            String text = "x".repeat(before) + borders + "y".repeat(20) + borders;
            assertThat(((InboundMail) Bodies.json("{" + HASH + ",\"subject\":\"" + text + "\"}")).subject()).isEqualTo(text);
        }
    }

    private static String event(String uuid) {
        return "{\"event\":\"X\",\"uuid\":\"" + uuid + "\",\"timestamp\":1,\"payload\":{}}";
    }

    private static String eventOfValues(int number) {
        return "{\"event\":\"X\",\"uuid\":\"u\",\"timestamp\":1,\"payload\":{\"a\":[" + "1,".repeat(number - 1) + "1]}}";
    }

    private static String mail(String field, String value) {
        String before = switch (field) {
            case "id", "timestamp" -> "1";
            default -> "\"t\"";
        };
        return "{" + HASH.replace('"' + field + "\":" + before, '"' + field + "\":" + value) + "}";
    }
}
