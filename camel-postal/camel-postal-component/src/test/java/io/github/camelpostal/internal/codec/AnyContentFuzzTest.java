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

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No content of a mail keeps it from its route: whatever transfer encodings, charsets, structures and bytes strangers
 * combine, every well-formed request becomes a mail of which everything can be read.
 */
@Timeout(600)
class AnyContentFuzzTest {

    private static final int ROUNDS = 1_500;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ENCODINGS = List.of("base64", "quoted-printable", "x-uuencode", "uuencode", "7bit",
            "8bit", "binary", "x-none", "BASE64 (", "\"base64", "", ";;", "quoted-printable;", "x-yenc", "utf-8", "=?q?x?=");
    private static final List<String> CHARSETS = List.of("utf-8", "utf-7", "utf-16", "utf-32le", "iso-2022-jp", "iso-2022-kr",
            "hz-gb-2312", "gb2312", "big5", "cp949", "x-none", "", "\"", "'utf-8'", "=?utf-8?q?x?=", "us-ascii", "ibm1047",
            "x-JIS0208", "ISO-2022-CN", "COMPOUND_TEXT", "\u0000", "../../x", "x".repeat(300));
    private static final List<String> TYPES = List.of("text/plain", "text/html", "text", "text/", "/", "", ";",
            "multipart/mixed",
            "multipart/alternative", "multipart/digest", "multipart/signed", "message/rfc822", "message/partial",
            "application/octet-stream", "image/png", "a/b/c", "\"text/plain\"", "multipart/mixed; boundary=b; boundary=\"b\"");
    private static final List<String> BODIES = List.of("", "x", "aGVsbG8=", "====", "=", "=3", "=\r\n=\r\n", "=  \r\nx= ",
            "begin 644 a\r\n#86)C\r\n`\r\nend", "begin 644 a\r\n~~~", "begin 644 a", "\u001b$B$", "\u001b$)C\u000e", "+AP",
            "+/",
            "~{", "~{VPND~}", "--b", "--b--", "--b\r\n\r\nx\r\n--b--", "\u0000\u0001\u00ff\u00fe", "\u00ff".repeat(50), "\r",
            "\n\n", "- -\r\n-- ", "AAAA".repeat(30) + "=", "Content-Type: x\r\n\r\ny");
    private static final List<String> DISPOSITIONS = List.of("", "attachment", "attachment; filename=a.txt", "inline; filename",
            "attachment; filename*=utf-8''%", "attachment; filename*0*=x''%zz; filename*1=\"",
            "attachment; filename*99999999=x",
            "attachment; filename=\"\\\"", "; ;=;*=;**=x", "attachment; filename*=x-none''%ff%fe", "inline;filename==?x?b?=?=");

    /** A number below the given one: by chance, always the same, or by the fuzzer's choice. */
    private IntUnaryOperator below = new Random(20261128)::nextInt;

