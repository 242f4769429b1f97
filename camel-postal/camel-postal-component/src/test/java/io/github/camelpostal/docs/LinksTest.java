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
package io.github.camelpostal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Every link on a page that stays inside the repository leads to a file, and to a heading in it; the menu leads to every page. */
class LinksTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().resolve("../..")
            .normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern WITH_SCHEME = Pattern.compile("[a-z]+:.*");
    private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([\\w-]+)\"></a>");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;

        for (Path page : pages()) {
            Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                if (WITH_SCHEME.matcher(link.group(1)).matches()) {
                    continue;
                }
                links++;
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target)) {
                    broken.add(ROOT.relativize(page) + ": there is no " + link.group(1));
                } else if (link.group(2) != null && !anchors(target).contains(link.group(2))) {
                    broken.add(ROOT.relativize(page) + ": no heading for " + link.group());
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(100);
    }

    @Test
    void theMenuOfTheSiteNamesEveryPage() throws IOException {
        String menu = Files.readString(ROOT.resolve("src/site/config.mjs"));

        try (Stream<Path> docs = Files.list(ROOT.resolve("src/docs"))) {
            assertThat(docs.map(page -> page.getFileName().toString()).filter(name -> name.endsWith(".md"))
                    .map(name -> name.replace(".md", ""))).isNotEmpty()
                    .allSatisfy(name -> assertThat(menu).contains("'" + name + "'"));
        }
    }

    /** As GitHub makes them of headings; our site makes the same. */
    private static Set<String> anchors(Path page) throws IOException {
        String text = CODE.matcher(Files.readString(page)).replaceAll("");
        Set<String> anchors = new HashSet<>();
        Matcher anchor = ANCHOR.matcher(text);
        while (anchor.find()) {
            anchors.add(anchor.group(1));
        }
        Matcher heading = HEADING.matcher(text);
        while (heading.find()) {
            String name = heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "").replace(' ',
                    '-');
            String free = name;
            for (int again = 1; anchors.contains(free); again++) {
                free = name + "-" + again;
            }
            anchors.add(free);
        }
        return anchors;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of(".", "src/docs", ".github", "examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder).normalize(), folder.equals("examples") ? 2 : 1)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }
}
