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
package io.github.camelpostal.internal.ledger;

import java.util.List;
import java.util.function.Supplier;

/**
 * What is to be sent under a key.
 *
 * @param fingerprint  made by {@link MailFingerprint}
 * @param ownMessageId whether the application chose the Message-ID
 * @param messageId    the Message-ID without angle brackets; asked only when the key is claimed
 * @param addressees   whom to send to; asked only when the key is claimed, so that a stored result needs no suppression list.
 *                     What it throws reaches the caller, and nothing is claimed
 */
public record SendOnceRequest(String fingerprint, boolean ownMessageId, Supplier<String> messageId,
        Supplier<Addressees> addressees) {

    /** Bare addresses, each once. */
    public record Addressees(List<String> recipients, List<String> suppressed) {
    }
}
