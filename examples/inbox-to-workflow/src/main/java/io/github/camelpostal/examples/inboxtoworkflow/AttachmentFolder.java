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
package io.github.camelpostal.examples.inboxtoworkflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.payload.InboundAttachment;
import io.github.camelpostal.payload.InboundMail;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;

/**
 * Saves attachments as files, one folder for each mail: {@code attachments/<reference>/<name>}.
 *
 * <p>Camel's {@code file:} endpoint is no choice here: it reads a name with <code>${...}</code> in it as an expression, and the
 * name was written by a stranger.
 */
final class AttachmentFolder {

    /** Exchange property: a list of {@link SavedAttachment}. */
    static final String SAVED = "savedAttachments";

    private final Path folder;
    private final Path unfinished;

    /** @param root the working folder; parts of files are written beside the attachments, on the same file system */
    AttachmentFolder(Path root) {
        this.folder = root.resolve("attachments");
        this.unfinished = root.resolve("unfinished");
    }

    /**
     * Saves all attachments of the mail, or throws; may be called again for the same mail. When it returns their
     * content is on the disk, not only on its way to it.
     */
    @Handler
    void save(Exchange exchange) throws IOException {
        InboundMail mail = exchange.getMessage().getBody(InboundMail.class);
        String reference = Reference.of(exchange.getMessage().getHeader(PostalConstants.DEDUP_KEY, String.class));
        List<SavedAttachment> saved = new ArrayList<>();
        for (InboundAttachment attachment : mail.attachments()) {
            // name() is a leaf that is safe and unique in its mail; filename() is what the sender wrote
            Path target = folder.resolve(reference).resolve(attachment.name());
            long bytes = write(attachment, target);
            saved.add(new SavedAttachment(saved.size() + 1, Optional.ofNullable(attachment.filename()),
                    attachment.contentType(), bytes,
                    reference + "/" + attachment.name()));
        }
        exchange.setProperty(SAVED, saved);
    }

    /** Who looks sees a whole file or none, also when the process ends in the midst of it, and when two nodes write it. */
    private long write(InboundAttachment attachment, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.createDirectories(unfinished);
        Path part = Files.createTempFile(unfinished, "", ".part");
        try {
            long bytes;
            try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(file);
                    InputStream in = attachment.content().open()) {
                bytes = in.transferTo(out);
                file.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return bytes;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
