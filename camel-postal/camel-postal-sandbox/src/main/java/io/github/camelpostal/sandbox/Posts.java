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

import java.net.URI;
import java.util.function.Predicate;

/**
 * What was posted, events and inbound mail, oldest first, as it is at one moment: a list that can be narrowed, asked, and
 * waited for.
 *
 * <pre>{@code
 * sandbox.posts().events("MessageBounced").about(mail).accepted().await()
 * }</pre>
 */
public final class Posts extends Found<Post, Posts> {
    Posts(Source<Post> source) {
        this(source, "posts", any -> true);
    }

    private Posts(Source<Post> source, String wanted, Predicate<Post> fits) {
        super(source, wanted, fits);
    }

    /** Events, whatever their name. */
    public Posts events() {
        return narrowed("of events", post -> !post.isMail());
    }

    /** Events of this name. */
    public Posts events(String name) {
        return narrowed("of " + name, post -> post.isEvent(name));
    }

    /** Inbound mail. */
    public Posts mail() {
        return narrowed("of inbound mail", Post::isMail);
    }

    /** About this message: the mail itself, and its events. */
    public Posts about(StoredMail mail) {
        return about(mail.id());
    }

    /** About the message with this id. */
    public Posts about(long id) {
        return narrowed("about message " + id, post -> post.mailId() == id);
    }

    /** To exactly this URL. */
    public Posts to(URI url) {
        return narrowed("to " + url.getHost() + ":" + url.getPort() + url.getPath(), post -> post.url().equals(url));
    }

    /** Answered with success. */
    public Posts accepted() {
        return narrowed("that were accepted", Post::isAccepted);
    }

    /** Answered with something else, or not at all. */
    public Posts refused() {
        return narrowed("that were not accepted", post -> !post.isAccepted());
    }

    /**
     * Those that fit.
     *
     * @param description for a failure message: "with an attachment"
     */
    public Posts where(String description, Predicate<Post> fits) {
        return narrowed(description, fits);
    }

    @Override
    Posts of(Source<Post> source, String wanted, Predicate<Post> fits) {
        return new Posts(source, wanted, fits);
    }

    @Override
    String name(Post post) {
        return post.toString();
    }
}
