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

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.camelpostal.internal.codec.PayloadDecoder;
import io.github.camelpostal.internal.mime.MessageIds;
import io.github.camelpostal.internal.text.HtmlText;
import io.github.camelpostal.internal.text.ReplyText;
import org.jspecify.annotations.Nullable;

/**
 * A mail that came in, as Postal sent it to its HTTP endpoint (protocol 4.4): what a route reads, files, and answers.
 *
 * <p>Postal has two formats. {@code Hash} brings the fields ready to use, and loses what does not fit them.
 * {@code RawMessage} brings the message as it is: {@link #message()} has it, and the other accessors read it when they are
 * first called. What the mail or its format does not say is null, an empty list or false.
 *
 * <p>Contents of attachments and of the raw message can be read until the exchange is done. Safe for use by several threads.
 */
public final class InboundMail implements PostalPayload {

    private final Envelope envelope;
    private final @Nullable Content message;
    private final String dedupKey;
    private final Supplier<Contents> reader;
    private @Nullable Contents contents;

    /**
     * What Postal itself says about a mail. A format that does not carry a value has null.
     *
     * @param id              counted per mail server, from 1; the same in all attempts
     * @param token           random letters and digits; null in the format {@code RawMessage}
     * @param rcptTo          the address that it came for, with the address tag if there was one
     * @param mailFrom        the envelope sender; null for the null sender, which bounces and most automatic replies use
     * @param timestamp       when Postal took it; null in the format {@code RawMessage}
     * @param size            the number of bytes at arrival
     * @param spamStatus      {@code Spam}, {@code NotSpam} or {@code NotChecked}
     * @param bounce          whether it came in by Postal's return path; null in the format {@code RawMessage}
     * @param receivedWithSsl whether the sender's server used TLS
     */
    public record Envelope(long id, @Nullable String token, String rcptTo, @Nullable String mailFrom,
            @Nullable Instant timestamp, @Nullable Long size, @Nullable String spamStatus, @Nullable Boolean bounce,
            @Nullable Boolean receivedWithSsl) {
    }

    /**
     * What a mail says, read from either format.
     *
     * @param headers            its header fields in their order; in the format {@code Hash} those that Postal passes on
     * @param replyTo            the addresses of its Reply-To field
     * @param plainBody          its text, or null
     * @param htmlBody           its HTML, or null
     * @param strippedReplies    what Postal stripped from the text
     * @param attachmentQuantity the number of attachments, also where they are withheld
     * @param attachments        null where the endpoint withholds them
     * @param undecoded          whether a text or an attachment is given as it came, because it could not be decoded
     * @param truncated          whether attachments were left out, because there are too many
     */
    public record Contents(List<HeaderField> headers, List<String> replyTo, @Nullable String plainBody,
            @Nullable String htmlBody, @Nullable StrippedReplies strippedReplies, int attachmentQuantity,
            @Nullable List<InboundAttachment> attachments, boolean undecoded, boolean truncated) {
    }

    /**
     * What Postal stripped from a text; exists where the endpoint strips replies.
     *
     * @param text null where there was nothing to strip
     */
    public record StrippedReplies(@Nullable String text) {
    }

    /** Makes a mail of Postal's format {@code Hash}: of use in tests of routes, too. */
    public InboundMail(Envelope envelope, Contents contents) {
        this(envelope, null, "mail:" + envelope.id() + ":" + envelope.token(), () -> contents);
    }

    /**
     * Makes a mail of Postal's format {@code RawMessage}.
     *
     * @param message  the complete message
     * @param dedupKey as {@link PostalPayload#dedupKey()} lays down
     * @param reader   called once, when an accessor first needs what the message says
     */
    public InboundMail(Envelope envelope, @Nullable Content message, String dedupKey, Supplier<Contents> reader) {
        this.envelope = envelope;
        this.message = message;
        this.dedupKey = dedupKey;
        this.reader = reader;
    }

