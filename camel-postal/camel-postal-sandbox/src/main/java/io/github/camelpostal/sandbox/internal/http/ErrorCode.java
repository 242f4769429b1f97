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
package io.github.camelpostal.sandbox.internal.http;

/** Postal's error codes (protocol 2.5), with texts of our own: Postal's wording is not part of the protocol. */
enum ErrorCode {
    ACCESS_DENIED("AccessDenied", "The request carries no API key."), INVALID_SERVER_API_KEY("InvalidServerAPIKey",
            "No API credential has the key given in X-Server-API-Key."), SERVER_SUSPENDED("ServerSuspended",
                    "The mail server is suspended"), NO_RECIPIENTS("NoRecipients",
                            "The message has no recipients"), TOO_MANY_TO("TooManyToAddresses",
                                    "More than 50 To addresses"), TOO_MANY_CC("TooManyCCAddresses",
                                            "More than 50 CC addresses"), TOO_MANY_BCC("TooManyBCCAddresses",
                                                    "More than 50 BCC addresses"), NO_CONTENT("NoContent",
                                                            "The message has neither a text nor an HTML body"), FROM_ADDRESS_MISSING(
                                                                    "FromAddressMissing",
                                                                    "The message has no From address"), UNAUTHENTICATED_FROM_ADDRESS(
                                                                            "UnauthenticatedFromAddress",
                                                                            "This server may not send mail from this From address"), ATTACHMENT_MISSING_NAME(
                                                                                    "AttachmentMissingName",
                                                                                    "An attachment has no name"), ATTACHMENT_MISSING_DATA(
                                                                                            "AttachmentMissingData",
                                                                                            "An attachment has no data"), MESSAGE_NOT_FOUND(
                                                                                                    "MessageNotFound",
                                                                                                    "There is no message with this id");

    private final String text;
    private final String message;

    ErrorCode(String text, String message) {
        this.text = text;
        this.message = message;
    }

    String text() {
        return text;
    }

    String message() {
        return message;
    }
}
