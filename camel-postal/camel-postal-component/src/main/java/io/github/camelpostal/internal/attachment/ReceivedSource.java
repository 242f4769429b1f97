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
package io.github.camelpostal.internal.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import jakarta.activation.DataSource;

import io.github.camelpostal.payload.InboundAttachment;

/** An attachment of an inbound mail as Camel's attachments want it. Sending tells by the type that it is one of those. */
public record ReceivedSource(InboundAttachment attachment) implements DataSource {

    @Override
    public InputStream getInputStream() throws IOException {
        return attachment.content().open();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        throw new IOException("A received attachment cannot be written to");
    }

    @Override
    public String getContentType() {
        return attachment.contentType();
    }

    @Override
    public String getName() {
        return attachment.name();
    }

    /** Not the name, which the sender of the mail chose. */
    @Override
    public String toString() {
        return attachment.toString();
    }
}
