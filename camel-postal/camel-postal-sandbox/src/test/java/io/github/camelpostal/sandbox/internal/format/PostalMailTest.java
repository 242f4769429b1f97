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
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts Postal takes for attachments and what it calls them, and which of several headers it shows (protocol 4.4). */
class PostalMailTest {

    @Test
    void namesAnAttachmentByItsTypeBeforeItsDisposition() {
        assertThat(fileNames("Content-Type: text/plain; name=type.txt\nContent-Disposition: attachment; filename=other.txt"))
                .containsExactly("type.txt");
        assertThat(fileNames("Content-Type: text/plain\nContent-Disposition: attachment; filename=other.txt"))
                .containsExactly("other.txt");
    }

    @Test
    void decodesNamesInBothStandardsAndQuotesWhatIsNot() {
        assertThat(fileNames("Content-Type: text/plain\nContent-Disposition: attachment; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt"))
                .containsExactly("grüße.txt");
        assertThat(fileNames("Content-Type: text/plain; name=\"=?UTF-8?Q?gr=C3=BC=C3=9Fe.txt?=\""))
                .containsExactly("grüße.txt");
        assertThat(fileNames("Content-Type: text/plain\nContent-Disposition: attachment; filename=a b.txt"))
                .containsExactly("a b.txt");
    }

    @Test
    void makesANameUpForAnAttachedMail() {
        assertThat(fileNames("Content-Type: message/rfc822")).hasSize(1).allMatch(name -> name.matches("\\d+\\.eml"));
    }

    @Test
    void takesAPlaceForAName() {
        assertThat(fileNames("Content-Type: image/png\nContent-Location: http://x.test/logo.png"))
                .containsExactly("http://x.test/logo.png");
    }

    @Test
    void hasNoTypeForAnAttachmentThatSaysNone() {
        PostalMail.Attachment attachment = mail("Content-Disposition: attachment; filename=a.bin").attachments().get(0);

        assertThat(attachment.contentType()).isNull();
        assertThat(attachment.fullContentType()).isNull();
    }

    @Test
    void quotesParametersOfAFullTypeWhereTheyNeedIt() {
        assertThat(mail("Content-Type: application/pdf; name=\"a b.pdf\"").attachments().get(0).fullContentType())
                .isEqualTo("application/pdf; name=\"a b.pdf\"");
        assertThat(mail("Content-Type: application/pdf; name=\"ab.pdf\"").attachments().get(0).fullContentType())
                .isEqualTo("application/pdf; name=ab.pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t\r\n\t", " \n", "\t\t\r\t\t", " \r\n\t \r\n", ""})
    void readsAMailThatBeginsWithContinuationsOfNothing(String orphans) {
        PostalMail mail = PostalMail.of((orphans + "Subject: one\r\n\r\nhello").getBytes(StandardCharsets.US_ASCII));

        assertThat(mail.header("subject")).isEqualTo("one");
        assertThat(mail.plainBody()).isEqualTo("hello");
    }

    @Test
    void readsAMailWithAPartThatBeginsWithContinuationsOfNothing() {
        PostalMail mail = mail("\t\n\tContent-Type: text/plain");

        assertThat(mail.header("content-type")).startsWith("multipart/mixed");
    }

    @Test
    void showsOnlyTheLastOfTwoSubjectsButAllReceivedLines() {
        PostalMail mail = PostalMail.of("Received: a\r\nReceived: b\r\nSubject: one\r\nSubject: two\r\n\r\nx".getBytes());

        assertThat(mail.headers()).containsEntry("subject", List.of("two")).containsEntry("received", List.of("a", "b"));
        assertThat(mail.all("subject")).containsExactly("one", "two");
    }

    private static List<String> fileNames(String partHeaders) {
        return mail(partHeaders).attachments().stream().map(PostalMail.Attachment::filename).toList();
    }

    private static PostalMail mail(String partHeaders) {
        String mail = "Content-Type: multipart/mixed; boundary=B\n\n--B\n" + partHeaders + "\n\nAAAA\n--B--\n";
        return PostalMail.of(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
