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

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.PayloadException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a form body (protocol 4.4, FormData rules); one object of its own for every body. Base64 values are not read: it is
 * noted where they begin, and they are skipped.
 */
final class FormPayloadReader {

    // besides those of attachments
    static final int MOST_FIELDS = JsonPayloadReader.MOST_VALUES + 1_000;

    private static final Pattern ATTACHMENT = Pattern.compile("attachments\\[(\\d{1,6})]\\[([a-z_]{1,40})]");

    private final Content body;
    private final Fields fields = new Fields();
    private @Nullable AttachmentFields attachments;
    private @Nullable Content message;
    private int count;
    private int addresses;

    FormPayloadReader(Content body) {
        this.body = body;
    }

    ParsedPayload read() throws IOException, PayloadException {
        try (InputStream in = body.open()) {
            FormInput form = new FormInput(in);
            for (String name = form.nextName(); name != null; name = form.nextName()) {
                readField(name, form);
            }
        }
        // a mail without attachments has no such key at all, so that it looks like one of which Postal withholds them
        return new ParsedPayload(fields, attachments, message);
    }

    private void readField(String name, FormInput form) throws IOException, PayloadException {
        Matcher attachment = ATTACHMENT.matcher(name);
        if (attachment.matches()) {
            readAttachmentField(Integer.parseInt(attachment.group(1)), attachment.group(2), form);
        } else if (name.equals(ParsedPayload.REPLY_TO)) {
            if (++addresses <= JsonPayloadReader.MOST_VALUES) { // no mail is kept from its route for having more
                fields.add(name, valueOf(form));
            }
        } else {
            readSingleField(name, form);
        }
    }

    private void readSingleField(String name, FormInput form) throws IOException, PayloadException {
        if (++count > MOST_FIELDS) {
            throw new PayloadException("it has more than " + MOST_FIELDS + " fields");
        }
        if (name.equals(ParsedPayload.MESSAGE) && form.hasValue()) {
            if (message != null) {
                throw new PayloadException("'message' occurs twice");
            }
            message = encoded(form);
        } else if (ParsedPayload.isKnown(name)) {
            fields.put(name, valueOf(form));
        }
    }

    private void readAttachmentField(int index, String name, FormInput form) throws IOException, PayloadException {
        if (attachments == null) {
            attachments = new AttachmentFields();
        }
        AttachmentFields.Entry attachment = attachments.at(index);
        if (attachment == null) {
            return;
        }
        if (name.equals(AttachmentFields.DATA)) {
            attachment.putData(form.hasValue() ? encoded(form) : new MemoryContent(new byte[0]));
        } else if (AttachmentFields.isKnown(name)) {
            attachment.put(name, valueOf(form));
        }
    }

    private EncodedContent encoded(FormInput form) {
        return new EncodedContent(body, form.position(), EncodedValue.Syntax.FORM_VALUE);
    }

    private static @Nullable String valueOf(FormInput form) throws IOException, PayloadException {
        return form.hasValue() ? form.text() : null;
    }
}
