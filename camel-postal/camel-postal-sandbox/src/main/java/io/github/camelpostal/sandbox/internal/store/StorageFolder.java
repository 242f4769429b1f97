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
package io.github.camelpostal.sandbox.internal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that outlives the process: the messages of each mail server, and the key that signs, so that receivers which have
 * pinned it need not change. Locked while it is in use, because two sandboxes would overwrite each other's messages.
 */
public final class StorageFolder implements AutoCloseable {
    static final String DAMAGED = ".damaged";

    private static final Logger LOG = LoggerFactory.getLogger(StorageFolder.class);
    private static final int BITS = 2048;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "\n-----END PRIVATE KEY-----\n";

    private final Path folder;
    private final FileChannel lock;

    private StorageFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes the folder, readable by its owner only, if there is none, and locks it until {@link #close()}.
     *
     * @throws IOException if another sandbox uses it, or it cannot be made
     */
    public static StorageFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
        FileChannel lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(lock)) {
            lock.close();
            throw new IOException("the storage folder " + folder + " is in use by another sandbox");
        }
        return new StorageFolder(folder, lock);
    }

    private static boolean isLocked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by a sandbox of this process
        }
    }

    public Journal journal() {
        return new FileJournal(folder.resolve("messages"));
    }

    /** {@code signing.key} in PEM (PKCS#8); made at the first start, and again if it cannot be read. */
    public KeyPair signingKey() throws IOException {
        Path file = folder.resolve("signing.key");
        if (Files.exists(file)) {
            try {
                return read(Files.readString(file));
            } catch (IOException | GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
                LOG.warn(
                        "{} is not an RSA key in PKCS#8 and PEM ({}): set aside as {}{}. Receivers that have pinned the old key "
                                + "need the new one",
                        file, e.getClass().getSimpleName(), file.getFileName(), DAMAGED);
                setAside(file);
            }
        }
        KeyPair pair = newKey();
        write(file, pem(pair).getBytes(StandardCharsets.US_ASCII));
        return pair;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of " + folder + " cannot be released", e);
        }
    }

    /** Renames a file that cannot be read, so that the next start does not stumble over it and nothing is lost. */
    static void setAside(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + DAMAGED), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The damaged file " + file + " cannot be renamed", e);
        }
    }

    /** Written atomically. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path half = Files.createTempFile(file.getParent(), "half", ".tmp"); // for its owner only, from the start
        Files.write(half, bytes);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has RSA", e);
        }
    }

    private static String pem(KeyPair pair) {
        return BEGIN + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(pair.getPrivate().getEncoded()) + END;
    }

    private static KeyPair read(String pem) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(pem.replace(BEGIN.strip(), "").replace(END.strip(), ""));
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(der));
        return new KeyPair(rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())), key);
    }
}
