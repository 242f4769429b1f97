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

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Temporary files for what is too large to be kept in memory, with a cap on all of them together.
 *
 * <p>Every process has a folder of its own below the directory and holds a lock in it, so that folders which a crash left
 * behind can be told from those of another process, and are removed at the next start. Files and folders get random names
 * and can be read by this user only: they hold mail. The directory may be one that other users can write to: what is removed
 * there is removed by {@link SpoolFolder}.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String FOLDER_PREFIX = "postal-spool-";
    private static final String UNFINISHED_PREFIX = "postal-new-";
    private static final Duration BETWEEN_COLLECTIONS = Duration.ofSeconds(5);
    private static final Duration TIME_TO_COLLECT = Duration.ofMillis(500);
    /** POSIX gives a lock up when the process closes any handle on its file, so those of this process are never opened again. */
    private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final long maxSize;
    private final AtomicLong used = new AtomicLong();
    private final AtomicInteger awaitingCollection = new AtomicInteger();
    private final AtomicLong lastCollection = new AtomicLong(System.nanoTime() - BETWEEN_COLLECTIONS.toNanos());
    private @Nullable Folder folder;
    private int files;
    private boolean closed;

    /**
     * @param directory in which this spool makes a folder when it first needs one
     * @param maxSize   in bytes, of all files together
     */
    Spool(Path directory, long maxSize) {
        this.directory = directory.toAbsolutePath().normalize();
        this.maxSize = maxSize;
    }

    /** Removes what crashed processes left behind. */
    void removeOrphans() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory, FOLDER_PREFIX + "*")) {
            for (Path candidate : folders) {
                if (!OF_THIS_PROCESS.contains(candidate) && SpoolFolder.removeIfOrphan(candidate)) {
                    LOG.info("Removed {}, which a stopped process had left behind", candidate);
                }
            }
        } catch (IOException e) {
            LOG.warn("The spool directory {} cannot be searched for files that a crash left behind", directory, e);
        }
    }

    /** A new empty file. */
    synchronized Entry newEntry() throws NoRoomException {
        try {
            Entry entry = new Entry(newFile());
            files++;
            return entry;
        } catch (IOException e) {
            throw new NoRoomException(e);
        }
    }

    /** Bytes on disk at this moment. */
    long used() {
        return used.get();
    }

    /**
     * Removes the folder as soon as no exchange holds a file in it. Until then it keeps its lock, or the route that is started
     * again would take the files of late exchanges for those of a crash.
     */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        removeFolderIfDone();
    }

    private void removeFolderIfDone() throws IOException {
        if (closed && files == 0 && folder != null) {
            Folder done = folder;
            forget(done);
            SpoolFolder.remove(done.path());
        }
    }

    private void forget(Folder done) throws IOException {
        OF_THIS_PROCESS.remove(done.path());
        done.lock().close();
        folder = null;
    }

    private Path newFile() throws IOException {
        if (folder != null && !Files.exists(folder.path())) { // somebody clears the directory from time to time
            forget(folder);
        }
        return Files.createTempFile(folder().path(), "", ".part"); // 0600 where the file system knows modes
    }

    private synchronized void fileDiscarded() throws IOException {
        files--;
        removeFolderIfDone();
    }

    /** It gets the name under which others look for orphans when its lock is held. */
    private Folder folder() throws IOException {
        if (folder != null) {
            return folder;
        }
        SpoolFolder.createPrivately(directory);
        Path created = Files.createTempDirectory(directory, UNFINISHED_PREFIX);
        FileChannel lock = FileChannel.open(created.resolve(SpoolFolder.LOCK_NAME), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        lock.lock();
        Path named = directory.resolve(created.getFileName().toString().replace(UNFINISHED_PREFIX, FOLDER_PREFIX));
        OF_THIS_PROCESS.add(named);
        Folder made = new Folder(Files.move(created, named), lock);
        folder = made;
        return made;
    }

    /** The folder of this process and the open file whose lock tells others so. */
    private record Folder(Path path, FileChannel lock) {
    }

    private boolean reserve(int length) {
        if (used.addAndGet(length) <= maxSize) {
            return true;
        }
        used.addAndGet(-length);
        if (!collect(length)) {
            return false;
        }
        used.addAndGet(length);
        return true;
    }

    /**
     * Makes room by having the files removed that only unreachable objects still use.
     *
     * @return whether there is room for so many bytes now
     */
    private boolean collect(int length) {
        long now = System.nanoTime();
        long last = lastCollection.get();
        if (awaitingCollection.get() == 0 || now - last < BETWEEN_COLLECTIONS.toNanos()
                || !lastCollection.compareAndSet(last, now)) {
            return false;
        }
        System.gc();
        Deadline deadline = Deadline.in(TIME_TO_COLLECT);
        while (used.get() + length > maxSize && !deadline.hasPassed()) {
            LockSupport.parkNanos(5_000_000);
        }
        return used.get() + length <= maxSize;
    }

    /** One file and its share of the spool. */
    final class Entry {

        private final Path file;
        private final AtomicLong size = new AtomicLong();
        private final AtomicBoolean discarded = new AtomicBoolean();
        private volatile boolean awaitsCollection;

        private Entry(Path file) {
            this.file = file;
        }

        Path file() {
            return file;
        }

        /** A stream into the file; writing beyond the cap of the spool fails with a {@link NoRoomException}. */
        OutputStream write() throws NoRoomException {
            try {
                return new MeteredStream(Files.newOutputStream(file));
            } catch (IOException e) {
                throw new NoRoomException(e);
            }
        }

        /** Whoever uses the file now is found out by the garbage collector only. */
        void awaitsCollection() {
            awaitsCollection = true;
            awaitingCollection.incrementAndGet();
        }

        /** Removes it; does nothing the second time. */
        void discard() {
            if (!discarded.compareAndSet(false, true)) {
                return;
            }
            used.addAndGet(-size.getAndSet(0));
            if (awaitsCollection) {
                awaitingCollection.decrementAndGet();
            }
            try {
                Files.deleteIfExists(file);
                fileDiscarded();
            } catch (IOException e) {
                LOG.warn("The temporary file {} cannot be removed", file, e);
            }
        }

        private final class MeteredStream extends FilterOutputStream {

            MeteredStream(OutputStream out) {
                super(out);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (!reserve(length)) {
                    throw new NoRoomException(maxSize);
                }
                size.addAndGet(length);
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    throw new NoRoomException(e);
                }
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[]{(byte) b}, 0, 1);
            }
        }
    }

    /** Nothing can be written: the cap is reached, or the disk fails. Told apart from a body that does not arrive. */
    static final class NoRoomException extends IOException {

        private static final long serialVersionUID = 1L;

        NoRoomException(long maxSize) {
            super("The spool is full with " + maxSize + " bytes: raise maxSpoolSize, or look for routes that do not end");
        }

        NoRoomException(IOException cause) {
            super("The temporary file cannot be written", cause);
        }
    }
}