    @Test
    void everyMailIsHandedOverAndCanBeRead() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(readInAllForms(message(0))).as("round %d", round).isNotNegative();
        }
    }

    @FuzzTest(maxDuration = "7s")
    void everyMailOfTheFuzzersChoiceIsHandedOver(FuzzedDataProvider choices) throws Exception {
        below = bound -> choices.consumeInt(0, bound - 1);
        assertThat(readInAllForms(message(0))).isNotNegative();
    }

    @Test
    void everyTextOfTheFormatHashIsHandedOverToo() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode hash = JSON.createObjectNode().put("id", 1).put("rcpt_to", "a@x").put("token", "t").put("timestamp", 1)
                    .put("subject", one(BODIES)).put("plain_body", one(BODIES)).put("html_body", one(BODIES))
                    .put("from", one(BODIES)).put("date", one(BODIES)).put("references", one(BODIES))
                    .put("auto_submitted", one(TYPES));
            hash.putArray("reply_to").add(one(BODIES)).add("a@x");
            hash.putArray("attachments").addObject().put("filename", one(DISPOSITIONS)).put("content_type", one(TYPES))
                    .put("data", one(BODIES));

            assertThat(readAll((InboundMail) Bodies.json(JSON.writeValueAsString(hash)))).isNotNegative();
        }
    }

    private String message(int depth) {
        StringBuilder text = new StringBuilder("Subject: " + one(BODIES).replaceAll("[\r\n]", " ") + "\r\n");
        text.append("Reply-To: ").append(one(DISPOSITIONS)).append("\r\n");
        part(text, depth);
        return text.toString();
    }

    private void part(StringBuilder text, int depth) {
        boolean multipart = depth < 4 && below.applyAsInt(3) == 0;
        String boundary = below.applyAsInt(6) == 0 ? "b" : "b" + depth;
        String type = multipart ? "multipart/mixed; boundary=" + boundary : one(TYPES) + "; charset=" + one(CHARSETS);
        line(text,
                "Content-Type: " + type + (below.applyAsInt(4) == 0 ? "; name=" + one(BODIES).replaceAll("[\r\n]", "") : ""));
        line(text, "Content-Transfer-Encoding: " + one(ENCODINGS));
        line(text, "Content-Disposition: " + one(DISPOSITIONS));
        line(text, below.applyAsInt(5) == 0 ? "Content-ID: <" : "X: y");
        line(text, below.applyAsInt(20) == 0 ? "\t" : "");
        if (!multipart) {
            line(text, one(BODIES));
            return;
        }
        for (int i = below.applyAsInt(4); i > 0; i--) {
            line(text, "--" + boundary);
            part(text, depth + 1);
        }
        line(text, below.applyAsInt(4) == 0 ? "" : "--" + boundary + "--");
    }

    private void line(StringBuilder text, String line) {
        if (below.applyAsInt(30) > 0) {
            text.append(line).append(below.applyAsInt(10) == 0 ? "\n" : "\r\n");
        }
    }

    private String one(List<String> several) {
        return several.get(below.applyAsInt(several.size()));
    }

    private static long readInAllForms(String text) throws Exception {
        byte[] message = text.getBytes(StandardCharsets.ISO_8859_1);
        long bytes = 0;
        for (InboundMail mail : List.of(raw(message, Long.MAX_VALUE), raw(message, 0), rawForm(message))) {
            bytes += readAll(mail);
        }
        return bytes;
    }

    /** How many bytes there were. */
    private static long readAll(InboundMail mail) throws Exception {
        long bytes = JSON.writeValueAsBytes(mail).length;
        for (InboundAttachment attachment : mail.attachments()) {
            try (InputStream in = attachment.content().open()) {
                long length = in.transferTo(OutputStream.nullOutputStream());
                assertThat(attachment.size()).isEqualTo(length);
                bytes += length + (attachment.decoded() ? 1 : 0);
            }
        }
        mail.spamCheck();
        mail.inReplyToIds();
        mail.isAutoReply();
        return bytes + mail.headers().size() + mail.replyTo().size() + String.valueOf(mail.plainBody()).length()
                + String.valueOf(mail.htmlBody()).length();
    }

    private static InboundMail raw(byte[] message, long memoryThreshold) throws Exception {
        String json = "{\"id\":1,\"rcpt_to\":\"a@x\",\"message\":\""
                + Base64.getMimeEncoder(60, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(message).replace("\n",
                        "\\n")
                + "\\n\",\"base64\":true,\"size\":1}";
        return (InboundMail) new PayloadDecoder(memoryThreshold).decode(Bodies.JSON,
                Bodies.of(json.getBytes(StandardCharsets.US_ASCII)));
    }

    private static InboundMail rawForm(byte[] message) throws Exception {
        String base64 = Base64.getMimeEncoder(60, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(message) + "\n";
        return (InboundMail) Bodies.form("id=1&rcpt_to=a%40x&message="
                + URLEncoder.encode(base64, StandardCharsets.US_ASCII) + "&base64=true&size=1");
    }
}
