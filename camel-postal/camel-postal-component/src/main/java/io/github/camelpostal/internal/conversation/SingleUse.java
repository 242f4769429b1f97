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
package io.github.camelpostal.internal.conversation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.apache.camel.spi.IdempotentRepository;

/**
 * Lets a token count once: the first mail that brings it takes it, atomically in the repository, so nodes that share the
 * repository agree. The same mail, which Postal delivers again after a failure or a crash, still has what it took.
 */
public final class SingleUse {

    private final IdempotentRepository repository;

    /** @param repository any; what it forgets can be used again */
    public SingleUse(IdempotentRepository repository) {
        this.repository = repository;
    }

    /**
     * Takes the token for a mail.
     *
     * @param  mail the same in all deliveries of the mail, and for no other one
     * @return      whether it is this mail's
     */
    public boolean take(ConversationToken token, String mail) {
        String key = token.singleUseKey();
        String claim = claim(key, mail);
        // the claim comes first: a crash between the two lets a second mail count at worst, and never loses the first one
        boolean claimedBefore = !repository.add(claim);
        repository.confirm(claim);
        if (repository.add(key)) {
            repository.confirm(key);
            return true;
        }
        if (!claimedBefore) {
            repository.remove(claim);
        }
        return claimedBefore;
    }

    /** A hash: both texts together may be longer than a repository's keys. */
    private static String claim(String key, String mail) {
        try {
            byte[] text = (key + ' ' + mail).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
