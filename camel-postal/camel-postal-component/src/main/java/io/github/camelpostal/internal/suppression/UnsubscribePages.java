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
package io.github.camelpostal.internal.suppression;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.MessageFormat;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.ResourceBundle;

import org.jspecify.annotations.Nullable;

/**
 * The pages that people see who leave. Their words are in the bundle {@code io.github.camelpostal.suppression.unsubscribe};
 * an application adds a language with a file {@code unsubscribe_xx.properties} in that folder of its own class path.
 */
public final class UnsubscribePages {

    /** Nothing but the page's own style, and its form may only be sent back to it. */
    static final String SECURITY_POLICY;

    private static final String FOLDER = "/io/github/camelpostal/suppression/";
    private static final String BUNDLE = "io.github.camelpostal.suppression.unsubscribe";
    private static final String TEMPLATE = resource("unsubscribe.html");
    private static final ResourceBundle.Control NO_SURPRISES = ResourceBundle.Control
            .getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    static {
        String style = TEMPLATE.substring(TEMPLATE.indexOf("<style>") + 7, TEMPLATE.indexOf("</style>"));
        SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(style)
                + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    }

    private final ClassLoader classLoader;

    /** @param classLoader where other languages are looked for */
    public UnsubscribePages(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    /** The states of the page. */
    enum Page {
        ASK, DONE, NOT_FOUND, LATER;

        private String key() {
            return switch (this) {
                case ASK -> "ask";
                case DONE -> "done";
                case NOT_FOUND -> "notFound";
                case LATER -> "later";
            };
        }
    }

    /**
     * A page in a language.
     *
     * @param language its tag
     */
    record Text(String language, String html) {
    }

    Text text(Page page, @Nullable String stream, @Nullable String acceptLanguage) {
        ResourceBundle words = words(acceptLanguage);
        Locale locale = words.getLocale().equals(Locale.ROOT) ? Locale.ENGLISH : words.getLocale();
        String about = stream == null || page == Page.NOT_FOUND
                ? words.getString(page.key() + ".text")
                : format(locale, words.getString(page.key() + ".textStream"), stream);
        boolean form = page == Page.ASK || page == Page.LATER;
        String button = form ? words.getString(page.key() + ".button") : "";
        String html = TEMPLATE.replace("${language}", escape(locale.toLanguageTag()))
                .replace("${direction}", List.of("ar", "fa", "he", "ur").contains(locale.getLanguage()) ? "rtl" : "ltr")
                .replace("${title}", escape(words.getString(page.key() + ".title")))
                .replace("${form}", form
                        ? "<form method=\"post\"><input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">"
                                + "<button type=\"submit\">" + escape(button) + "</button></form>"
                        : "")
                // last, because what a sender calls a stream is replaced in nothing
                .replace("${text}", escape(about));
        return new Text(locale.toLanguageTag(), html);
    }

    private ResourceBundle words(@Nullable String acceptLanguage) {
        for (Locale.LanguageRange range : ranges(acceptLanguage)) {
            Locale wanted = Locale.forLanguageTag(range.getRange());
            if (wanted.getLanguage().equals("en") || wanted.getLanguage().isEmpty()) {
                break;
            }
            try {
                ResourceBundle words = ResourceBundle.getBundle(BUNDLE, wanted, classLoader, NO_SURPRISES);
                if (!words.getLocale().equals(Locale.ROOT)) {
                    return words;
                }
            } catch (MissingResourceException e) {
                continue;
            }
        }
        return ResourceBundle.getBundle(BUNDLE, Locale.ROOT, UnsubscribePages.class.getClassLoader(), NO_SURPRISES);
    }

    private static List<Locale.LanguageRange> ranges(@Nullable String acceptLanguage) {
        try {
            return acceptLanguage == null || acceptLanguage.length() > 200
                    ? List.of()
                    : Locale.LanguageRange.parse(acceptLanguage);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static String format(Locale locale, String pattern, String stream) {
        return new MessageFormat(pattern, locale).format(new Object[]{stream});
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (InputStream in = UnsubscribePages.class.getResourceAsStream(FOLDER + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
