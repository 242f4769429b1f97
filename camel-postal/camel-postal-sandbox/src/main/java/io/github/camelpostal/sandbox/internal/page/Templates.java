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
package io.github.camelpostal.sandbox.internal.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;

/** The files behind the page: templates, read when first needed, and what the browser fetches. Everything filled in is escaped. */
final class Templates {
    private static final Map<String, String> ASSETS = Map.of(
            "page.css", "text/css; charset=utf-8",
            "page.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    /** Loaded with the first page, not when the sandbox starts: a test that looks at no page pays for none. */
    private static final class Engine {
        static final Mustache.Compiler COMPILER = Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true)
                .strictSections(true).withLoader(name -> reader(name + ".html"));
    }

    private final Map<String, Template> compiled = new ConcurrentHashMap<>();

    /** @param view what the template may look at; a name that it does not have is a mistake of ours and fails */
    String render(String name, Object view) {
        return compiled.computeIfAbsent(name, this::compile).execute(view);
    }

    boolean hasAsset(String name) {
        return ASSETS.containsKey(name);
    }

    PageResponse asset(String name) {
        try (InputStream in = open(name)) {
            return PageResponse.asset(Objects.requireNonNull(ASSETS.get(name), name), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Template compile(String name) {
        try (Reader reader = reader(name + ".html")) {
            return Engine.COMPILER.compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader reader(String file) {
        return new InputStreamReader(open(file), StandardCharsets.UTF_8);
    }

    private static InputStream open(String file) {
        InputStream in = Templates.class.getResourceAsStream(file);
        if (in == null) {
            throw new IllegalStateException("The page has lost its file " + file);
        }
        return in;
    }
}
