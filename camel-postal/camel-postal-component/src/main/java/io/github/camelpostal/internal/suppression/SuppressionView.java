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
package io.github.camelpostal.internal.suppression;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;

import io.github.camelpostal.suppression.PostalSuppressionList;
import io.github.camelpostal.suppression.SuppressionCsv;

/** What an operator sees of a list, and how it is carried from one to another. */
public final class SuppressionView {

    private final PostalSuppressionList list;

    public SuppressionView(PostalSuppressionList list) {
        this.list = list;
    }

    public long size() {
        return list.size();
    }

    /** How many entries hold now, by reason. */
    public Map<String, Long> byReason() {
        Map<String, Long> counts = new TreeMap<>();
        list.forEach(entry -> counts.merge(entry.reason().text(), 1L, Long::sum));
        return counts;
    }

    public String exportCsv() throws IOException {
        StringWriter csv = new StringWriter();
        SuppressionCsv.write(list, csv);
        return csv.toString();
    }

    public long importCsv(String csv) throws IOException {
        return SuppressionCsv.read(new StringReader(csv), list);
    }
}
