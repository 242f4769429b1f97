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

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Twenty bits that say whom a mail was sent to, to nobody but the holder of the key.
 * <p>
 * A mail has one Reply-To for all of its recipients, so the bits must recognise each of them. One recipient: 19 bits of
 * the keyed hash of its address; a stranger matches once in 500,000. Several: each one sets four of 19 bits, and whoever
 * has all four of its bits set is taken for a recipient. A recipient always is; a stranger is by mistake too: about 1 in 100 with
 * two recipients, 1 in 20 with three, 1 in 5 with five. That is good enough for a hint, and said in the documentation.
 */
final class AddresseeCheck {

    static final int DIGITS = 4;

    private static final int BITS = 19;

    private static final int SEVERAL = 1 << BITS;

    private static final int BITS_OF_EACH = 4;

    private AddresseeCheck() {
    }

    static String of(ConversationKey key, String escapedId, Collection<String> addressees) {
        Set<MailAddress> distinct = new LinkedHashSet<>();
        for (String addressee : addressees) {
            distinct.add(MailAddress.find(addressee)
                    .orElseThrow(() -> new ConversationRefusedException("A recipient of the conversation is no mail address")));
        }
        if (distinct.isEmpty()) {
            throw new ConversationRefusedException("A conversation needs a recipient");
        }
        int check = distinct.size() == 1 ? 0 : SEVERAL;
        for (MailAddress address : distinct) {
            byte[] hash = hash(key, escapedId, address);
            check |= check < SEVERAL ? single(hash) : several(hash);
        }
        return Base32.ofNumber(check, DIGITS);
    }

    static boolean covers(ConversationKey key, String escapedId, int check, MailAddress address) {
        byte[] hash = hash(key, escapedId, address);
        if (check < SEVERAL) {
            return check == single(hash);
        }
        int bits = several(hash);
        return (check & bits) == bits;
    }

    /** Whether this one address, and no other, was written to. Where there were several, the bits prove nothing. */
    static boolean isOnly(ConversationKey key, String escapedId, int check, MailAddress address) {
        return check < SEVERAL && covers(key, escapedId, check, address);
    }

    /** The id is part of the hash: the same person has other bits in each conversation, so tokens do not link him. */
    private static byte[] hash(ConversationKey key, String escapedId, MailAddress address) {
        return key.mac(KeyPurpose.ADDRESSEE, escapedId, address.toString());
    }

    private static int single(byte[] hash) {
        return ((hash[0] & 0xff) << 16 | (hash[1] & 0xff) << 8 | hash[2] & 0xff) & SEVERAL - 1;
    }

    private static int several(byte[] hash) {
        int bits = 0;
        for (int i = 0; Integer.bitCount(bits) < BITS_OF_EACH; i++) {
            // 32 bytes practically always hold four different bits; if not, the next free ones are taken
            int bit = i < hash.length ? (hash[i] & 0xff) % BITS : i % BITS;
            bits |= 1 << bit;
        }
        return bits;
    }
}
