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

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import io.github.camelpostal.api.MailContent;
import io.github.camelpostal.api.PostalErrorCode;
import io.github.camelpostal.api.PostalMessage;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;

/**
 * Reads the body of an exchange as a complete RFC 5322 message.
 */
final class CompleteBody {

    private CompleteBody() {
    }

    static CompleteMessage read(Exchange exchange) throws IOException, MessagingException {
        Object body = exchange.getMessage().getBody();
        if (body instanceof MimeMessage message) {
            return CompleteMessage.of(message);
        }
        return CompleteMessage.read(content(exchange, body));
    }

    private static MailContent content(Exchange exchange, Object body) {
        if (body instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            return MailContent.of(file.toPath());
        }
        if (body instanceof File file) {
            return MailContent.of(file.toPath());
        }
        if (body instanceof Path path) {
            return MailContent.of(path);
        }
        if (body instanceof byte[] bytes) {
            return MailContent.of(bytes);
        }
        if (body instanceof CharSequence text) {
            Charset charset = BodyCharset.of(exchange);
            return MailContent.of(text.toString().getBytes(charset));
        }
        if (body instanceof PostalMessage || body instanceof Map) {
            throw new Refusal(PostalErrorCode.INVALID_VALUE,
                    "the body is a message in parts, not a complete RFC 5322 message; use postal:send for it");
        }
        InputStream stream = exchange.getMessage().getBody(InputStream.class);
        if (stream == null) {
            throw new Refusal(PostalErrorCode.NO_CONTENT, "the body is "
                    + (body == null ? "empty" : "a " + body.getClass().getName())
                    + "; it must be a complete RFC 5322 message as MimeMessage, bytes, stream, file or String");
        }
        return MailContent.once(stream);
    }
}
