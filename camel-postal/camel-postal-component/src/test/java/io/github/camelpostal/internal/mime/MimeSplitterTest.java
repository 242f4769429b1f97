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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.mail.Header;

import io.github.camelpostal.internal.mime.MimeSplitter.Part;
import io.github.camelpostal.internal.mime.MimeSplitter.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the parts of a message begin and end, byte for byte, however its lines and delimiters are written. */
class MimeSplitterTest {

    private static final String MIXED = "Content-Type: multipart/mixed; boundary=b\n\n";

    private String message;

    private Split split(String text) throws IOException {
        message = text;
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return MimeSplitter.split(
                offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset), bytes.length);
    }

    private String body(Part part) {
        return message.substring((int) part.bodyStart(), (int) part.bodyEnd());
    }

    private List<String> bodies(Part part) {
        return part.children().stream().map(this::body).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aPartIsWhatStandsBetweenTwoDelimiters(String lineEnd) throws IOException {
        Part part = split(
                (MIXED + "preamble\n--b\nX: 1\n\none\n\n--b\n\ntwo\nlines\n--b\n\n\n--b--\nepilogue\n--b\nnot a part\n")
                        .replace("\n", lineEnd))
                .message();

        assertThat(part.isMultipart()).isTrue();
        assertThat(part.whole()).isFalse();
        assertThat(bodies(part)).containsExactly("one" + lineEnd, "two" + lineEnd + "lines", "");
        assertThat(part.children().get(0).field("x")).isEqualTo("1");
        assertThat(part.children().get(1).fields()).isEmpty();
        assertThat(body(part)).startsWith("preamble").endsWith("not a part" + lineEnd);
    }

    @Test
    void theDelimitersOfAnInnerMultipartAndOfTheOuterOneAreToldApart() throws IOException {
        Part part = split(
                MIXED + "--b\nContent-Type: multipart/alternative; boundary=bb\n\n--bb\n\nin1\n--bb\n\nin2\n--bb--\nend\n"
                        + "--b\n\nout\n--b--\n")
                .message();

        assertThat(part.children()).hasSize(2);
        assertThat(bodies(part.children().get(0))).containsExactly("in1", "in2");
        assertThat(body(part.children().get(0))).startsWith("--bb\n").endsWith("--bb--\nend");
        assertThat(body(part.children().get(1))).isEqualTo("out");
    }

    @Test
    void anOuterDelimiterEndsInnerPartsThatHaveNoEnd() throws IOException {
        Part part = split(
                MIXED + "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nin1\n--c\nX: y\n--b\n\nout\n--b--")
                .message();

        assertThat(bodies(part.children().get(0))).containsExactly("in1", "");
        assertThat(part.children().get(0).children().get(1).field("X")).isEqualTo("y");
        assertThat(body(part.children().get(1))).isEqualTo("out");
    }

    @Test
    void aMessageThatIsCutGivesWhatIsThere() throws IOException {
        assertThat(bodies(split(MIXED + "--b\n\none\n--b\n\ntw").message())).containsExactly("one", "tw");
        assertThat(bodies(split(MIXED + "--b\n\none\n").message())).containsExactly("one\n");
        assertThat(bodies(split(MIXED + "--b\nX: y").message())).containsExactly("");
        assertThat(bodies(split(MIXED + "--b").message())).containsExactly("");
        assertThat(body(split("Subject: x").message())).isEmpty();
        assertThat(split("Subject: x").message().field("Subject")).isEqualTo("x");
        assertThat(split(MIXED + "--b\nX: y").message().children().get(0).field("X")).isEqualTo("y");
        assertThat(body(split("").message())).isEmpty();
        assertThat(body(split("\nhello").message())).isEqualTo("hello");
    }

    @Test
    void delimitersMayHaveBlanksBehindThemAndNothingElse() throws IOException {
        assertThat(bodies(split(MIXED + "--b \t\n\none\n--bx\n--b-\n -b\n--\n-b\n--b--\t\n").message()))
                .containsExactly("one\n--bx\n--b-\n -b\n--\n-b");
        assertThat(bodies(split(MIXED.replace("=b", "=\"b \"") + "--b\n\none\n--b--\n").message())).containsExactly("one");
    }

    @Test
    void fieldsAreUnfoldedAndOfTwoTheLastOneCounts() throws IOException {
        Part part = split("Subject: a\n  b\n\tc\nno field\n: none\nX : y\nsubject: last\n continued\n\n").message();

        assertThat(part.fields()).extracting(Header::getName).containsExactly("Subject", "X", "subject");
        assertThat(part.fields()).extracting(Header::getValue).containsExactly("a b c", "y", "last continued");
        assertThat(part.field("SUBJECT")).isEqualTo("last continued");
        assertThat(part.field("none")).isNull();
    }

    @Test
    void withoutItsDelimiterTheFirstLineThatLooksLikeOneIsIt() throws IOException {
        for (String type : List.of("multipart/mixed", "multipart/mixed; boundary=wrong")) {
            Part part = split(
                    "Content-Type: " + type + "\n\ntext\n-- \n--other\nContent-type: text/plain\n\none\n--other\n\ntwo\n"
                            + "--other--\n")
                    .message();

            assertThat(bodies(part)).containsExactly("one", "two");
        }
        assertThat(split("Content-Type: multipart/mixed\n\n--x\nno field\nContent-Type: text/plain\n").message().children())
                .isEmpty();
        assertThat(split("Content-Type: text/plain\n\n--x\nContent-Type: text/plain\n\none\n--x--\n").message().children())
                .as("no multipart").isEmpty();
    }

    @Test
    void twentyMultipartsAreTakenApartAndWhatIsInsideThemStaysWhole() throws IOException {
        Split twenty = split(nested(20));
        Split split = split(nested(25));

        Part part = split.message();
        int depth = 0;
        while (!part.children().isEmpty()) {
            part = part.children().get(0);
            depth++;
        }
        assertThat(depth).isEqualTo(MimeSplitter.DEEPEST_NESTING);
        assertThat(part.whole()).isTrue();
        assertThat(split.truncated()).isTrue();
        assertThat(twenty.truncated()).isFalse();
    }

    private static String nested(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append("Content-Type: multipart/mixed; boundary=m").append(i).append("m\n\n--m").append(i).append("m\n");
        }
        return text.append("\nhello\n").toString();
    }

    @Test
    void tenThousandPartsAreFoundAndThatThereWereMoreIsSaid() throws IOException {
        Split all = split(MIXED + "--b\n\nx\n".repeat(10_000) + "--b--\n");
        assertThat(all.message().children()).hasSize(10_000);
        assertThat(all.truncated()).isFalse();

        Split more = split(MIXED + "--b\n\nx\n".repeat(10_001) + "--b--\n");
        assertThat(more.message().children()).hasSize(10_000);
        assertThat(more.truncated()).isTrue();
        assertThat(split(MIXED.replace("; boundary=b", "") + "--b\nContent-X: y\n\nx\n".repeat(10_001) + "--b--\n").truncated())
                .as("also of those whose delimiter is guessed").isTrue();
    }

    @Test
    void linesLongerThanAnyBufferAreReadWhole() throws IOException {
        String value = "v".repeat(40_000);
        String text = "t".repeat(50_000);

        Part part = split(MIXED + "--b\nX: " + value + "\n\n" + text + "\n--b\n\n" + text + "\r\n--b--\n").message();

        assertThat(part.children().get(0).field("X")).isEqualTo(value);
        assertThat(bodies(part)).containsExactly(text, text);
    }
}
