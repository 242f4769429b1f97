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
package io.github.camelpostal.payload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mail in Postal's format {@code RawMessage}: the message itself, parsed when somebody first asks for a part of it. */
final class RawMail extends InboundMail {

    private final long id;
    private final String rcptTo;
    private final Optional<String> mailFrom;
    private final Optional<Long> size;
    private final PostedBody message;
    private final String dedupKey;
    private ParsedMessage parsed;

    private RawMail(Fields fields, Posting.RawBytes message) throws PayloadException {
        this.id = fields.integer("id");
        this.rcptTo = fields.requiredText("rcpt_to");
        this.mailFrom = fields.text("mail_from").filter(address -> !address.isEmpty());
        this.size = fields.optionalInteger("size");
        this.message = message.content();
        this.dedupKey = "raw:" + fingerprint(message.sha256());
    }

    static RawMail read(Posting posting) throws PayloadException {
        if (!posting.fields().flag("base64").orElse(false)) {
            throw new PayloadException("'base64' is not true"); // Postal knows no other way (contract 4.4)
        }
        return new RawMail(posting.fields(),
                posting.message().orElseThrow(() -> new PayloadException("'message' is missing")));
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Optional<String> token() {
        return Optional.empty();
    }

    @Override
    public String rcptTo() {
        return rcptTo;
    }

    @Override
    public Optional<String> mailFrom() {
        return mailFrom;
    }

    @Override
    public Optional<Instant> timestamp() {
        return Optional.empty();
    }

    @Override
    public Optional<Long> size() {
        return size;
    }

    @Override
    public Optional<String> spamStatus() {
        return spamCheck().map(check -> check.spam() ? "Spam" : "NotSpam");
    }

    @Override
    public Optional<Boolean> bounce() {
        return Optional.empty();
    }

    @Override
    public Optional<Boolean> receivedWithSsl() {
        return Optional.empty();
    }

    @Override
    public Optional<String> repliesFromPlainBody() {
        return Optional.empty();
    }

    @Override
    public int attachmentQuantity() {
        return attachments().size();
    }

    @Override
    public List<InboundAttachment> attachments() {
        return parsed().attachments();
    }

    @Override
    public Optional<PostedBody> message() {
        return Optional.of(message);
    }

    @Override
    public List<HeaderField> headers() {
        return parsed().headers();
    }

    @Override
    Head head() {
        return parsed().head();
    }

    @Override
    Text text() {
        return parsed().text();
    }

    @Override
    public String dedupKey() {
        return dedupKey;
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("rcpt_to", rcptTo);
        map.put("mail_from", mailFrom.orElse(null));
        map.put(Posting.MESSAGE, Bytes.of(message));
        map.put("base64", true);
        map.put("size", size.orElse(null));
        return map;
    }

    private synchronized ParsedMessage parsed() {
        if (parsed == null) {
            try {
                parsed = MimeReader.read(message);
            } catch (IOException e) {
                throw new UncheckedIOException("The raw message cannot be read", e);
            }
        }
        return parsed;
    }

    /** As {@link Posted#dedupKey()} lays down: changing it makes every installation repeat its mail once. */
    private String fingerprint(byte[] messageSha256) {
        MessageDigest sha256 = MessageDigesting.sha256();
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(id).flip());
        update(sha256, Optional.of(rcptTo));
        update(sha256, mailFrom);
        return HexFormat.of().formatHex(sha256.digest(messageSha256));
    }

    private static void update(MessageDigest sha256, Optional<String> text) {
        byte[] bytes = text.map(value -> value.getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.isPresent() ? bytes.length : -1).flip());
        sha256.update(bytes);
    }
}
