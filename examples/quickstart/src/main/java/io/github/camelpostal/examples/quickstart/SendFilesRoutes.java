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

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camelpostal.PostalConstants;
import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import io.github.camelpostal.ledger.JdbcSendLedger;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.apache.camel.support.LoggingExceptionHandler;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Files become mails: what is dropped into {@code outbox} is sent and then moved to where its fate says.
 *
 * <ul>
 * <li>{@code sent}: Postal has queued it; beside it, Postal's response.
 * <li>{@code failed}: refused for good; beside it, the reason. Correct the file and drop it again.
 * <li>{@code waiting}: nobody knows yet whether Postal has queued it, because the response was lost. It is sent again until
 * the ledger has found out, which is safe: name and content are its key, and nobody gets an invoice twice.
 * <li>{@code review}: after an hour of waiting still nobody knows. Look into Postal, then decide.
 * <li>back in {@code outbox}: the process was stopped before Postal could be reached.
 * </ul>
 *
 * While it is being sent a file stands in {@code sending}, under a name that no other file will ever have. One that is found
 * there after a crash is sent again, too.
 */
class SendFilesRoutes extends RouteBuilder {

    /** Exchange property: the folder in which the file belongs, as far as we know by now. */
    private static final String FOLDER = "folder";

    private static final String BESIDE_THE_FILE = "file:{{quickstart.folder}}?fileName=${exchangeProperty.folder}/${file:onlyname}";
    private static final DateTimeFormatter SINCE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS");
    private static final int SINCE_LENGTH = "yyyyMMdd-HHmmssSSS-".length();
    private static final Duration WAITING_AT_MOST = Duration.ofHours(1);

    @Override
    public void configure() throws IOException {
        getContext().getRegistry().bind("ledger", ledger());
        takeUpWhatACrashHasLeft();

        // Nothing was accepted, and the other files would fare no better: wait, then try this one again.
        bindToRegistry("soon", tryAgain(1_000, LoggingLevel.WARN).useExponentialBackOff().maximumRedeliveryDelay(60_000));
        onException(PostalUnavailableException.class).redeliveryPolicyRef("soon").handled(false);
        // The key or the URL is wrong, or the mail server is suspended. Somebody has to act; the mail is not to blame.
        bindToRegistry("later", tryAgain(60_000, LoggingLevel.ERROR));
        onException(PostalAccessException.class).redeliveryPolicyRef("later").handled(false);
        onException(PostalUncertainException.class).onWhen(SendFilesRoutes::hasWaitedLong).handled(true)
                .setProperty(FOLDER, constant("review"))
                .to("direct:reason");
        onException(PostalUncertainException.class).onWhen(exchangeProperty(FOLDER).isEqualTo("waiting")).handled(false)
                .logExhausted(false);
        onException(PostalUncertainException.class).handled(true)
                .setProperty(FOLDER, constant("waiting"))
                .log(LoggingLevel.WARN, "${file:onlyname} waits: ${exception.message}");
        // A file that Postal has accepted is never called failed, whatever happens to it afterwards.
        onException(Exception.class).onWhen(exchangeProperty(FOLDER).in("outbox", "waiting")).handled(true)
                .setProperty(FOLDER, constant("failed"))
                .to("direct:reason");

        send("outbox", """
                &readLock=changed&readLockMinAge={{quickstart.complete}}&readLockCheckInterval={{quickstart.complete}}\
                &readLockMinLength=0&readLockMarkerFile=false\
                &preMove=../sending/${date:now:yyyyMMdd-HHmmssSSS}-${file:onlyname}\
                &moveFailed=../${exchangeProperty.folder}/${file:onlyname}""");
        bindToRegistry("quietly", new LoggingExceptionHandler(getContext(), SendFilesRoutes.class, LoggingLevel.DEBUG));
        send("waiting", "&delay={{quickstart.repeat}}&exceptionHandler=#quietly");

        from("direct:sent").routeId("send-files-sent")
                .setProperty(FOLDER, constant("sent"))
                .log("Sent ${file:onlyname}: Message-ID ${header.CamelPostalMessageId}")
                .convertBodyTo(Map.class)
                .marshal().json(true)
                .to(BESIDE_THE_FILE + ".result.json");

        from("direct:reason").routeId("send-files-reason")
                .log(LoggingLevel.WARN, "${file:onlyname} goes to ${exchangeProperty.folder}/: ${exception.message}")
                .setBody(simple("${exception.message}\n"))
                .to(BESIDE_THE_FILE + ".reason.txt");
    }
    private void send(String folder, String options) {
        from(files(folder, "eml") + options).routeId(folder + "-eml")
                .setProperty(FOLDER, constant(folder))
                .process(SendFilesRoutes::setKey)
                .to("postal:sendRaw?sendLedger=#ledger")
                .to("direct:sent");

        from(files(folder, "json") + options).routeId(folder + "-json")
                .setProperty(FOLDER, constant(folder))
                .process(SendFilesRoutes::setKey)
                .unmarshal().json(Map.class)
                .to("postal:send?sendLedger=#ledger")
                .to("direct:sent");
    }

    private static String files(String folder, String extension) {
        return "file:{{quickstart.folder}}/" + folder + "?includeExt=" + extension
                + "&move=../${exchangeProperty.folder}/${file:onlyname}";
    }

    /** The same file again is the same mail: with its name, which begins with the time at which it was found, and its content. */
    private static void setKey(Exchange exchange) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(name(exchange).substring(SINCE_LENGTH).getBytes(StandardCharsets.UTF_8));
        try (InputStream content = exchange.getMessage().getBody(InputStream.class)) {
            content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        exchange.getMessage().setHeader(PostalConstants.IDEMPOTENCY_KEY, HexFormat.of().formatHex(digest.digest()));
    }

    private static boolean hasWaitedLong(Exchange exchange) {
        return LocalDateTime.parse(name(exchange).substring(0, SINCE_LENGTH - 1), SINCE)
                .isBefore(LocalDateTime.now().minus(WAITING_AT_MOST));
    }

    private static String name(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.FILE_NAME_ONLY, String.class);
    }

    private JdbcSendLedger ledger() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:" + getContext().resolvePropertyPlaceholders("{{quickstart.ledger}}"));
        JdbcSendLedger ledger = new JdbcSendLedger(database);
        ledger.setCreateTables(true);
        return ledger;
    }

    private void takeUpWhatACrashHasLeft() throws IOException {
        Path folder = Path.of(getContext().resolvePropertyPlaceholders("{{quickstart.folder}}"));
        Files.createDirectories(folder.resolve("sending"));
        Files.createDirectories(folder.resolve("waiting"));
        try (Stream<Path> files = Files.list(folder.resolve("sending"))) {
            for (Path file : files.toList()) {
                Files.move(file, folder.resolve("waiting").resolve(file.getFileName()));
            }
        }
    }

    /** For ever, but who is stopped while waiting gives up at once, and the file goes back. */
    private static RedeliveryPolicy tryAgain(long delayMillis, LoggingLevel level) {
        return new RedeliveryPolicy().maximumRedeliveries(-1).redeliveryDelay(delayMillis).allowRedeliveryWhileStopping(false)
                .retryAttemptedLogLevel(level).logRetryStackTrace(false).retriesExhaustedLogLevel(LoggingLevel.DEBUG);
    }
}
