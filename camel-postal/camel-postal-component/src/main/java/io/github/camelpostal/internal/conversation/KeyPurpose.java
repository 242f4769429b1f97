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

/**
 * What a key is derived for. Each purpose has a key of its own, so that a token made for one is never valid for another.
 */
enum KeyPurpose {

    REPLY_ADDRESS("reply address"), MESSAGE_ID("message id"), ADDRESSEE("addressee"), UNSUBSCRIBE("unsubscribe");

    private final String label;

    KeyPurpose(String label) {
        this.label = label;
    }

    /** Part of every derived key: changing it invalidates all tokens of this purpose that are in people's mailboxes. */
    String label() {
        return label;
    }
}
