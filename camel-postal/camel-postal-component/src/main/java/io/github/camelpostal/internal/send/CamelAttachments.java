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
package io.github.camelpostal.internal.send;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.activation.FileDataSource;
import jakarta.mail.util.ByteArrayDataSource;

import io.github.camelpostal.api.PostalAttachment;
import io.github.camelpostal.api.StoredMessage;
import io.github.camelpostal.internal.attachment.ReceivedSource;
import io.github.camelpostal.payload.Content;
import org.apache.camel.Message;
import org.apache.camel.attachment.Attachment;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachmentMessage;
import org.jspecify.annotations.Nullable;

/**
 * Translates between attachments of a Camel message and those of a mail; neither way reads them.
 */
final class CamelAttachments {

    private CamelAttachments() {
    }

    /**
     * The attachments of a message that is to be sent, under the names that they have there.
     *
     * @param received whether those that came with an inbound mail go along
     */
    static List<PostalAttachment> of(Message message, boolean received) {
        List<PostalAttachment> attachments = new ArrayList<>();
        AttachmentMessage holder = message.getExchange().getMessage(AttachmentMessage.class);
        if (holder != null && holder.hasAttachments()) {
            for (Map.Entry<String, Attachment> entry : holder.getAttachmentObjects().entrySet()) {
                if (received || !(entry.getValue().getDataHandler().getDataSource() instanceof ReceivedSource)) {
                    attachments.add(attachment(entry.getKey(), entry.getValue()));
                }
            }
        }
        return attachments;
    }

    /** Hangs the attachments of a stored message on a Camel message, in place of those it had. */
    static void attach(StoredMessage stored, Message message) {
        AttachmentMessage holder = new DefaultAttachmentMessage(message);
        holder.clearAttachments();
        int unnamed = 0;
        for (StoredMessage.Attachment attachment : stored.attachments()) {
            String name = attachment.filename().isBlank() ? "attachment-" + ++unnamed : attachment.filename();
            holder.addAttachment(unused(name, holder), new DataHandler(new StoredSource(attachment)));
        }
    }

    private static String unused(String name, AttachmentMessage holder) {
        String candidate = name;
        for (int n = 2; holder.getAttachment(candidate) != null; n++) {
            candidate = n + "-" + name;
        }
        return candidate;
    }

    private static PostalAttachment attachment(@Nullable String key, Attachment attachment) {
        DataHandler handler = attachment.getDataHandler();
        String name = key == null || key.isBlank() ? handler.getName() : key;
        String disposition = attachment.getHeader("Content-Disposition");
        return new PostalAttachment(name, handler.getContentType(), content(handler),
                attachment.getHeader("Content-ID"),
                disposition != null && disposition.strip().toLowerCase(Locale.ROOT).startsWith("inline"));
    }

    private static Content content(DataHandler handler) {
        return new Content() {
            @Override
            public InputStream open() throws IOException {
                return OneTimeStreams.opened(handler.getInputStream());
            }

            @Override
            public long length() {
                return CamelAttachments.length(handler.getDataSource());
            }
        };
    }

    /** The length, where the source knows it without being read; else -1. */
    private static long length(DataSource source) {
        if (source instanceof FileDataSource file) {
            return file.getFile().length();
        }
        if (source instanceof StoredSource stored) {
            return stored.attachment().content().length();
        }
        if (source instanceof ByteArrayDataSource bytes) {
            try (InputStream in = bytes.getInputStream()) {
                return in instanceof ByteArrayInputStream ? in.available() : -1;
            } catch (IOException e) {
                return -1; // reading it will say why
            }
        }
        return -1;
    }

    private record StoredSource(StoredMessage.Attachment attachment) implements DataSource {

        @Override
        public InputStream getInputStream() throws IOException {
            return attachment.content().open();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            throw new IOException("A stored message cannot be written");
        }

        @Override
        public String getContentType() {
            return attachment.contentType();
        }

        @Override
        public String getName() {
            return attachment.filename();
        }
    }
}
