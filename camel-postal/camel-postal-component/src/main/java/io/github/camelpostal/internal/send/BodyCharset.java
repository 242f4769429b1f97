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

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.ParseException;

import io.github.camelpostal.api.PostalErrorCode;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/**
 * Which character set a body is in: the exchange's, else that of its Content-Type, else UTF-8. Never the platform's.
 */
final class BodyCharset {

    private BodyCharset() {
    }

    static Charset of(Exchange exchange) {
        String name = ExchangeHelper.getCharsetName(exchange, false);
        if (name == null) {
            name = ofContentType(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class));
        }
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name.strip());
        } catch (IllegalArgumentException e) {
            throw new Refusal(PostalErrorCode.INVALID_ENCODING,
                    "the exchange or its Content-Type names a character set that this Java does not know", e);
        }
    }

    /** Bytes as text; what does not decode is refused, because a mail with replacement characters would be another mail. */
    static String decode(Exchange exchange, byte[] bytes) {
        Charset charset = of(exchange);
        try {
            return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(PostalErrorCode.INVALID_ENCODING, "the body is not " + charset.name()
                    + "; set the exchange property CamelCharsetName, or a Content-Type header with charset", e);
        }
    }

    private static String ofContentType(String contentType) {
        try {
            return contentType == null ? null : new ContentType(contentType).getParameter("charset");
        } catch (ParseException e) {
            return null;
        }
    }
}
