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
package io.github.camelpostal.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

/** What is UTF-8 and what is not is decided as the JDK's strict decoder does, wherever it stands and however it is read. */
class StrictUtf8StreamTest {

    private static final int[] BORDERS = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
            0xec,
            0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
    private static final int[] LAST = {0x7f, 0x80, 0xbf, 0xc0};

    @Test
    void itAgreesWithTheDecoderOfTheJdk() {
        int accepted = 0;
        for (int first : BORDERS) {
            for (int second : BORDERS) {
                for (int third : LAST) {
                    for (int fourth : first < 0xf0 ? new int[]{0x7f} : LAST) {
                        byte[] sequence = {(byte) first, (byte) second, (byte) third, (byte) fourth};
                        accepted += agrees(sequence) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(accepted).as("some are, some are not").isBetween(10, 3_000);
    }

    private static boolean agrees(byte[] sequence) {
        boolean expected = isUtf8(sequence);
        for (int before : new int[]{0, 3}) {
            byte[] bytes = new byte[before + sequence.length + 16];
            Arrays.fill(bytes, (byte) 'x');
            System.arraycopy(sequence, 0, bytes, before, sequence.length);

            check(bytes, 0, expected);
            check(bytes, 5, expected);
        }
        check(sequence, 1, expected);
        byte[] cut = Arrays.copyOf(sequence, 3);
        check(cut, 0, isUtf8(cut));
        return expected;
    }

    private static void check(byte[] bytes, int part, boolean expected) {
        if (isAccepted(bytes, part) != expected) { // tens of thousands of times
            throw new AssertionError(Arrays.toString(bytes) + " read in parts of " + part + ": expected " + expected);
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** @param part how much is read at once; 0 for all, 1 for single bytes */
    private static boolean isAccepted(byte[] bytes, int part) {
        try (InputStream in = new StrictUtf8Stream(new ByteArrayInputStream(bytes))) {
            byte[] read = new byte[bytes.length + 10];
            int count = 0;
            while (true) {
                int n;
                if (part == 1) {
                    int b = in.read();
                    n = b < 0 ? -1 : 1;
                    read[count] = (byte) b;
                } else {
                    n = in.read(read, count, part == 0 ? bytes.length + 1 - count : part);
                }
                if (n < 0) {
                    return Arrays.equals(bytes, Arrays.copyOf(read, count));
                }
                count += n;
            }
        } catch (CharacterCodingException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
