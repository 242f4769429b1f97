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
package io.github.camelpostal.examples.quickstart;

import java.nio.file.Path;

import io.github.camelpostal.payload.InboundMail;

/**
 * One inbound mail, filed.
 *
 * @param ticket name of the ticket, which is also that of its folder
 * @param file   the mail's JSON file
 */
record TicketEntry(String ticket, Path file, InboundMail mail) {

    /** Where it is noted what became of our reply. */
    JsonFile reply() {
        String name = file.getFileName().toString();
        return new JsonFile(file.resolveSibling(name.substring(0, name.length() - ".json".length()) + ".reply.json"));
    }
}
