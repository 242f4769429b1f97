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

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.camelpostal.sandbox.internal.store.ChangeNotifier;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one direction, oldest first, as they are at one moment: a list that can be narrowed, asked, and waited for.
 *
 * <pre>{@code
 * sandbox.sent().to("ann@customer.example").withStatus("Sent").await().only()
 * }</pre>
 */
public final class StoredMails extends QueryResult<StoredMail, StoredMails> {
    StoredMails(ChangeNotifier changes, Supplier<List<StoredMail>> source, String wanted) {
        this(changes, source, wanted, any -> true);
    }

    private StoredMails(ChangeNotifier changes, Supplier<List<StoredMail>> source, String wanted, Predicate<StoredMail> fits) {
        super(changes, source, wanted, fits);
    }

    /** To this address, letter case aside. */
    public StoredMails to(String address) {
        return narrowed("to " + address, mail -> address.equalsIgnoreCase(mail.rcptTo()));
    }

    /** From this sender as Postal shows it, letter case aside; null for the null sender. */
    public StoredMails from(@Nullable String mailFrom) {
        return narrowed("from " + mailFrom,
                mail -> mailFrom == null ? mail.mailFrom() == null : mailFrom.equalsIgnoreCase(mail.mailFrom()));
    }

    /** With exactly this subject. */
    public StoredMails withSubject(@Nullable String subject) {
        return narrowed("with the subject " + subject, mail -> Objects.equals(subject, mail.subject()));
    }

    /** With exactly this tag. */
    public StoredMails withTag(@Nullable String tag) {
        return narrowed("with the tag " + tag, mail -> Objects.equals(tag, mail.tag()));
    }

    /** With this status, in Postal's word: {@code Sent}, {@code Held} and so on. */
    public StoredMails withStatus(String status) {
        return narrowed("with the status " + status, mail -> mail.status().equals(status));
    }

    /**
     * Those that fit.
     *
     * @param description for a failure message: "with two attachments"
     */
    public StoredMails where(String description, Predicate<StoredMail> fits) {
        return narrowed(description, fits);
    }

    @Override
    StoredMails of(ChangeNotifier changes, Supplier<List<StoredMail>> source, String wanted, Predicate<StoredMail> fits) {
        return new StoredMails(changes, source, wanted, fits);
    }

    @Override
    String name(StoredMail mail) {
        return mail.id() + " to " + mail.rcptTo() + (mail.subject() == null ? "" : " \"" + mail.subject() + '"')
                + " (" + mail.status() + ")";
    }
}
