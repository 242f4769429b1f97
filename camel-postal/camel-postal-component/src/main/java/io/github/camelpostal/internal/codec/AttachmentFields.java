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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import io.github.camelpostal.internal.mime.AttachmentFileNames;
import io.github.camelpostal.payload.Content;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.PayloadException;
import org.jspecify.annotations.Nullable;

/** The attachments of a mail in Postal's format {@code Hash}, in their order, while they are read. */
final class AttachmentFields {

    static final int MOST = 5_000;
    static final String DATA = "data";

    private static final Set<String> FIELDS = Set.of("filename", "content_type", "size", DATA);

    private final TreeMap<Integer, Entry> entries = new TreeMap<>();
    private boolean truncated;

    static boolean isKnown(String field) {
        return FIELDS.contains(field);
    }

    int size() {
        return entries.size();
    }

    /** The attachment with that index, begun if need be; null for those that are too many. */
    @Nullable
    Entry at(int index) {
        Entry entry = entries.get(index);
        if (entry == null && entries.size() < MOST) {
            entry = new Entry();
            entries.put(index, entry);
        }
        truncated |= entry == null;
        return entry;
    }

    /** Whether there were more than are kept. */
    boolean truncated() {
        return truncated;
    }

    List<InboundAttachment> complete() throws PayloadException {
        AttachmentFileNames names = new AttachmentFileNames();
        List<InboundAttachment> attachments = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            attachments.add(entry.complete(names));
        }
        return List.copyOf(attachments);
    }

    /** One attachment while its fields come in. */
    static final class Entry {

        private final Fields fields = new Fields();
        private @Nullable Content data;

        void put(String name, @Nullable Object value) throws PayloadException {
            fields.put(name, value);
        }

        void putData(Content content) throws PayloadException {
            fields.put(DATA, true);
            data = content;
        }

        private InboundAttachment complete(AttachmentFileNames names) throws PayloadException {
            if (data == null) {
                throw new PayloadException("an attachment has no data");
            }
            String filename = fields.text("filename");
            String type = fields.text("content_type");
            String contentType = type == null || type.isBlank() ? "application/octet-stream" : type;
            return new InboundAttachment(names.next(filename, contentType), filename, contentType, null, false, data);
        }
    }
}
