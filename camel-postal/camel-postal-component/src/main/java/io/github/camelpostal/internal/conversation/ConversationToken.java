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
package io.github.camelpostal.internal.conversation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

import io.github.camelpostal.conversation.ConversationSender;
import org.jspecify.annotations.Nullable;

/**
 * A token whose signature was verified. The text of a token, in lower-case base32 where nothing else is said:
 *
 * <pre>
 * key id   1
 * expiry   3   the last day on which it is accepted
 * check    4   keyed check of the addressees
 * id       n   the escaped id of the conversation
 * MAC     16   80 bits of HMAC-SHA-256 over all of that and the purpose, and the route's address in a reply address
 * </pre>
 */
public final class ConversationToken {

    /** Characters of a token without the escaped id. */
    static final int FIXED_LENGTH = 24;

    static final int DAY_DIGITS = 3;

    static final int MAC_DIGITS = 16;

    static final int ID_START = 1 + DAY_DIGITS + AddresseeCheck.DIGITS;

    /** Long enough for a Message-ID of 255 characters; what is longer is not looked at. */
    private static final int MAX_LENGTH = 255;

    /** The length of a key in Camel's JDBC idempotent repository. */
    private static final int MAX_KEY_LENGTH = 100;

    private final ConversationKey key;
    private final String body;

    private ConversationToken(ConversationKey key, String body) {
        this.key = key;
        this.body = body;
    }

    static String issue(ConversationKey key, KeyPurpose purpose, String conversation, Collection<String> addressees,
            ExpiryDay expiry, String binding) {
        String id = ConversationIdText.escape(conversation);
        String body = key.id() + Base32.ofNumber(expiry.number(), DAY_DIGITS) + AddresseeCheck.of(key, id, addressees) + id;
        return body + mac(key, purpose, body, binding);
    }

    /** Tells whether a text has the form of a token, so that an ordinary address tag is not counted as a forgery. */
    static boolean looksLikeOne(String text) {
        int length = text.length();
        if (length <= FIXED_LENGTH || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = lower(text.charAt(i));
            boolean ofId = i >= ID_START && i < length - MAC_DIGITS;
            if (!(ofId ? ConversationIdText.isAllowed(c) : Base32.isDigit(c))) {
                return false;
            }
        }
        return true;
    }

    /** Verifies a text that has the form of a token. */
    static TokenCheck verify(ConversationKeys keys, KeyPurpose purpose, String text, String binding, ExpiryDay today) {
        String token = text.toLowerCase(Locale.ROOT);
        Optional<ConversationKey> key = keys.find(token.charAt(0));
        if (key.isEmpty()) {
            return new TokenCheck.Faulty(TokenFault.UNKNOWN_KEY);
        }
        int macStart = token.length() - MAC_DIGITS;
        String body = token.substring(0, macStart);
        String expected = mac(key.get(), purpose, body, binding);
        if (!MessageDigest.isEqual(ascii(expected), ascii(token.substring(macStart)))) {
            return new TokenCheck.Faulty(TokenFault.FORGED);
        }
        if (today.isAfter(new ExpiryDay(Base32.toNumber(token, 1, 1 + DAY_DIGITS)))) {
            return new TokenCheck.Faulty(TokenFault.EXPIRED);
        }
        return new TokenCheck.Valid(new ConversationToken(key.get(), body));
    }

    /** Returns the id that the mail was sent with. */
    public String conversation() {
        return ConversationIdText.unescape(body.substring(ID_START));
    }

    /** Tells whether an address is one of those that the mail was sent to. Null and what is no address is another one. */
    public ConversationSender sender(@Nullable String address) {
        int check = Base32.toNumber(body, 1 + DAY_DIGITS, ID_START);
        boolean expected = MailAddress.find(address)
                .filter(a -> AddresseeCheck.covers(key, body.substring(ID_START), check, a)).isPresent();
        return expected ? ConversationSender.EXPECTED : ConversationSender.OTHER;
    }

    /** Tells whether the mail was sent to this address and to nobody else. */
    boolean isSentOnlyTo(String address) {
        int check = Base32.toNumber(body, 1 + DAY_DIGITS, ID_START);
        return MailAddress.find(address).filter(a -> AddresseeCheck.isOnly(key, body.substring(ID_START), check, a))
                .isPresent();
    }

    /**
     * Returns the key under which a repository remembers that this token was used. The reply address and the Message-ID of
     * one mail have the same key, so a reply counts once whichever of the two it is recognised by. Never over 100
     * characters, which is what Camel's JDBC repository takes.
     */
    public String singleUseKey() {
        if (body.length() <= MAX_KEY_LENGTH) {
            return body;
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ascii(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private static String mac(ConversationKey key, KeyPurpose purpose, String body, String binding) {
        return Base32.ofBytes(key.mac(purpose, body, binding), MAC_DIGITS);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
