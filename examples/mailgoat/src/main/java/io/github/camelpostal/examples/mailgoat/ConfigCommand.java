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

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code mailgoat config}: what stands in the configuration file. The key goes in and never comes out again. */
@Command(name = "config", sortOptions = false, mixinStandardHelpOptions = true, description = "Shows and changes the settings.")
final class ConfigCommand {

    private static final String HIDDEN = "(set, and not shown)";

    @ParentCommand
    private MailGoat mailGoat;

    @Spec
    private CommandSpec spec;

    @Command(name = "set", mixinStandardHelpOptions = true, description = "Writes a setting: server, email or api_key. Without a value it is asked for, or read from standard input,"
            + " so that a key stands neither in the shell's history nor in the list of processes.")
    int set(@Parameters(index = "0", paramLabel = "<name>") String name,
            @Parameters(index = "1", arity = "0..1", paramLabel = "<value>") String value) throws IOException {
        Setting setting = Setting.of(name);
        String given = value != null ? value : asked(setting);
        if (given == null || given.isBlank()) {
            throw new ParameterException(spec.commandLine(), "No value was given for " + setting.key());
        }
        if (setting == Setting.SERVER) {
            new Settings(Optional.of(given.strip()), Optional.empty(), Optional.empty()).serverUrl();
        }
        ConfigFiles files = mailGoat.configFiles();
        files.set(setting, given.strip());
        mailGoat.output().result(Map.of("file", files.yaml().toString(), "set", setting.key()),
                lines -> lines.line(setting.key() + " is set in " + files.yaml()));
        return ExitCode.OK.number();
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Shows one setting; of api_key only whether it is set.")
    int get(@Parameters(paramLabel = "<name>") String name) {
        Setting setting = Setting.of(name);
        String shown = shown(setting, current());
        if (shown.isEmpty()) {
            throw new ConfigException(setting.key() + " is not set");
        }
        mailGoat.output().result(Map.of(setting.key(), shown), lines -> lines.line(shown));
        return ExitCode.OK.number();
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows all settings; of api_key only whether it is set.")
    int show() {
        Settings settings = current();
        mailGoat.output().result(document(settings), lines -> {
            lines.field("file", mailGoat.configFiles().read().toString());
            for (Setting setting : Setting.values()) {
                lines.field(setting.key(), shown(setting, settings));
            }
        });
        return ExitCode.OK.number();
    }

    @Command(name = "path", mixinStandardHelpOptions = true, description = "Shows which file is read.")
    int path() {
        String file = mailGoat.configFiles().read().toString();
        mailGoat.output().result(Map.of("file", file), lines -> lines.line(file));
        return ExitCode.OK.number();
    }

    @Command(name = "validate", mixinStandardHelpOptions = true, description = "Checks the settings, and by a call that changes nothing that the server takes the key.")
    int validate(@Option(names = "--offline", description = "Checks only what stands in the file.") boolean offline)
            throws Exception {
        ConfigFiles files = mailGoat.configFiles();
        Settings settings = mailGoat.settings();
        if (files.isOpenToOthers()) {
            throw new ConfigException(
                    "Others can read " + files.read() + ", which holds the key. Do: chmod 600 " + files.read());
        }
        if (!offline) {
            try (PostalCalls postal = new PostalCalls(settings)) {
                postal.probe();
            }
        }
        Map<String, Object> document = document(settings);
        document.put("checked", offline ? "settings" : "settings, server and key");
        mailGoat.output().result(document, lines -> {
            lines.line(offline ? "The settings are complete." : "The settings are complete, and the server takes the key.");
            lines.line(settings.email().isPresent()
                    ? "Whether Postal lets you send from 'email' shows the first send: its domain must be verified there."
                    : "'email' is not set: each send needs --from.");
        });
        return ExitCode.OK.number();
    }

    private Settings current() {
        return mailGoat.configFiles().load().overriddenBy(mailGoat.terminal().environment());
    }

    private String asked(Setting setting) throws IOException {
        Console console = System.console();
        if (mailGoat.terminal().interactive() && console != null) {
            return setting == Setting.API_KEY
                    ? new String(console.readPassword("%s (not shown): ", setting.key()))
                    : console.readLine("%s: ", setting.key());
        }
        return new BufferedReader(new InputStreamReader(mailGoat.terminal().in(), StandardCharsets.UTF_8)).readLine();
    }

    private static String shown(Setting setting, Settings settings) {
        return switch (setting) {
            case SERVER -> settings.server().orElse("");
            case EMAIL -> settings.email().orElse("");
            case API_KEY -> settings.apiKey().map(key -> HIDDEN).orElse("");
        };
    }

    private Map<String, Object> document(Settings settings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", mailGoat.configFiles().read().toString());
        document.put("server", settings.server().orElse(null));
        document.put("email", settings.email().orElse(null));
        document.put("api_key_set", settings.apiKey().isPresent());
        return document;
    }
}
