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
package io.github.camelpostal.examples.mailgoat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelpostal.sandbox.PostalSandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    private static final String KEY = "SandboxKeyNotASecret0000";

    @TempDir
    Path home;
    private Session session;

    @BeforeEach
    void sitDown() {
        session = new Session(home);
    }

    /** The file that the README shows. */
    @Test
    void readsTheFileOfTheReadme() throws Exception {
        String yaml = Files.readString(Path.of("README.md")).replaceFirst("(?s).*?```yaml\n(.*?)```.*", "$1");
        write("config.yml", yaml);

        String shown = session.types("config", "show", "--json").out();

        assertThat(shown).contains("https://postal.example.com", "shop@example.com", "\"api_key_set\"")
                .doesNotContain("a credential of type API");
    }

    @Test
    void writesAFileThatOnlyItsOwnerCanRead() throws IOException {
        session.types("config", "set", "server", "https://postal.example.com");
        session.piping(KEY + "\n").types("config", "set", "api_key");

        Path file = home.resolve(".mailgoat/config.yml");
        assertThat(Files.readString(file)).contains("server: \"https://postal.example.com\"", "api_key: \"" + KEY + "\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
    }

    @Test
    void keepsSettingsThatAreNotItsOwn() throws IOException {
        write("config.yml", "server: https://postal.example.com\nretry:\n  maxRetries: 3\n");

        session.types("config", "set", "email", "you@example.com");

        assertThat(Files.readString(home.resolve(".mailgoat/config.yml"))).contains("maxRetries: 3", "email:");
    }

    @Test
    void readsTheJsonVariantAndItsNames() throws IOException {
        write("config.json",
                "{\"server\":\"postal.example.com\",\"api_key\":\"" + KEY + "\",\"fromAddress\":\"you@example.com\"}");

        JsonNode shown = session.types("config", "show", "--json").json();

        assertThat(shown.path("email").asText()).isEqualTo("you@example.com");
        assertThat(shown.path("api_key_set").asBoolean()).isTrue();
        assertThat(shown.path("file").asText()).endsWith("config.json");
    }

    @Test
    void prefersYamlToJsonAndTheEnvironmentToBoth() throws IOException {
        write("config.json", "{\"server\":\"json.example.com\"}");
        write("config.yml", "server: yaml.example.com\n");

        assertThat(session.types("config", "get", "server").out().strip()).isEqualTo("yaml.example.com");
        assertThat(session.with("MAILGOAT_SERVER", "env.example.com").types("config", "get", "server").out().strip())
                .isEqualTo("env.example.com");
    }

    @Test
    void keepsProfilesApart() {
        session.types("config", "set", "email", "you@example.com");
        session.types("--profile", "billing", "config", "set", "email", "billing@example.com");

        assertThat(session.types("config", "get", "email").out().strip()).isEqualTo("you@example.com");
        assertThat(session.types("config", "get", "email", "--profile", "billing").out().strip())
                .isEqualTo("billing@example.com");
        assertThat(session.with("MAILGOAT_PROFILE", "billing").types("config", "path").out().strip())
                .endsWith(".mailgoat/profiles/billing.yml");
    }

    @Test
    void refusesAProfileOutsideItsFolder() {
        assertThat(session.types("config", "path", "--profile", "../../etc/passwd").exitCode()).isEqualTo(3);
    }

    @Test
    void saysWhatIsMissingAndHowToSetIt() {
        Session.Result ended = session.types("read", "1");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("mailgoat config set server");
        session.types("config", "set", "server", "postal.example.com");
        assertThat(session.types("read", "1").err()).contains("mailgoat config set api_key").doesNotContain("Exception");
    }

    @Test
    void namesTheLineThatIsNoYamlAndNothingOfItsContent() throws IOException {
        write("config.yml", "server: postal.example.com\napi_key: \"" + KEY + "\n");

        Session.Result ended = session.types("config", "show");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("line ").doesNotContain(KEY);
    }

    @Test
    void refusesAnUnknownSettingAndNamesTheKnownOnes() {
        assertThat(session.types("config", "set", "apikey", "x").err()).contains("server, email, api_key");
        assertThat(session.types("config", "get", "apikey").exitCode()).isEqualTo(3);
    }

    @Test
    void refusesAServerThatIsNoUrl() {
        assertThat(session.types("config", "set", "server", "ftp://postal.example.com").exitCode()).isEqualTo(3);
        assertThat(session.types("config", "set", "server", "not a url").exitCode()).isEqualTo(3);
        assertThat(home.resolve(".mailgoat")).doesNotExist();
    }

    @Test
    void validatesWithoutSendingAnything() throws IOException {
        try (PostalSandbox sandbox = PostalSandbox.start()) {
            session.types("config", "set", "server", sandbox.url().toString());
            session.piping(sandbox.apiKey()).types("config", "set", "api_key");

            assertThat(session.types("config", "validate").out()).contains("the server takes the key");
            assertThat(sandbox.sent()).isEmpty();
            session.piping("NotTheKeyOfThatServer000").types("config", "set", "api_key");
            assertThat(session.types("config", "validate").exitCode()).isEqualTo(5);
            assertThat(session.types("config", "validate", "--offline").exitCode()).isZero();
        }
        Files.setPosixFilePermissions(home.resolve(".mailgoat/config.yml"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(session.types("config", "validate", "--offline").err()).contains("chmod 600");
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(".mailgoat").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
