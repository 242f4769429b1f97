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

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelpostal.sandbox.internal.page.Mailbox.MessageDetail;
import io.github.camelpostal.sandbox.internal.page.Mailbox.Row;
import io.github.camelpostal.sandbox.internal.page.Mailbox.Step;
import io.github.camelpostal.sandbox.internal.page.Mailbox.Visit;
import org.jspecify.annotations.Nullable;

/** One message, for people: its head, its tabs, and what the chosen tab shows. The fields are what the template looks at. */
record MessageDetailView(Layout frame, Head head, List<TabView> tabs, List<ActView> acts, @Nullable StepView last,
        String back, @Nullable Body body, @Nullable History history, @Nullable List<MailContent.Line> headers,
        @Nullable String raw, boolean attachments, List<FileView> files) {
    private static final Pattern REFERENCE = Pattern.compile("<msg:(\\d{1,18})>");
    private static final int SHOWN_OF_RAW = 256 * 1024;

    /** What stands above everything. */
    record Head(long id, String token, boolean incoming, String status, String css, String subject, @Nullable String from,
            @Nullable String to, String mailFrom, String rcptTo, @Nullable String tag, @Nullable String messageId, String size,
            TimeLabel at, @Nullable TimeLabel nextAttempt, @Nullable TimeLabel holdExpiry) {
    }

    /** @param key on the keyboard, the same for every message */
    record TabView(int key, String label, String count, String href, boolean chosen) {
    }

    record ActView(String label, String href, boolean main) {
    }

    /** One delivery row; a message that its details name becomes a link. */
    record StepView(String status, String css, String before, @Nullable String link, @Nullable String linkText, String after,
            @Nullable String output, @Nullable String sentBy, TimeLabel at) {
    }

    /**
     * HTML or text.
     *
     * @param frame  where the frame finds the HTML; null for text
     * @param images the same page with pictures from elsewhere; null when there are none or they are shown
     */
    record Body(@Nullable String frame, @Nullable String text, @Nullable String images, boolean remote, List<String> links,
            String press) {
    }

    /** What happened: deliveries with requests to receivers, or what people did. Null lists where the other tab is chosen. */
    record History(@Nullable List<StepView> steps, @Nullable List<ExchangeView> posts, @Nullable List<VisitView> visits,
            boolean quiet) {
    }

    record VisitView(String what, @Nullable String url, String ipAddress, @Nullable String userAgent, TimeLabel at) {
    }

    record FileView(String name, String type, String size, String href) {
    }

    /** The parts of a message's page. */
    enum Tab {
        HTML, TEXT, HEADERS, RAW, ATTACHMENTS, DELIVERIES, ACTIVITY;

        String path() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable Tab of(String path) {
            return Arrays.stream(values()).filter(tab -> tab.path().equals(path)).findFirst().orElse(null);
        }
    }

    static MessageDetailView of(MessageDetail detail, MailContent content, Tab tab, boolean remoteImages, Layout frame,
            Clock clock) {
        String base = frame.base();
        String own = base + "/messages/" + detail.row().id();
        String query = frame.list().search().asQuery();
        List<StepView> steps = detail.steps().stream().map(step -> step(step, base, clock)).toList();
        return new MessageDetailView(frame, head(detail, content, clock), tabs(detail, content, tab, own, query),
                detail.acts().stream().sorted().map(act -> new ActView(act.label(), own + "/" + act.path(),
                        act == Mailbox.Act.RELEASE || act == Mailbox.Act.RETRY)).toList(),
                steps.isEmpty() ? null : steps.get(steps.size() - 1), base + query,
                body(content, tab, own, query, remoteImages), history(detail, steps, tab, clock),
                tab == Tab.HEADERS ? content.headers() : null, tab == Tab.RAW ? raw(detail.raw()) : null,
                tab == Tab.ATTACHMENTS, files(content, own));
    }

    private static Head head(MessageDetail detail, MailContent content, Clock clock) {
        Row row = detail.row();
        return new Head(row.id(), detail.token(), row.incoming(), row.status(), MessageList.css(row.status()),
                row.subject() == null ? "(no subject)" : row.subject(), content.header("From"), content.header("To"),
                row.from() == null ? "(null sender)" : row.from(), row.to() == null ? "(no recipient)" : row.to(), row.tag(),
                row.messageId(), bytes(row.size()), TimeLabel.of(row.at(), clock),
                TimeLabel.orNone(detail.nextAttempt(), clock),
                TimeLabel.orNone(detail.holdExpiry(), clock));
    }

    private static List<TabView> tabs(MessageDetail detail, MailContent content, Tab chosen, String own, String query) {
        List<TabView> tabs = new ArrayList<>();
        for (Tab tab : Tab.values()) {
            boolean there = switch (tab) {
                case HTML -> content.html() != null;
                case TEXT -> content.text() != null || content.html() == null;
                default -> true;
            };
            String count = switch (tab) {
                case ATTACHMENTS -> count(content.files().size());
                case DELIVERIES -> count(detail.steps().size() + detail.posts().size());
                case ACTIVITY -> count(detail.visits().size());
                default -> "";
            };
            String label = tab == Tab.HTML ? "HTML" : tab.name().charAt(0) + tab.path().substring(1);
            if (there || tab == chosen) {
                tabs.add(new TabView(tab.ordinal() + 1, label, count, own + "/" + tab.path() + query, tab == chosen));
            }
        }
        return tabs;
    }

    private static String count(int number) {
        return number == 0 ? "" : Integer.toString(number);
    }

    private static @Nullable Body body(MailContent content, Tab tab, String own, String query, boolean remoteImages) {
        String html = tab == Tab.HTML ? content.html() : null;
        if (html == null && tab != Tab.TEXT && tab != Tab.HTML) {
            return null;
        }
        boolean remote = html != null && MailHtml.wantsRemoteImages(html);
        return new Body(html != null ? own + "/frame" + (remoteImages ? "?images=1" : "") : null,
                html != null ? null : content.text() == null ? "" : content.text(),
                remote && !remoteImages ? own + "/html" + (query.isEmpty() ? "?" : query + "&") + "images=1" : null,
                remote && remoteImages, List.copyOf(content.links()), own + "/press");
    }

    private static @Nullable History history(MessageDetail detail, List<StepView> steps, Tab tab, Clock clock) {
        if (tab == Tab.DELIVERIES) {
            List<ExchangeView> posts = new ArrayList<>();
            detail.posts().forEach(post -> posts.add(ExchangeView.of(post, posts.size(), null, clock)));
            return new History(steps, posts, null, steps.isEmpty() && posts.isEmpty());
        }
        if (tab == Tab.ACTIVITY) {
            return new History(null, null, detail.visits().stream().map(visit -> visit(visit, clock)).toList(),
                    detail.visits().isEmpty());
        }
        return null;
    }

    private static StepView step(Step step, String base, Clock clock) {
        String details = step.details() == null ? "" : ExchangeText.withoutCredentials(step.details());
        Matcher reference = REFERENCE.matcher(details);
        boolean refers = reference.find();
        String sentBy = step.transmission() == null
                ? null
                : (step.transmission().tls() ? "with TLS" : "without TLS") + seconds(step.transmission().seconds())
                        + ", log " + step.transmission().logId();
        return new StepView(step.status(), MessageList.css(step.status()),
                refers ? details.substring(0, reference.start()) : details,
                refers ? base + "/messages/" + reference.group(1) : null, refers ? reference.group(1) : null,
                refers ? details.substring(reference.end()) : "",
                ExchangeText.withoutCredentialsOrNone(step.output()), sentBy,
                TimeLabel.of(step.at(), clock));
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "" : " in " + seconds + " s";
    }

    private static VisitView visit(Visit visit, Clock clock) {
        return new VisitView(visit.url() == null ? "Opened" : "Link pressed", visit.url(), visit.ipAddress(), visit.userAgent(),
                TimeLabel.of(visit.at(), clock));
    }

    private static String raw(byte[] raw) {
        String text = new String(raw, 0, Math.min(raw.length, SHOWN_OF_RAW), StandardCharsets.UTF_8);
        return raw.length <= SHOWN_OF_RAW ? text : text + "\n… (" + bytes(raw.length) + " in all; the download has everything)";
    }

    private static List<FileView> files(MailContent content, String own) {
        List<FileView> files = new ArrayList<>();
        content.files().forEach(file -> files.add(
                new FileView(file.name(), file.type(), bytes(file.data().length), own + "/files/" + files.size())));
        return files;
    }

    private static String bytes(long count) {
        return count < 1024
                ? count + " bytes"
                : count < 1024 * 1024
                        ? MessageList.number(count / 1024) + " kB"
                        : MessageList.number(count / (1024 * 1024)) + " MB";
    }
}
