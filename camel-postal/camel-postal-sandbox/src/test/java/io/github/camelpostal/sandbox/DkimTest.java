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

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The DKIM signature of outgoing mail holds, checked by RFC 6376 with nothing but the published key. */
class DkimTest {
    private static final Duration NOW = Duration.ZERO;

    private final PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime().start();
    private final Client client = new Client(postal);

    @AfterEach
    void stop() {
        postal.close();
    }

    @Test
    void signsMailOfAnApiCall() throws Exception {
        client.call("/api/v1/send/message", "{'to':['Zoë <a@rcpt.test>'],'from':'a@example.com','subject':'" + "ü ".repeat(60)
                + "','plain_body':'two  spaces \\n\\n\\n'}");
        postal.advance(NOW);

        assertThat(verifies(postal.sent().get(0).raw())).isTrue();
    }

    @Test
    void signsARawMailWithFoldedHeadersAndBareLineEnds() throws Exception {
        assertThat(verifies(
                sentRaw("From: a@example.com\nSubject: folded\n \t here\nList-Id: <l>\nX-Own: 1\n\nbody \t x\n\nend\n\n\n")))
                .isTrue();
    }

    @Test
    void noticesAChangedBody() throws Exception {
        String mail = new String(sentRaw("From: a@example.com\n\nbody\n"), StandardCharsets.ISO_8859_1);

        assertThat(verifies(mail.getBytes(StandardCharsets.ISO_8859_1))).isTrue();
        assertThat(verifies(mail.replace("body", "b0dy").getBytes(StandardCharsets.ISO_8859_1))).isFalse();
        assertThat(verifies(mail.replace("From: a@", "From: b@").getBytes(StandardCharsets.ISO_8859_1))).isFalse();
    }

    @Test
    void standsBeforeEverythingAndAppearsOnceAlsoAfterSeveralAttempts() {
        client.call("/api/v1/send/message", "{'to':['softfail@rcpt.test'],'from':'a@example.com','plain_body':'x'}");
        postal.advance(Duration.ofMinutes(10));

        String mail = new String(postal.sent().get(0).raw(), StandardCharsets.ISO_8859_1);
        assertThat(mail).startsWith(
                "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n\td=rp.postal.example.com;\r\n\ts=postal; t=");
        assertThat(mail.split("DKIM-Signature:", -1)).hasSize(2);
        assertThat(mail.split("X-Postal-MsgID:", -1)).hasSize(2);
        assertThat(mail.lines()).allMatch(line -> line.length() <= 998);
    }

    private byte[] sentRaw(String mail) {
        client.call("/api/v1/send/raw", "{'rcpt_to':['a@rcpt.test'],'mail_from':'a@example.com','data':'"
                + Base64.getEncoder().encodeToString(mail.getBytes(StandardCharsets.UTF_8)) + "'}");
        postal.advance(NOW);
        return postal.sent().get(0).raw();
    }

    /** RFC 6376, relaxed/relaxed, written from the RFC and not from the sandbox. */
    private static boolean verifies(byte[] raw) throws GeneralSecurityException {
        String mail = new String(raw, StandardCharsets.ISO_8859_1).replaceAll("\r?\n", "\r\n");
        String[] halves = mail.split("\r\n\r\n", 2);
        List<String> headers = new ArrayList<>(Arrays.asList(halves[0].split("\r\n(?![ \t])")));
        String dkim = headers.remove(0);
        String canonicalBody = halves[1].replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n)", "").replaceAll("(\r\n)*$", "")
                + "\r\n";
        byte[] bodyHash = MessageDigest.getInstance("SHA-256").digest(canonicalBody.getBytes(StandardCharsets.ISO_8859_1));
        if (!tag(dkim, "bh").equals(Base64.getEncoder().encodeToString(bodyHash))) {
            return false;
        }
        StringBuilder signed = new StringBuilder();
        for (String name : tag(dkim, "h").split(":")) {
            int last = lastIndex(headers, name); // several of a name are taken from the bottom up
            signed.append(relaxed(headers.remove(last))).append("\r\n");
        }
        signed.append(relaxed(dkim.replaceFirst("(?s)(;\\s*b=).*", "$1")));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(Signatures.PAIR.getPublic());
        signature.update(signed.toString().getBytes(StandardCharsets.ISO_8859_1));
        return signature.verify(Base64.getMimeDecoder().decode(tag(dkim, "b")));
    }

    private static int lastIndex(List<String> headers, String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).toLowerCase().startsWith(name + ":")) {
                return i;
            }
        }
        throw new AssertionError("no header " + name);
    }

    private static String relaxed(String header) {
        String[] halves = header.split(":", 2);
        return halves[0].toLowerCase() + ":" + halves[1].replace("\r\n", "").replaceAll("[ \t]+", " ").strip();
    }

    private static String tag(String dkim, String name) {
        Matcher tag = Pattern.compile("[;:\\s]" + name + "=([^;]*)").matcher(dkim);
        assertThat(tag.find()).isTrue();
        return tag.group(1).replaceAll("\\s", "");
    }
}
