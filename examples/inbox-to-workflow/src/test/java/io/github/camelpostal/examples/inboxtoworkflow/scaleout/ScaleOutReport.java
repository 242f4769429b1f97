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
package io.github.camelpostal.examples.inboxtoworkflow.scaleout;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of the mails, effect by effect.
 *
 * @param size          how many mails, how many kills
 * @param rows          mails with a row
 * @param moreRows      mails with more than one
 * @param files         attachments on the disk, as they were sent
 * @param parts         files that a kill left unfinished, beside the attachments
 * @param lines         order lines in the order book
 * @param linesTwice    order lines that are there more than once
 * @param linesQueued   order lines that nobody has worked on
 * @param replied      mails of which the reply was sent
 * @param repliesTwice  replies that were sent a second time
 * @param repliesThrice replies that were sent more than twice
 * @param cut           requests that waited for a reply of the node when it was killed
 * @param posts         all posts that Postal made
 * @param notTaken      requests that got a 503, were cut off or too late
 * @param bounced       mails that Postal gave up
 */
record ScaleOutReport(Size size, long rows, long moreRows, long files, long parts, long lines, long linesTwice,
        long linesQueued,
        long replied, long repliesTwice, long repliesThrice, long cut, long posts, long notTaken, long bounced) {

    /** Each mail has one attachment with so many lines. */
    static final int LINES = 3;

    record Size(int mails, int kills) {
    }

    /** The invariants that do not hold. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        check(broken, "every mail is one row", rows == size.mails() && moreRows == 0);
        check(broken, "every attachment is one file", files == size.mails());
        check(broken, "files are left unfinished only by mails in flight at a kill", parts <= cut);
        check(broken, "every order line arrives once",
                lines == (long) size.mails() * LINES && linesTwice == 0 && linesQueued == 0);
        check(broken, "every mail is replied", replied == size.mails());
        // a node sends one reply at a time
        check(broken, "a reply is sent twice only when it was under way at a kill", repliesTwice <= size.kills());
        check(broken, "no reply is sent more than twice", repliesThrice == 0);
        check(broken, "Postal gives up no mail", bounced == 0);
        return broken;
    }

    @Override
    public String toString() {
        return """
                %-44s %7d  (kills: %d)
                %-44s %7d  more than one: %d
                %-44s %7d  unfinished: %d
                %-44s %7d  twice: %d, still queued: %d
                %-44s %7d  sent twice: %d
                %-44s %7d  not taken: %d, in flight at a kill: %d
                %-44s %7d
                %s
                """.formatted("Mails", size.mails(), size.kills(), "Mails with a row", rows, moreRows,
                "Attachments on the disk", files, parts, "Order lines in the book", lines, linesTwice, linesQueued,
                "Mails replied", replied, repliesTwice, "Posts", posts, notTaken, cut, "Mails that Postal gave up", bounced,
                broken().isEmpty() ? "Every invariant holds." : "BROKEN: " + String.join("; ", broken()));
    }

    private static void check(List<String> broken, String invariant, boolean holds) {
        if (!holds) {
            broken.add(invariant);
        }
    }
}