    /**
     * Reads a mail back from what {@link #toMap()} gave, such as JSON that was stored; bytes may be base64 text.
     *
     * @throws PayloadException if the map is not that of a mail
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static InboundMail of(Map<String, Object> map) throws PayloadException {
        return PayloadDecoder.mail(map);
    }

    // ---- what Postal knows about it

    /** Counted per mail server, from 1; the same in all attempts. */
    public long id() {
        return envelope.id();
    }

    /** Random letters and digits. Null in the format {@code RawMessage}. */
    public @Nullable String token() {
        return envelope.token();
    }

    /** The address that it came for, with the address tag if there was one. */
    public String rcptTo() {
        return envelope.rcptTo();
    }

    /** The envelope sender; null for the null sender, which bounces and most automatic replies use. */
    public @Nullable String mailFrom() {
        return envelope.mailFrom();
    }

    /** When Postal took it. Null in the format {@code RawMessage}. */
    public @Nullable Instant timestamp() {
        return envelope.timestamp();
    }

    /** The number of bytes at arrival; null where Postal did not say. */
    public @Nullable Long size() {
        return envelope.size();
    }

    /** {@code Spam}, {@code NotSpam} or {@code NotChecked}; of a raw message, what its {@link #spamCheck()} says. */
    public @Nullable String spamStatus() {
        SpamCheck check = raw() ? spamCheck() : null;
        return check == null ? envelope.spamStatus() : check.spam() ? "Spam" : "NotSpam";
    }

    /** Whether it came in by Postal's return path. Null in the format {@code RawMessage}. */
    public @Nullable Boolean bounce() {
        return envelope.bounce();
    }

    /** Whether the sender's server used TLS; Postal 3.3 says nothing when it did not. */
    public @Nullable Boolean receivedWithSsl() {
        return envelope.receivedWithSsl();
    }

    // ---- what the mail says

    /** Its Message-ID without angle brackets: chosen by the sender, so neither unique nor secret. */
    public @Nullable String messageId() {
        return MessageIds.of(header("Message-ID"));
    }

    /** In the format {@code Hash} cut to 200 characters, and null where it is empty. */
    public @Nullable String subject() {
        return header("Subject");
    }

    /** The To field, decoded; not necessarily {@link #rcptTo()}. */
    public @Nullable String to() {
        return header("To");
    }

    /** The Cc field, decoded. */
    public @Nullable String cc() {
        return header("Cc");
    }

    /** The From field, decoded; not necessarily {@link #mailFrom()}, and anybody can write anything there. */
    public @Nullable String from() {
        return header("From");
    }

    /** The addresses of the Reply-To field. */
    public List<String> replyTo() {
        return contents().replyTo();
    }

    /** The text of the Date field, which may be no date at all. */
    public @Nullable String date() {
        return header("Date");
    }

    /** The In-Reply-To field. */
    public @Nullable String inReplyTo() {
        return header("In-Reply-To");
    }

    /** The References field; {@link #referenceIds()} has it in parts. */
    public @Nullable String references() {
        return header("References");
    }

    /** The Auto-Submitted field (RFC 3834). */
    public @Nullable String autoSubmitted() {
        return header("Auto-Submitted");
    }

    /** The text of the mail; without quoted replies where the endpoint strips them. */
    public @Nullable String plainBody() {
        return contents().plainBody();
    }

    /** The HTML of the mail. */
    public @Nullable String htmlBody() {
        return contents().htmlBody();
    }

    /**
     * What the person wrote: the text without the quoted mail and the signature, without blank lines around it; of a mail
     * that is HTML alone, its readable text. Empty where nothing of one's own is in it.
     *
     * <p>A heuristic that knows the marks of common mail programs in the languages that they speak, not an exact science:
     * decide by what is understood, and ask again otherwise.
     */
    public String replyText() {
        String plain = plainBody();
        if (plain != null && !plain.isBlank()) {
            return ReplyText.of(plain);
        }
        String html = htmlBody();
        return html == null ? "" : ReplyText.of(HtmlText.withQuoteMarks(html));
    }

