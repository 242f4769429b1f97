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
package io.github.camelpostal.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelpostal.model.VirtualPostal.Message;
import io.github.camelpostal.testing.TestKey;

/** The keys with which Postal signs, one after the other, and files of them for the receiver. */
final class SigningKeys {

    private static final List<TestKey> KEYS = List.of(TestKey.SHARED, new TestKey());
    /** The bodies are the same in all histories. */
    private static final Map<String, String> SIGNATURES = new ConcurrentHashMap<>();

    private final Path folder;

    SigningKeys(Path folder) {
        this.folder = folder;
    }

    String signature(int key, Message message) {
        return SIGNATURES.computeIfAbsent(key + message.name(), name -> KEYS.get(key).signature(message.body()));
    }

    /** What {@code publicKey} takes for these keys. */
    String optionFor(Collection<Integer> trusted) throws IOException {
        List<String> files = new ArrayList<>();
        for (int key : trusted) {
            Path file = folder.resolve("key" + key);
            Files.writeString(file, KEYS.get(key).publicKey());
            files.add("file:" + file);
        }
        return String.join(",", files);
    }
}
