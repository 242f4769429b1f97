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
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a form body (contract 4.4, FormData rules); one object of its own for every body. */
final class FormReader {

    // four for each attachment, and room for the rest
    static final int MOST_FIELDS = 4 * AttachmentList.MOST + 1_000;

    private static final Pattern ATTACHMENT = Pattern.compile("attachments\\[(\\d{1,6})]\\[([a-z_]{1,40})]");

    private final ContentStore store;
    private final Fields fields = new Fields();
    private AttachmentList attachments;
    private Posting.RawBytes message;

    FormReader(ContentStore store) {
        this.store = store;
    }

    Posting read(InputStream in) throws IOException, PayloadException {
        FormInput form = new FormInput(in);
        int count = 0;
        for (String name = form.nextName(); name != null; name = form.nextName()) {
            if (++count > MOST_FIELDS) {
                throw new PayloadException("it has more than " + MOST_FIELDS + " fields");
            }
            readField(name, form);
        }
        // a mail without attachments has no such key at all, so that it looks like one of which Postal withholds them
        return new Posting(fields, attachments == null ? Optional.empty() : Optional.of(attachments.complete()),
                Optional.ofNullable(message));
    }

    private void readField(String name, FormInput form) throws IOException, PayloadException {
        Matcher attachment = ATTACHMENT.matcher(name);
        if (name.equals(Posting.MESSAGE) && form.hasValue()) {
            if (message != null) {
                throw new PayloadException("'message' occurs twice");
            }
            message = MessageDigesting.store(store, out -> decodeBase64(form, out));
        } else if (attachment.matches()) {
            readAttachmentField(Integer.parseInt(attachment.group(1)), attachment.group(2), form);
        } else if (name.equals(Posting.REPLY_TO)) {
            fields.add(name, valueOf(form));
        } else if (Posting.isKnown(name)) {
            fields.put(name, valueOf(form));
        }
    }

    private void readAttachmentField(int index, String name, FormInput form) throws IOException, PayloadException {
        if (attachments == null) {
            attachments = new AttachmentList();
        }
        AttachmentList.Entry attachment = attachments.at(index);
        if (name.equals(AttachmentList.DATA)) {
            attachment.putData(store.store(out -> decodeBase64(form, out)));
        } else if (AttachmentList.isKnown(name)) {
            attachment.put(name, valueOf(form));
        }
    }

    private static String valueOf(FormInput form) throws IOException, PayloadException {
        return form.hasValue() ? form.text() : null;
    }

    private static void decodeBase64(FormInput form, OutputStream out) throws IOException, PayloadException {
        Base64Lines lines = new Base64Lines(out);
        byte[] piece = new byte[8 * 1024];
        for (int length = form.read(piece); length > 0; length = form.read(piece)) {
            lines.decode(piece, length);
        }
        lines.complete();
    }
}
