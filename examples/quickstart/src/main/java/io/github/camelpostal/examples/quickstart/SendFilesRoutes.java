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

import java.util.Map;

import io.github.camelpostal.api.PostalAccessException;
import io.github.camelpostal.api.PostalUnavailableException;
import io.github.camelpostal.api.PostalUncertainException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;

/**
 * Files become mails: what is dropped into {@code outbox} is sent and then moved to where its fate says.
 *
 * <ul>
 * <li>{@code sent}: Postal has queued it; beside it, Postal's response.
 * <li>{@code failed}: refused for good; beside it, the reason. Correct the file and drop it again.
 * <li>{@code review}: nobody knows whether Postal has queued it. It is not sent again by itself, because nobody wants to get
 * an invoice twice: look into Postal, then decide.
 * <li>back in {@code outbox}: the process was stopped before Postal could be reached.
 * </ul>
 *
 * While it is being sent a file stands in {@code sending}, under a name that no other file will ever have. One that is found
 * there after a crash is a case for review as well.
 */
class SendFilesRoutes extends RouteBuilder {

    /** Exchange property: the folder in which the file belongs, as far as we know by now. */
    private static final String FOLDER = "folder";

    private static final String BESIDE_THE_FILE = "file:{{quickstart.folder}}?fileName=${exchangeProperty.folder}/${file:onlyname}";

    @Override
    public void configure() {
        // Nothing was accepted, and the other files would fare no better: wait, then try this one again.
        bindToRegistry("soon", tryAgain(1_000, LoggingLevel.WARN).useExponentialBackOff().maximumRedeliveryDelay(60_000));
        onException(PostalUnavailableException.class).redeliveryPolicyRef("soon").handled(false);
        // The key or the URL is wrong, or the mail server is suspended. Somebody has to act; the mail is not to blame.
        bindToRegistry("later", tryAgain(60_000, LoggingLevel.ERROR));
        onException(PostalAccessException.class).redeliveryPolicyRef("later").handled(false);
        onException(PostalUncertainException.class).handled(true)
                .setProperty(FOLDER, constant("review"))
                .to("direct:reason");
        // A file that Postal has accepted is never called failed, whatever happens to it afterwards.
        onException(Exception.class).onWhen(exchangeProperty(FOLDER).isEqualTo("outbox")).handled(true)
                .setProperty(FOLDER, constant("failed"))
                .to("direct:reason");

        from(outbox("eml")).routeId("send-eml-files")
                .setProperty(FOLDER, constant("outbox"))
                .to("postal:sendRaw")
                .to("direct:sent");

        from(outbox("json")).routeId("send-json-files")
                .setProperty(FOLDER, constant("outbox"))
                .unmarshal().json(Map.class)
                .to("postal:send")
                .to("direct:sent");

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

    /** For ever, but who is stopped while waiting gives up at once, and the file goes back. */
    private static RedeliveryPolicy tryAgain(long delayMillis, LoggingLevel level) {
        return new RedeliveryPolicy().maximumRedeliveries(-1).redeliveryDelay(delayMillis).allowRedeliveryWhileStopping(false)
                .retryAttemptedLogLevel(level).logRetryStackTrace(false).retriesExhaustedLogLevel(LoggingLevel.DEBUG);
    }

    private static String outbox(String extension) {
        return "file:{{quickstart.folder}}/outbox?includeExt=" + extension
        // not before its writer is done: untouched for a second; an empty file is a mistake that should be seen
                + "&readLock=changed&readLockMinAge=1000&readLockMinLength=0&readLockMarkerFile=false"
                + "&preMove=../sending/${date:now:yyyyMMdd-HHmmssSSS}-${file:onlyname}"
                + "&move=../${exchangeProperty.folder}/${file:onlyname}"
                + "&moveFailed=../${exchangeProperty.folder}/${file:onlyname}";
    }
}
