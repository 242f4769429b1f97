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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Collects the attachments of a mail in Postal's format {@code Hash}, in their order. */
final class AttachmentList {

    static final int MOST = 5_000;
    static final String DATA = "data";

    private static final Set<String> FIELDS = Set.of("filename", "content_type", "size", DATA);

    private final TreeMap<Integer, Entry> entries = new TreeMap<>();

    static boolean isKnown(String field) {
        return FIELDS.contains(field);
    }

    int size() {
        return entries.size();
    }

    /** The attachment with that index, begun if need be. */
    Entry at(int index) throws PayloadException {
        if (index < 0 || index >= MOST) {
            throw new PayloadException("it has more than " + MOST + " attachments");
        }
        return entries.computeIfAbsent(index, i -> new Entry());
    }

    List<InboundAttachment> complete() throws PayloadException {
        SafeNames names = new SafeNames();
        List<InboundAttachment> attachments = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            attachments.add(entry.complete(names));
        }
        return List.copyOf(attachments);
    }

    /** One attachment while its fields come in. */
    static final class Entry {

        private final Fields fields = new Fields();
        private PostedBody data;

        void put(String name, Object value) throws PayloadException {
            fields.put(name, value);
        }

        void putData(PostedBody content) throws PayloadException {
            fields.put(DATA, true);
            data = content;
        }

        private InboundAttachment complete(SafeNames names) throws PayloadException {
            if (data == null) {
                throw new PayloadException("an attachment has no data");
            }
            String contentType = fields.text("content_type").filter(type -> !type.isBlank())
                    .orElse("application/octet-stream");
            return new InboundAttachment(names.next(fields.text("filename"), contentType), fields.text("filename"), contentType,
                    Optional.empty(), false, data);
        }
    }
}
