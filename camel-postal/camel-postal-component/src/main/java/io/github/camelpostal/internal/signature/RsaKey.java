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
package io.github.camelpostal.internal.signature;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * A public RSA key that may be trusted, and the id that Postal gives it.
 *
 * @param id lower-case hex SHA-256 of the key's PKCS#1 form, which is not the RFC 7638 thumbprint (protocol 6.2)
 */
record RsaKey(String id, RSAPublicKey key) {

    static final int SMALLEST_BITS = 1024;
    // the JDK's own limit; a larger modulus would also make every check expensive
    static final int LARGEST_BITS = 16_384;

    private static final byte[] RSA_ENCRYPTION = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /**
     * @throws InvalidKeyException with a text that says why this key is not usable
     */
    static RsaKey of(BigInteger modulus, BigInteger exponent) throws InvalidKeyException {
        return of(generate(new RSAPublicKeySpec(modulus, exponent)));
    }

    /** Reads a DER SubjectPublicKeyInfo (what {@code BEGIN PUBLIC KEY} and DKIM records hold). */
    static RsaKey ofSubjectPublicKeyInfo(byte[] der) throws InvalidKeyException {
        return of(generate(new X509EncodedKeySpec(der)));
    }

    /** Reads a DER PKCS#1 RSAPublicKey (what {@code BEGIN RSA PUBLIC KEY} holds). */
    static RsaKey ofPkcs1(byte[] der) throws InvalidKeyException {
        byte[] bits = new byte[der.length + 1]; // a BIT STRING starts with the number of unused bits: none
        System.arraycopy(der, 0, bits, 1, der.length);
        return ofSubjectPublicKeyInfo(der(0x30, RSA_ENCRYPTION, der(0x03, bits)));
    }

    /** Reads either of the two DER forms, told apart by what their SEQUENCE starts with. */
    static RsaKey ofDer(byte[] der) throws InvalidKeyException {
        int lengthBytes = der.length > 1 && der[1] < 0 ? der[1] & 0x7f : 0;
        int first = 2 + lengthBytes;
        boolean integer = first < der.length && der[first] == 0x02;
        return integer ? ofPkcs1(der) : ofSubjectPublicKeyInfo(der);
    }

    private static RSAPublicKey generate(KeySpec spec) throws InvalidKeyException {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeyException("it is not an RSA public key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no RSA", e);
        }
    }

    private static RsaKey of(RSAPublicKey key) throws InvalidKeyException {
        int bits = key.getModulus().bitLength();
        if (bits < SMALLEST_BITS || bits > LARGEST_BITS) {
            throw new InvalidKeyException("it is an RSA key of " + bits + " bits, and keys of " + SMALLEST_BITS + " to "
                    + LARGEST_BITS + " bits are accepted");
        }
        BigInteger exponent = key.getPublicExponent();
        if (exponent.compareTo(BigInteger.TWO) <= 0 || !exponent.testBit(0) || !key.getModulus().testBit(0)) {
            throw new InvalidKeyException("its modulus and exponent are not those of an RSA key");
        }
        return new RsaKey(idOf(key), key);
    }

    private static String idOf(RSAPublicKey key) {
        byte[] pkcs1 = der(0x30, der(0x02, key.getModulus().toByteArray()), der(0x02, key.getPublicExponent().toByteArray()));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pkcs1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    /** One DER element: tag, length in the shortest form, content (X.690 8.1). */
    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        byte[] length = BigInteger.valueOf(content.size()).toByteArray();
        if (content.size() >= 0x80) {
            int first = length[0] == 0 ? 1 : 0;
            element.write(0x80 | (length.length - first));
            element.write(length, first, length.length - first);
        } else {
            element.write(content.size());
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
