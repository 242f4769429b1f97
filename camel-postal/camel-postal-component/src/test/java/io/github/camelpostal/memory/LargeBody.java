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
package io.github.camelpostal.memory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What Postal posts for a mail with one large attachment of zeros, written without being held.
 *
 * @param lines      how often the block of lines stands between the beginning and the end
 * @param attachment bytes of the attachment when it is decoded
 */
record LargeBody(byte[] beginning, byte[] block, long blocks, byte[] end, long attachment) {

    private static final int LINES_A_BLOCK = 1000;

    /** Format {@code Hash}: base64 in lines of 60 characters (protocol 4.4). */
    static LargeBody hash(int id, long size) {
        long blocks = size / (45L * LINES_A_BLOCK);
        String beginning = """
                {"id":%d,"rcpt_to":"b@acme.example","mail_from":"a@sender.test","token":"abcdef","subject":"large",\
                "message_id":"large@sender.test","timestamp":1763650000.5,"size":%d,"spam_status":"NotSpam","bounce":false,\
                "received_with_ssl":true,"to":"b@acme.example","cc":null,"from":"a@sender.test",\
                "date":"Thu, 20 Nov 2025 12:00:00 +0000","in_reply_to":null,"references":null,"html_body":null,\
                "attachment_quantity":1,"auto_submitted":null,"reply_to":null,"plain_body":"See the file.",\
                "attachments":[{"filename":"large.bin","content_type":"application/octet-stream","size":%d,"data":\"""";
        return new LargeBody(ascii(beginning.formatted(id, size, size)), ascii(("A".repeat(60) + "\\n").repeat(LINES_A_BLOCK)),
                blocks, ascii("\"}]}"), blocks * LINES_A_BLOCK * 45);
    }

    /** Format {@code RawMessage}: a MIME message whose attachment is in base64 itself, in base64 (protocol 4.4). */
    static LargeBody raw(int id, long size) {
        long blocks = size / (57L * LINES_A_BLOCK);
        String header = """
                From: a@sender.test\r
                To: b@acme.example\r
                Message-ID: <large@sender.test>\r
                MIME-Version: 1.0\r
                Content-Type: multipart/mixed; boundary=border\r
                \r
                --border\r
                Content-Type: text/plain\r
                \r
                See the file.\r
                --border\r
                Content-Type: application/octet-stream; name=large.bin\r
                Content-Disposition: attachment; filename=large.bin\r
                Content-Transfer-Encoding: base64\r
                X-Padding: """;
        String padded = header + " " + "x".repeat(3 + (3 - (header.length() + 1 + 3 + 4) % 3) % 3) + "\r\n\r\n";
        String line = base64("A".repeat(76) + "\r\n"); // 78 bytes, so that lines of base64 follow each other unpadded
        String beginning = "{\"id\":" + id + ",\"rcpt_to\":\"b@acme.example\",\"mail_from\":\"a@sender.test\",\"message\":\"";
        return new LargeBody(ascii(beginning + base64(padded)), ascii((line + "\\n").repeat(LINES_A_BLOCK)), blocks,
                ascii(base64("--border--\r\n") + "\",\"base64\":true,\"size\":" + size + "}"), blocks * LINES_A_BLOCK * 57);
    }

    long length() {
        return beginning.length + block.length * blocks + end.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(beginning);
        for (long written = 0; written < blocks; written++) {
            out.write(block);
        }
        out.write(end);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(ascii(text));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
