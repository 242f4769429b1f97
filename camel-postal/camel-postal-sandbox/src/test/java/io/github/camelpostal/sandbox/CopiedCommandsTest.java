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
package io.github.camelpostal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that people copy from the first page and from the guide: a shell runs them as they stand. */
class CopiedCommandsTest {
    private static final Path GUIDE = Path.of("../../src/docs/sandbox.md");
    private static final Pattern ON_THE_PAGE = Pattern.compile("(?s)<pre class=\"code\"[^>]*>(curl .*?)</pre>");
    private static final Pattern IN_THE_GUIDE = Pattern.compile("(?s)<!-- run by CopiedCommandsTest -->\n```sh\n(.*?)```");

    private final PostalSandbox postal = PostalSandbox.builder().keyPair(Signatures.PAIR).virtualTime().start();
    private final Receiver receiver = new Receiver();

    @TempDir
    Path folder;

    @BeforeEach
    void route() throws Exception {
        assumeTrue(run("command -v curl || echo none").contains("/"), "curl is not installed");
        postal.routeTo("support@example.com", receiver.url("/"));
    }

    @AfterEach
    void stop() {
        postal.close();
        receiver.close();
    }

    @Test
    void thoseOfTheFirstPageWorkWithoutAnyChange() throws Exception {
        List<String> commands = ON_THE_PAGE.matcher(new Visitor(postal).page("/ui/sandbox")).results()
                .map(command -> command.group(1)).toList();
        assertThat(commands).hasSize(4);

        assertThat(run(commands.get(0))).contains("\"status\":\"success\"");
        assertThat(postal.sent().only().subject()).isEqualTo("Hello");

        assertThat(run(commands.get(1))).contains("\"zoe@customer.example\"", "\"Hello\"");

        run(commands.get(2));
        assertThat(postal.received().only().rcptTo()).isEqualTo("support@example.com");

        run(commands.get(3));
        run(commands.get(0).replace("zoe@customer.example", "ann@slow.example"));
        postal.advance(Duration.ZERO);
        assertThat(postal.sent().to("ann@slow.example").only().status()).isEqualTo("SoftFail");
    }

    @Test
    void thoseOfTheGuideWorkWithThePort() throws Exception {
        Files.writeString(folder.resolve("mail.eml"), "Subject: Help\r\n\r\nplease\r\n");
        List<String> commands = IN_THE_GUIDE.matcher(Files.readString(GUIDE)).results()
                .map(command -> command.group(1).replace("PORT", Integer.toString(postal.port()))).toList();
        assertThat(commands).hasSize(2);

        assertThat(run(commands.get(0))).contains(" 303 ", "Location: ");
        assertThat(postal.received().only().subject()).isEqualTo("Help");

        run(commands.get(1));
        String first = ON_THE_PAGE.matcher(new Visitor(postal).page("/ui/sandbox")).results().findFirst().orElseThrow()
                .group(1);
        assertThat(run(first)).doesNotContain("success"); // the response is lost, as the command wants it
        assertThat(postal.sent()).hasSize(1);
        assertThat(run(first)).contains("\"status\":\"success\"");
    }

    private String run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command).directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }
}
