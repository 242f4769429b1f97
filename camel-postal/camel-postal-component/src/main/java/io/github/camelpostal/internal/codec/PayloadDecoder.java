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

import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.camelpostal.internal.reason.ReasonClassifier;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.InboundMail;
import io.github.camelpostal.payload.PayloadException;
import io.github.camelpostal.payload.PostalEvent;
import io.github.camelpostal.payload.PostalPayload;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Postal sent into an event or a mail; the one place where the wire form is chosen.
 *
 * <p>The content type says how the body is written (JSON or form), and its shape what it is: an event, a mail in Postal's
 * format {@code Hash}, or one in the format {@code RawMessage}. The body is read once, from its start to its end, and stays the
 * only copy of attachments and large messages, which are decoded when they are read.
 *
 * <p>Strict about the shape, tolerant about the rest: unknown fields, nulls, 0 and 1 for booleans and numbers written as text
 * are all fine, and so is everything that a mail contains. Nothing here checks a signature; that has been done on the same
 * bytes before.
 */
public final class PayloadDecoder {

    private final long memoryThreshold;
    private final ReasonClassifier reasons;

    /**
     * @param memoryThreshold the size in bytes up to which a raw message is decoded into memory; a larger one is decoded from
     *                        the body whenever it is read
     * @param reasons         says why mails were not delivered
     */
    public PayloadDecoder(long memoryThreshold, ReasonClassifier reasons) {
        this.memoryThreshold = memoryThreshold;
        this.reasons = reasons;
    }

    /** With the reasons that the component's own rules find. */
    public PayloadDecoder(long memoryThreshold) {
        this(memoryThreshold, ReasonClassifier.standard());
    }

    /**
     * @param  contentType      the header as it came, with or without parameters; null where there was none
     * @param  body             must stay readable as long as the result is used
     * @throws PayloadException if the body is not one of Postal's; whatever bytes it consists of
     * @throws IOException      if the body cannot be read
     */
    public PostalPayload decode(@Nullable String contentType, Content body) throws IOException, PayloadException {
        ParsedPayload parsed;
        try {
            parsed = switch (mediaType(contentType)) {
                case "application/json" -> new JsonPayloadReader(body).read();
                case "application/x-www-form-urlencoded" -> new FormPayloadReader(body).read();
                default -> throw new PayloadException("Content-Type is neither application/json nor"
                        + " application/x-www-form-urlencoded");
            };
        } catch (CharacterCodingException | CharConversionException e) { // the latter: Jackson takes the first bytes for UTF-32
            throw new PayloadException("it is not valid UTF-8");
        }
        return switch (parsed.shape()) {
            case EVENT -> EventReader.read(parsed.fields(), reasons);
            case HASH_MAIL -> HashMailReader.read(parsed);
            case RAW_MAIL -> RawMailReader.read(parsed, memoryThreshold);
        };
    }

    /** The event of which this is the map, or JSON read into one. Its reason is what the component's own rules find. */
    public static PostalEvent event(Map<String, Object> map) throws PayloadException {
        ParsedPayload parsed = parsed(map);
        if (parsed.shape() != ParsedPayload.Shape.EVENT) {
            throw new PayloadException("it has not the shape of an event");
        }
        return EventReader.read(parsed.fields(), ReasonClassifier.standard());
    }

    /** The mail of which this is the map, or JSON read into one. */
    public static InboundMail mail(Map<String, Object> map) throws PayloadException {
        ParsedPayload parsed = parsed(map);
        try {
            return switch (parsed.shape()) {
                case HASH_MAIL -> HashMailReader.read(parsed);
                case RAW_MAIL -> RawMailReader.read(parsed, Long.MAX_VALUE);
                case EVENT -> throw new PayloadException("it has not the shape of a mail");
            };
        } catch (IOException e) {
            throw new IllegalStateException("Memory cannot be read", e);
        }
    }

    private static ParsedPayload parsed(Map<String, Object> map) throws PayloadException {
        Map<String, Object> fields = new LinkedHashMap<>(map);
        Object message = fields.remove(ParsedPayload.MESSAGE);
        Object attachments = fields.remove(ParsedPayload.ATTACHMENTS);
        fields.keySet().removeIf(name -> !ParsedPayload.isKnown(name));
        return new ParsedPayload(new Fields(fields), attachments == null ? null : attachments(attachments),
                message == null ? null : content(message));
    }

    private static AttachmentFields attachments(Object list) throws PayloadException {
        AttachmentFields attachments = new AttachmentFields();
        for (Object element : list instanceof List<?> several ? several : List.of(list)) {
            if (!(element instanceof Map<?, ?> attachment)) {
                throw new PayloadException("an attachment is not an object");
            }
            AttachmentFields.Entry entry = attachments.at(attachments.size());
            if (entry == null) {
                return attachments;
            }
            entry.put("filename", attachment.get("filename"));
            entry.put("content_type", attachment.get("content_type"));
            Object data = attachment.get(AttachmentFields.DATA);
            entry.putData(content(data == null ? "" : data));
        }
        return attachments;
    }

    private static MemoryContent content(Object bytes) throws PayloadException {
        if (bytes instanceof byte[] array) {
            return new MemoryContent(array);
        }
        try {
            return new MemoryContent(Base64.getMimeDecoder().decode(bytes.toString()));
        } catch (IllegalArgumentException e) {
            throw new PayloadException("an attachment or a message is not base64");
        }
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
