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

import java.time.Instant;

/**
 * A message that Postal is known to have stored before a certain moment. Whatever is sent after that moment gets a higher id,
 * so a search for it begins here.
 *
 * @param id    Postal's id, from 1
 * @param token its token: a message at this id with another token means that Postal's database was restored
 * @param time  when the id was learned, by the ledger's clock
 */
public record MessageMark(long id, String token, Instant time) {
}