    /** What Postal stripped from the text; only where the endpoint strips replies. */
    public @Nullable String repliesFromPlainBody() {
        StrippedReplies stripped = contents().strippedReplies();
        return stripped == null ? null : stripped.text();
    }

    /** The number of attachments, also where the endpoint withholds them. */
    public int attachmentQuantity() {
        return contents().attachmentQuantity();
    }

    /** The attachments; empty where the endpoint withholds them. */
    public List<InboundAttachment> attachments() {
        List<InboundAttachment> attachments = contents().attachments();
        return attachments == null ? List.of() : attachments;
    }

    /** Whether a text or an attachment is given as it came, because it could not be decoded; known for raw messages. */
    public boolean undecoded() {
        return contents().undecoded();
    }

    /** Whether attachments were left out, because there are more than 5,000 or nested too deep. */
    public boolean truncated() {
        return contents().truncated();
    }

    // ---- its header and the message itself

    /** Whether Postal sent it in the format {@code RawMessage}. */
    public boolean raw() {
        return message != null;
    }

    /** The complete message, with the fields that Postal has put in front. Null in the format {@code Hash}. */
    public @Nullable Content message() {
        return message;
    }

    /** All header fields in their order; in the format {@code Hash} the few that Postal passes on. */
    public List<HeaderField> headers() {
        return contents().headers();
    }

    /** The value of a header field; of several with that name, in any case, the last one; null where there is none. */
    public @Nullable String header(String name) {
        List<HeaderField> headers = headers();
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).name().equalsIgnoreCase(name)) {
                return headers.get(i).value();
            }
        }
        return null;
    }

    /** What Postal's inspection found. Null in the format {@code Hash}. */
    public @Nullable SpamCheck spamCheck() {
        return raw() ? SpamCheck.of(headers()) : null;
    }

    // ---- what one wants to know next

    /** What follows the first {@code +} in the local part of {@link #rcptTo()}: {@code T-17} of {@code support+T-17@…}. */
    public @Nullable String addressTag() {
        return MessageInfo.addressTagOf(rcptTo());
    }

    /**
     * Whether a program wrote it, so that no automatic reply may be sent (RFC 3834): its Auto-Submitted field says anything
     * but {@code no}. Mail from the null sender, and bounces, must not be answered either.
     */
    public boolean isAutoReply() {
        String field = autoSubmitted();
        String keyword = field == null ? "" : field.split("[;(]", 2)[0].strip().toLowerCase(Locale.ROOT);
        return !keyword.isEmpty() && !keyword.equals("no");
    }

    /** The Message-IDs of the References field, oldest first, without angle brackets. */
    public List<String> referenceIds() {
        return MessageIds.in(references());
    }

    /** The Message-IDs of the In-Reply-To field, mostly one, without angle brackets. */
    public List<String> inReplyToIds() {
        return MessageIds.in(inReplyTo());
    }

    /**
     * A reply to it, still without text: to Reply-To, else From, from the address that it came for, in the same thread. Whether
     * a program may send it, the header {@code CamelPostalReplyAllowed} says.
     *
     * @throws IllegalStateException if nobody can be written to; {@link #canReply()} tells before
     */
    public MailReply reply() {
        return MailReply.to(this).orElseThrow(() -> new IllegalStateException(this + " cannot be replied to: "
                + (mailFrom() == null ? "it comes from the null sender" : "it names no address but the one that it came for")));
    }

    /** Whether {@link #reply()} has an address; not from the null sender, nor where only our own or none is to be found. */
    public boolean canReply() {
        return MailReply.to(this).isPresent();
    }

    @Override
    public Outcome outcome() {
        return Outcome.INBOUND;
    }

    @Override
    public String dedupKey() {
        return dedupKey;
    }

    @Override
    public Map<String, Object> toMap() {
        return InboundMailMap.of(this, envelope, contents());
    }

    /** No addresses and nothing of the content, so that it may be logged. */
    @Override
    public String toString() {
        return "inbound mail " + id();
    }

    private synchronized Contents contents() {
        if (contents == null) {
            contents = reader.get();
        }
        return contents;
    }
}
