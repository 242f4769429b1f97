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
package io.github.camelpostal.payload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The mail server that an event is about.
 *
 * @param permalink    its short name, as in the addresses of Postal's web pages
 * @param organization the permalink of its organization
 */
public record ServerInfo(String uuid, String name, String permalink, Optional<String> organization) {

    static ServerInfo read(Fields fields) throws PayloadException {
        return new ServerInfo(fields.requiredText("uuid"), fields.requiredText("name"), fields.requiredText("permalink"),
                fields.text("organization"));
    }

    /** The same under Postal's field names. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("uuid", uuid);
        map.put("name", name);
        map.put("permalink", permalink);
        map.put("organization", organization.orElse(null));
        return map;
    }
}
