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
package io.github.camelpostal.examples.quarkus;

/**
 * Somebody who is invited, or has written without being invited.
 *
 * @param address    mail address
 * @param invitation {@code queued}, then the outcome of the newest delivery event; null if there was none
 * @param reply      what the guest wrote; null without a reply
 * @param attached   how many bytes came with the reply as attachments
 */
public record Guest(String address, String invitation, String reply, long attached) {

    Guest withInvitation(String state) {
        return new Guest(address, state, reply, attached);
    }

    Guest withReply(String text, long bytes) {
        return new Guest(address, invitation, text, bytes);
    }
}
