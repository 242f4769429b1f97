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
package io.github.camelpostal.internal.send;

import io.github.camelpostal.SuppressionMode;
import io.github.camelpostal.internal.suppression.UnsubscribeTokens;
import io.github.camelpostal.suppression.PostalSuppressionList;
import org.jspecify.annotations.Nullable;

/**
 * Whom not to write to, and how recipients leave.
 *
 * @param list           null where nobody is left out
 * @param stream         what the mails are for; null for nothing in particular
 * @param unsubscribeUrl the page on which recipients leave; null where mails carry no link
 * @param tokens         makes the links; null without keys
 */
public record RecipientSettings(@Nullable PostalSuppressionList list, SuppressionMode mode, @Nullable String stream,
        @Nullable String unsubscribeUrl, @Nullable UnsubscribeTokens tokens) {
}
