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
package io.github.camelpostal.sandbox.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

import io.github.camelpostal.sandbox.internal.store.Journal;

/**
 * A folder that outlives the process: the messages of each mail server, and the key that signs, so that who has pinned it need
 * not do so again.
 */
record Storage(Path folder) {
    private static final int BITS = 2048;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "\n-----END PRIVATE KEY-----\n";

    /** Makes the folder, readable by its owner only, where there is none. */
    static Storage in(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                }
            }
            return new Storage(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of 'storage' cannot be made: " + folder, e);
        }
    }

    Journal journal() {
        return new FileJournal(folder.resolve("messages"));
    }

    /** {@code signing.key} in PEM (PKCS#8); made at the first start. */
    KeyPair signingKey() {
        Path file = folder.resolve("signing.key");
        try {
            if (!Files.exists(file)) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(BITS);
                write(file, pem(generator.generateKeyPair()).getBytes(StandardCharsets.US_ASCII));
            }
            return read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write " + file, e);
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            throw new ConfigException(file + " is no RSA key in PKCS#8 and PEM; delete it, and a new one is made", e);
        }
    }

    /** Whole or not at all. */
    static void write(Path file, byte[] bytes) throws IOException {
        Path half = Files.createTempFile(file.getParent(), "half", ".tmp"); // for its owner only, from the start
        Files.write(half, bytes);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
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
