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

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.RecipientEvent;
import io.github.camelpostal.suppression.SuppressionEntry;
import io.github.camelpostal.suppression.SuppressionListException;

/** A suppression list whose database is away. */
class BrokenList implements PostalSuppressionList {

    @Override
    public Map<String, SuppressionEntry> find(Collection<String> addresses, String stream) {
        throw new SuppressionListException("on purpose", null);
    }

    @Override
    public void record(RecipientEvent event) {
        throw new SuppressionListException("on purpose", null);
    }

    @Override
    public void add(SuppressionEntry entry) {
        throw new SuppressionListException("on purpose", null);
    }

    @Override
    public void remove(String address, String stream, Instant at) {
        throw new SuppressionListException("on purpose", null);
    }

    @Override
    public void forEach(Consumer<SuppressionEntry> consumer) {
        throw new SuppressionListException("on purpose", null);
    }

    @Override
    public long size() {
        throw new SuppressionListException("on purpose", null);
    }
}
