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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispositionHeaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"bill.pdf|bill.pdf|bill.pdf", "a b.txt|a b.txt|a%20b.txt",
            "Rechnung für Zoë.pdf|Rechnung f_r Zo_.pdf|"
                    + "Rechnung%20f%C3%BCr%20Zo%C3%AB.pdf",
            "100%.txt|100_.txt|100%25.txt", "a;b=c\".txt|a_b_c_.txt|a%3Bb%3Dc%22.txt",
            "📎.txt|_.txt|%F0%9F%93%8E.txt"})
    void writesTheNameTwiceForOldAndNewBrowsers(String name, String plain, String encoded) {
        assertThat(DispositionHeader.attachment(name))
                .isEqualTo("attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
    }

    @ParameterizedTest
    @CsvSource({"/etc/passwd,passwd", "..\\..\\run.exe,run.exe", "../../.bashrc,bashrc", "...,unnamed", "'',unnamed",
            "/,unnamed"})
    void leavesNoWayToAnotherDirectory(String name, String kept) {
        assertThat(DispositionHeader.attachment(name)).contains("filename=\"" + kept + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1.txt", "a\u0000b", "a\u202efdp.exe", "a\u2028b", "a\ud800b"})
    void putsNoByteOfTheNameIntoTheHeaderThatCouldDoHarm(String name) {
        assertThat(DispositionHeader.attachment(name)).matches("[ -~]+").doesNotContain("%0D", "%0A", "%00", "%E2%80%AE", ": ");
    }

    @Test
    void cutsEndlessNames() {
        assertThat(DispositionHeader.attachment("ü".repeat(5_000))).hasSizeLessThan(1_000);
    }
}
