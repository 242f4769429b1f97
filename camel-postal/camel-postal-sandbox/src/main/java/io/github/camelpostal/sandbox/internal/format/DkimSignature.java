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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The {@code DKIM-Signature} line of outgoing mail as Postal makes it: relaxed/relaxed, RSA-SHA256 (protocol 3.1; its parts and
 * folding as recorded in {@code messages-message-expansion-headers}). Knows the canonical form, never the key.
 */
public final class DkimSignature {
    /** Signed wherever they stand in the mail, in that order; all others, such as Received and X-…, are not. */
    private static final Set<String> SIGNED = Set.of("from", "sender", "reply-to", "subject", "date", "message-id", "to", "cc",
            "mime-version", "content-type", "content-transfer-encoding", "resent-to", "resent-cc", "resent-from",
            "resent-sender", "resent-message-id", "in-reply-to", "references", "list-id", "list-help", "list-owner",
            "list-unsubscribe", "list-unsubscribe-post", "list-subscribe", "list-post");
    private static final int SIGNATURE_LINE = 72;
    private static final String FOLD = "\r\n\t";

    private DkimSignature() {
    }

    /**
     * Who signs.
     *
     * @param domain   {@code d=}
     * @param selector {@code s=}
     * @param rsa      the RSA-SHA256 signature of bytes
     */
    public record Signer(String domain, String selector, UnaryOperator<byte[]> rsa) {
    }

    /** The whole header, ending in CRLF. */
    public static String headerLine(byte[] mail, Signer signer, Instant now) {
        String text = new String(RawMail.overSmtp(mail), StandardCharsets.ISO_8859_1);
        int blank = text.indexOf("\r\n\r\n");
        List<String> headers = signedHeaders(blank < 0 ? text : text.substring(0, blank));
        String body = relaxedBody(blank < 0 ? "" : text.substring(blank + 4));
        List<String> tags = List.of("v=1; a=rsa-sha256; c=relaxed/relaxed;",
                "d=" + signer.domain() + ";",
                "s=" + signer.selector() + "; t=" + now.getEpochSecond() + ";",
                "bh=" + base64(sha256(latin1(body))) + ";",
                "h=" + headers.stream().map(header -> header.substring(0, header.indexOf(':')))
                        .collect(Collectors.joining(":")) + ";",
                "b=");
        String toSign = String.join("\r\n", headers) + "\r\ndkim-signature:" + String.join(" ", tags);
        String signature = base64(signer.rsa().apply(latin1(toSign)));
        return "DKIM-Signature: " + String.join(FOLD, tags) + folded(signature) + "\r\n";
    }

    private static List<String> signedHeaders(String head) {
        List<String> signed = new ArrayList<>();
        for (String header : head.replaceAll("\r\n[ \t]", " ").split("\r\n")) {
            int colon = header.indexOf(':');
            String name = colon < 0 ? "" : header.substring(0, colon).toLowerCase(Locale.ROOT);
            if (SIGNED.contains(name)) {
                signed.add(name + ":" + header.substring(colon + 1).replaceAll("[ \t]+", " ").strip());
            }
        }
        return signed;
    }

    /** Also of an empty body one line end is left, where RFC 6376 leaves none. */
    private static String relaxedBody(String body) {
        String lines = body.replaceAll("[ \t]+", " ").replace(" \r\n", "\r\n");
        int end = lines.length();
        while (end > 0 && " \r\n".indexOf(lines.charAt(end - 1)) >= 0) {
            end--;
        }
        return lines.substring(0, end) + "\r\n";
    }

    private static String folded(String signature) {
        return signature.replaceAll("(.{" + SIGNATURE_LINE + "})(?=.)", "$1" + FOLD);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
