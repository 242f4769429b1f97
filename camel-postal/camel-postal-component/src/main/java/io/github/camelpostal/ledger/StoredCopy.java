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
package io.github.camelpostal.ledger;

/**
 * The message that Postal stored for one recipient: the proof that this recipient was accepted.
 *
 * @param id    Postal's id, counted per mail server, from 1
 * @param token Postal's token of that message: letters and digits; it tells two messages apart that had the same id before and
 *              after a restored database
 */
public record StoredCopy(long id, String token) {
}
