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
 * Why a text that has the form of a token is not accepted. No error: such a mail is ordinary mail, and counted.
 */
public enum TokenFault {

    /** No key of ours has this id: a token of another installation, or of a key that was removed. */
    UNKNOWN_KEY,

    /** The signature does not fit: guessed, damaged, for another route, for another purpose, or of another key with this id. */
    FORGED,

    /** Ours, but too old. */
    EXPIRED
}
