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
package io.github.camelpostal;

/**
 * What a consumer asks the API of its mail server about, before it trusts it. One key signs for all mail servers of an
 * installation, so the signature alone does not say whose mail it is (protocol 6.4).
 */
public enum TenantVerification {
    /** Nothing: whatever the installation signed is taken. */
    OFF,
    /** Mails, and events about a message; other events are taken. */
    MESSAGES,
    /** The same, and events that are about no message, which nobody can confirm, are never taken. */
    ALL
}
