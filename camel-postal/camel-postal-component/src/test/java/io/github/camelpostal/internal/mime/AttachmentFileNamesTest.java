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
package io.github.camelpostal.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttachmentFileNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {"report.pdf|report.pdf",
            "../../etc/passwd|passwd", "C:\\Users\\me\\a.doc|a.doc", "/|attachment-1.bin", "..|attachment-1.bin",
            " .|attachment-1.bin", ".bashrc|bashrc", "a. |a", "Grüße ✓.txt|Grüße ✓.txt", "a:b*c?.txt|a_b_c_.txt",
            "NUL.txt|_NUL.txt", "con|_con", "a\u202Efdp.exe|a_fdp.exe", "u\u0308.txt|\u00fc.txt"})
    void aNameBecomesASafeLeaf(String filename, String name) {
        assertThat(new AttachmentFileNames().next(filename, "")).isEqualTo(name);
    }

    @Test
    void controlCharactersNeverSurvive() {
        assertThat(new AttachmentFileNames().next("a\r\nSet-Cookie: x\u0000\u0085\u2028.txt", ""))
                .isEqualTo("a__Set-Cookie_ x___.txt");
    }

    @Test
    void aMissingNameIsMadeUpWithAnEndingThatFits() {
        AttachmentFileNames names = new AttachmentFileNames();

        assertThat(names.next(null, "application/PDF; name=x")).isEqualTo("attachment-1.pdf");
        assertThat(names.next("  ", "x/y")).isEqualTo("attachment-2.bin");
    }

    @Test
    void namesAreUniqueInAnyCase() {
        AttachmentFileNames names = new AttachmentFileNames();
        List<String> all = List.of("a.txt", "A.TXT", "x/a.txt", "a-2.txt", "a.txt", "noending", "noending").stream()
                .map(name -> names.next(name, "")).toList();

        assertThat(all).containsExactly("a.txt", "A-2.TXT", "a-3.txt", "a-2-2.txt", "a-4.txt", "noending", "noending-2");
        assertThat(all.stream().map(name -> name.toLowerCase(Locale.ROOT))).doesNotHaveDuplicates();
    }

    @Test
    void aLongNameKeepsItsEnding() {
        String name = new AttachmentFileNames().next("ü😀".repeat(1_000_000) + ".tar.pdf", "");

        assertThat(name).startsWith("ü😀").endsWith(".pdf");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void manyAttachmentsOfOneNameTakeNoTime() {
        AttachmentFileNames names = new AttachmentFileNames();
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            all.add(names.next("a.txt", ""));
        }

        assertThat(all).hasSize(5_000);
    }

    @Test
    void whateverComesInALeafComesOut() {
        Random random = new Random(4711);
        Path folder = Path.of("/folder");
        for (int round = 0; round < 20_000; round++) {
            String filename = random.ints(random.nextInt(12), 0, random.nextBoolean() ? 128 : 0x11000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();

            String name = new AttachmentFileNames().next(filename, "");

            assertThat(name).isNotBlank().doesNotMatch("(?s).*[\\p{Cntrl}/\\\\].*");
            assertThat(folder.resolve(name).normalize().getParent()).isEqualTo(folder);
        }
    }
}
