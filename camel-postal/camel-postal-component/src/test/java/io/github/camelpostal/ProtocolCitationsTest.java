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

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/**
 * Every citation of Postal's behaviour leads to a section of {@code src/docs/postal-protocol.md}. Without this, sections that are
 * renumbered or dropped leave comments behind that nobody can look up.
 *
 * <p>
 * A citation is the word and a section: {@code (protocol 4.5)}. More sections follow after a comma, "and", "or", "or of" or "to",
 * also on the next line of a comment: {@code (protocol 4.5, 5.4)}. A difference of section 10 has a number sign:
 * {@code (protocol 10 #12)}. Pages link to the anchor: {@code postal-protocol.md#protocol-4-5}.
 */
class ProtocolCitationsTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize().resolve("../..")
            .normalize();
    private static final Path PAGE = ROOT.resolve("src/docs/postal-protocol.md");
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");

    /** White space, which in a comment may hold the end of a line and the asterisk of the next. */
    private static final String GAP = "(?:\\s|(?<=\\s)(?:\\*|//)(?=\\s))+";
    private static final String SECTION = "\\d+(?:\\.\\d+)*(?: #\\d+)?";
    /** "protocol 4.7, 18 tries" cites one section: a further one without a dot stands before punctuation or another. */
    private static final String FURTHER = "(?:,|,?" + GAP + "(?:and|or|or of|to))" + GAP
            + "(\\d+(?:\\.\\d+)+|\\d+(?: #\\d+)?(?=[,;:).]|" + GAP + "(?:and|or|to)\\b))";
    private static final Pattern CITATION = Pattern.compile(
            "\\bprotocol" + GAP + "(" + SECTION + ")((?:" + FURTHER + ")*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FURTHER_SECTION = Pattern.compile(FURTHER, Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("postal-protocol\\.md#([\\w-]+)");
    private static final Pattern LINK_INSIDE = Pattern.compile("]\\(#([\\w-]+)\\)");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([\\w-]+)\"></a>");
    private static final Pattern HEADING = Pattern.compile("(?m)^(.*)\n\n#{2,3} (\\d+(?:\\.\\d+)?)\\.? ");
    /** How sections were cited before the page was published. */
    private static final Pattern OLD_CITATION = Pattern.compile("\\bcontract" + GAP + "\\d", Pattern.CASE_INSENSITIVE);

    @Test
    void everyCitationLeadsToASection() throws IOException {
        Set<String> anchors = new HashSet<>(anchors());
        List<String> broken = new ArrayList<>();
        int citations = 0;

        for (Path file : sourcesAndPages()) {
            String text = Files.readString(file);
            for (Reference reference : references(file, text)) {
                citations++;
                if (!anchors.contains(reference.anchor())) {
                    broken.add(position(file, text, reference.offset()) + ": no section " + reference.anchor());
                }
            }
        }

        assertThat(broken).as("Citations of sections that %s does not have", ROOT.relativize(PAGE)).isEmpty();
        assertThat(citations).as("Citations found at all").isGreaterThan(100);
    }

    @Test
    void nothingCitesTheUnpublishedDocument() throws IOException {
        List<String> old = new ArrayList<>();
        for (Path file : sourcesAndPages()) {
            String text = Files.readString(file);
            OLD_CITATION.matcher(text).results().forEach(found -> old.add(position(file, text, found.start())));
        }

        assertThat(old).as("Citations by the old name; the new one is 'protocol'").isEmpty();
    }

    @Test
    void everySectionOfThePageHasTheAnchorOfItsNumberAndNoAnchorIsUsedTwice() throws IOException {
        assertThat(anchors()).doesNotHaveDuplicates();
        assertThat(HEADING.matcher(Files.readString(PAGE)).results().toList()).hasSizeGreaterThan(40).allSatisfy(
                heading -> assertThat(heading.group(1)).isEqualTo("<a id=\"" + anchor(heading.group(2)) + "\"></a>"));
    }

    @Test
    void readsEveryFormOfCitation() {
        assertThat(sections("// final (protocol 4.5)")).containsExactly("protocol-4-5");
        assertThat(sections("/** Protocol 2.7. */")).containsExactly("protocol-2-7");
        assertThat(sections("(protocol 1)")).containsExactly("protocol-1");
        assertThat(sections("(protocol 4.5, 4.7, 14).")).containsExactly("protocol-4-5", "protocol-4-7", "protocol-14");
        assertThat(sections("(protocol 4.5,\n *             5.4)")).containsExactly("protocol-4-5", "protocol-5-4");
        assertThat(sections("stands in protocol\n     * 11: the")).containsExactly("protocol-11");
        assertThat(sections("(protocol 2.9 and 11). An")).containsExactly("protocol-2-9", "protocol-11");
        assertThat(sections("rules of protocol 2.7 to 2.9 that")).containsExactly("protocol-2-7", "protocol-2-9");
        assertThat(sections("a row of protocol 11, or of 14. */")).containsExactly("protocol-11", "protocol-14");
        assertThat(sections("(protocol 4.4, FormData)")).containsExactly("protocol-4-4");
        assertThat(sections("(protocol 4.7, 18 tries)")).containsExactly("protocol-4-7");
        assertThat(sections("(protocol 2.7, 10 #12)")).containsExactly("protocol-2-7", "protocol-10-12");
        assertThat(sections("(protocol 4.5.6)")).containsExactly("protocol-4-5-6");
        assertThat(sections("[status](postal-protocol.md#protocol-2-4)")).containsExactly("protocol-2-4");
        assertThat(sections("the PROXY protocol: 5 fields")).isEmpty();
    }

    private static List<String> sections(String text) {
        return references(Path.of("Example.java"), text).stream().map(Reference::anchor).toList();
    }

    private static List<Reference> references(Path file, String text) {
        List<Reference> references = new ArrayList<>();
        Matcher citation = CITATION.matcher(text);
        while (citation.find()) {
            references.add(new Reference(anchor(citation.group(1)), citation.start(1)));
            Matcher further = FURTHER_SECTION.matcher(text).region(citation.start(2), text.length());
            while (further.find() && further.start() < citation.end(2)) {
                references.add(new Reference(anchor(further.group(1)), further.start(1)));
            }
        }
        LINK.matcher(text).results().forEach(link -> references.add(new Reference(link.group(1), link.start())));
        if (file.equals(PAGE)) {
            LINK_INSIDE.matcher(text).results().forEach(link -> references.add(new Reference(link.group(1), link.start())));
        }
        return references;
    }

    private static String anchor(String section) {
        return "protocol-" + section.replace('.', '-').replace(" #", "-");
    }

    private static List<String> anchors() throws IOException {
        return ANCHOR.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    }

    private static String position(Path file, String text, int offset) {
        return ROOT.relativize(file) + ":" + (1 + text.substring(0, offset).chars().filter(c -> c == '\n').count());
    }

    /** This file cites sections that do not exist and is left out. */
    private static List<Path> sourcesAndPages() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.endsWith(".md") || name.endsWith(".java") && !name.equals("ProtocolCitationsTest.java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** Where a text refers to a section. */
    private record Reference(String anchor, int offset) {
    }
}
