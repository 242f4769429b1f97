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
package io.github.camelpostal.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelpostal.testing.ForkedJava;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files hold mail: they are few, private, and gone when nobody needs them. */
class SpoolTest {

    @TempDir
    Path directory;

    @Test
    void refusesToGrowBeyondItsSizeAndHasRoomAgainWhenSomethingWasDiscarded() throws Exception {
        try (Spool spool = new Spool(directory, 100)) {
            Spool.Entry first = spool.newEntry();
            write(first, 80);
            Spool.Entry second = spool.newEntry();
            assertThatThrownBy(() -> write(second, 30)).isInstanceOf(Spool.NoRoomException.class)
                    .hasMessageContaining("maxSpoolSize");

            first.discard();
            write(second, 30);
            assertThat(spool.used()).isEqualTo(30);
            second.discard();
            assertThat(spool.used()).isZero();
        }
    }

    @Test
    void removesAtStartWhatACrashLeftBehindAndNothingThatIsInUse() throws Exception {
        Path orphan = Files.createDirectories(directory.resolve("postal-spool-1"));
        Files.createFile(orphan.resolve("lock"));
        Files.writeString(orphan.resolve("1.part"), "mail");
        Path foreign = Files.createDirectories(directory.resolve("something-else"));
        try (Spool living = new Spool(directory, 100); Spool starting = new Spool(directory, 100)) {
            Spool.Entry inUse = living.newEntry();
            starting.removeOrphans();

            assertThat(orphan).doesNotExist();
            assertThat(foreign).exists();
            assertThat(inUse.file()).exists();
            inUse.discard();
        }
        assertThat(folders()).isEqualTo(1); // the foreign one
    }

    @Test
    void followsNoLinkWhenItRemovesWhatACrashLeftBehind() throws Exception {
        Path own = Files.createDirectory(directory.resolve("of-the-application"));
        Files.createFile(own.resolve("lock"));
        Path precious = Files.writeString(own.resolve("precious.txt"), "data");
        Files.createSymbolicLink(directory.resolve("postal-spool-link"), own);
        Path withLinks = Files.createDirectory(directory.resolve("postal-spool-with-links"));
        Files.createSymbolicLink(withLinks.resolve("folder"), own);
        Files.createSymbolicLink(withLinks.resolve("1.part"), precious);
        Files.createFile(withLinks.resolve("lock"));
        Path linkedLock = Files.createDirectory(directory.resolve("postal-spool-linked-lock"));
        Files.createSymbolicLink(linkedLock.resolve("lock"), own.resolve("lock"));

        try (Spool starting = new Spool(directory, 100)) {
            starting.removeOrphans();
        }

        assertThat(precious).hasContent("data");
        assertThat(own.resolve("lock")).exists();
        assertThat(linkedLock).exists();
        assertThat(withLinks).as("only its links were removed, with it").doesNotExist();
    }

    @Test
    void leavesAFolderAloneThatOthersCanWriteTo() throws Exception {
        Path shared = Files.createDirectory(directory.resolve("postal-spool-shared"));
        Files.createFile(shared.resolve("lock"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));

        try (Spool starting = new Spool(directory, 100)) {
            starting.removeOrphans();
        }

        assertThat(shared).exists();
    }

    @Test
    void makesFoldersThatNobodyElseCanReadAndNobodyCanForetell() throws Exception {
        Path later = directory.resolve("made").resolve("later");
        try (Spool first = new Spool(later, 100); Spool second = new Spool(later, 100)) {
            Spool.Entry one = first.newEntry();
            Spool.Entry other = second.newEntry();

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(later))).isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one.file().getParent())))
                    .isEqualTo("rwx------");
            assertThat(one.file().getParent().getFileName().toString()).hasSizeGreaterThan("postal-spool-".length() + 8)
                    .isNotEqualTo(other.file().getParent().getFileName().toString());
            one.discard();
            other.discard();
        }
    }

    @Test
    void keepsTheFilesOfLateExchangesWhenTheRouteIsStartedAgainAndThenLeavesNothing() throws Exception {
        Spool stopped = new Spool(directory, 100);
        Spool.Entry late = stopped.newEntry();
        write(late, 10);
        stopped.close();

        try (Spool startedAgain = new Spool(directory, 100)) {
            startedAgain.removeOrphans();
            assertThat(late.file()).hasSize(10);
            Spool.Entry later = stopped.newEntry(); // the late exchange decodes an attachment
            late.discard();
            assertThat(later.file()).exists();
            later.discard();
        }
        assertThat(folders()).isZero();
    }

    @Test
    void theStartOfAnotherProcessTakesNothingFromThisOne() throws Exception {
        try (Spool living = new Spool(directory, 100); Spool secondConsumer = new Spool(directory, 100)) {
            Spool.Entry inUse = living.newEntry();
            secondConsumer.removeOrphans(); // on POSIX, to close any handle on a locked file gives up the lock
            try (ForkedJava other = ForkedJava.start(OtherProcess.class, List.of(), directory.toString())) {
                assertThat(other.report()).isEqualTo("started");
            }
            assertThat(inUse.file()).exists();
            inUse.discard();
        }
    }

    /** Starts a consumer's spool, in a process of its own. */
    static final class OtherProcess {

        private OtherProcess() {
        }

        public static void main(String[] args) {
            new Spool(Path.of(args[0]), 100).removeOrphans();
            ForkedJava.tell("started");
        }
    }

    @Test
    void makesItsFolderAgainWhenSomebodyHasClearedTheDirectory() throws Exception {
        try (Spool spool = new Spool(directory, 100)) {
            Spool.Entry cleared = spool.newEntry();
            FileUtil.removeDir(cleared.file().getParent().toFile());

            Spool.Entry next = spool.newEntry();
            write(next, 10);
            assertThat(next.file()).hasSize(10);
            next.discard();
            cleared.discard();
        }
        assertThat(folders()).isZero();
    }

    @Test
    void makesNothingBeforeItIsNeeded() throws Exception {
        Path later = directory.resolve("later");
        try (Spool spool = new Spool(later, 100)) {
            spool.removeOrphans();
        }
        assertThat(later).doesNotExist();
    }

    private long folders() throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            return all.count();
        }
    }

    private static void write(Spool.Entry entry, int count) throws Exception {
        try (OutputStream out = entry.write()) {
            out.write(new byte[count]);
        }
    }
}
