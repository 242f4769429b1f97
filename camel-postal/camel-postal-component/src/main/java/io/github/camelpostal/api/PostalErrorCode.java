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
package io.github.camelpostal.api;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Why a call was refused: Postal's codes (protocol 2.5), and our own for what is refused before a call is made or by
 * something in front of Postal.
 *
 * <p>Each constant knows what it means in words that may stand in a log: no key, no address, nothing of a message.
 */
public enum PostalErrorCode {

    /** No API key reached Postal. */
    ACCESS_DENIED("AccessDenied", "no API key reached Postal; set apiKey"),
    /** No credential of type API has this key. */
    INVALID_SERVER_API_KEY("InvalidServerAPIKey",
            "Postal knows no credential of type API with this key; check apiKey, and that it is no SMTP credential"),
    /** The mail server or its organization is suspended. */
    SERVER_SUSPENDED("ServerSuspended", "the mail server or its organization is suspended; a Postal admin must act"),

    /** To, Cc and Bcc are all empty. */
    NO_RECIPIENTS("NoRecipients", "the message has no recipient; set to, cc or bcc"),
    /** More than 50 entries in To. */
    TOO_MANY_TO_ADDRESSES("TooManyToAddresses", "more than 50 recipients in to"),
    /** More than 50 entries in Cc. */
    TOO_MANY_CC_ADDRESSES("TooManyCCAddresses", "more than 50 recipients in cc"),
    /** More than 50 entries in Bcc. */
    TOO_MANY_BCC_ADDRESSES("TooManyBCCAddresses", "more than 50 recipients in bcc"),
    /** Plain and HTML body are both blank. */
    NO_CONTENT("NoContent", "the message has no text: plain and HTML body are both blank"),
    /** From is blank. */
    FROM_ADDRESS_MISSING("FromAddressMissing", "the message has no sender; set from"),
    /** The domain of From is not verified for the mail server. */
    UNAUTHENTICATED_FROM_ADDRESS("UnauthenticatedFromAddress",
            "the mail server may not send for this From; its domain must be added and verified in Postal"),
    /** An attachment without a name. */
    ATTACHMENT_MISSING_NAME("AttachmentMissingName", "an attachment has no name"),
    /** An attachment without data, or with data that decodes to nothing. */
    ATTACHMENT_MISSING_DATA("AttachmentMissingData", "an attachment has no content"),
    /** No message with this id on this mail server. */
    MESSAGE_NOT_FOUND("MessageNotFound", "the mail server has no message with this id, or no longer"),
    /** A parameter is missing or has a shape that Postal refuses; Postal's own word for it, although not a code. */
    PARAMETER_ERROR("parameter-error", "Postal refused a parameter of the call"),

    /** Something in front of Postal refused the size (HTTP 413). */
    TOO_LARGE("TooLarge", "the message is larger than the proxy in front of Postal allows"),
    /** An address that cannot be parsed, or whose local part is not ASCII. */
    INVALID_ADDRESS("InvalidAddress", "an address cannot be understood"),
    /** A tag, an address or a Message-ID that Postal's database cannot hold: it would respond with 500 (protocol 2.4). */
    TOO_LONG("TooLong", "a tag, an address or a Message-ID is longer than 255 characters"),
    /** Bytes that are not text in the character set they claim. */
    INVALID_ENCODING("InvalidEncoding", "text cannot be decoded in its character set"),
    /** Something that the chosen transport cannot carry. */
    NOT_EXPRESSIBLE("NotExpressible", "send/message cannot carry this message"),
    /** An id, expansion or other value that makes no sense. */
    INVALID_VALUE("InvalidValue", "a value makes no sense"),
    /** The content of an attachment or raw message could not be read; the call was broken off. */
    CONTENT_UNREADABLE("ContentUnreadable", "the content of an attachment or raw message could not be read"),
    /** Another mail, or a mail for another mail server, was sent with this idempotency key; ours. */
    KEY_REUSED("KeyReused", "another mail was sent with this idempotency key; give each mail its own"),
    /** All recipients are on the suppression list; ours. */
    SUPPRESSED("Suppressed", "all recipients are on the suppression list"),

    /** A code that this version does not know; {@link PostalException#rawCode()} has it. */
    UNKNOWN("", "a code that this version does not know");

    private static final Map<String, PostalErrorCode> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(PostalErrorCode::postalName, Function.identity()));

    private final String postalName;
    private final String meaning;

    PostalErrorCode(String postalName, String meaning) {
        this.postalName = postalName;
        this.meaning = meaning;
    }

    /** The constant for a code as Postal writes it; {@link #UNKNOWN} for any other. */
    public static PostalErrorCode of(@Nullable String postalName) {
        return postalName == null ? UNKNOWN : BY_NAME.getOrDefault(postalName, UNKNOWN);
    }

    /** The code as Postal writes it, or as Postal would write it where it is ours; empty for {@link #UNKNOWN}. */
    public String postalName() {
        return postalName;
    }

    /** What it means and what to do, in one clause; safe to log. */
    public String meaning() {
        return meaning;
    }

}
