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
package io.github.camelpostal.sandbox.internal.webhook;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The installation's one RSA key: signs what Postal sends to receivers, and shows its public half in Postal's forms (protocol 6). */
public final class SigningKey {
    private static final int BITS = 2048;
    /** What precedes the PKCS#1 key in an X.509 one, after the outer sequence: algorithm and bit string header. */
    private static final byte BIT_STRING = 0x03;

    private final KeyPair pair;
    private final RSAPublicKey publicKey;

    /** @throws IllegalArgumentException when the key is not RSA */
    public SigningKey(KeyPair pair) {
        if (!(pair.getPublic() instanceof RSAPublicKey rsa)) {
            throw new IllegalArgumentException("Postal signs with RSA, but the key is " + pair.getPublic().getAlgorithm());
        }
        this.pair = pair;
        this.publicKey = rsa;
    }

    /** A new key of the size that Postal's installer makes. */
    public static SigningKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new SigningKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has RSA", e);
        }
    }

    /** Base64 on one line, for {@code X-Postal-Signature}. */
    String sha1(byte[] body) {
        return sign("SHA1withRSA", body);
    }

    /** Base64 on one line, for {@code X-Postal-Signature-256}. */
    String sha256(byte[] body) {
        return sign("SHA256withRSA", body);
    }

    /** Hex SHA-256 of the PKCS#1 key, which is not an RFC 7638 thumbprint (protocol 6.2). */
    public String id() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pkcs1()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** X.509 SubjectPublicKeyInfo on one line: what stands after {@code p=} in the DKIM record. */
    public String base64() {
        return Base64.getEncoder().encodeToString(publicKey.getEncoded());
    }

    /** The same as PEM, ending in a newline. */
    public String pem() {
        String lines = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(publicKey.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
    }

    /** The entry in {@code keys} of {@code /.well-known/jwks.json}, members in Postal's order. */
    public Map<String, Object> jwk() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "RSA");
        jwk.put("n", base64Url(publicKey.getModulus()));
        jwk.put("e", base64Url(publicKey.getPublicExponent()));
        jwk.put("use", "sig");
        jwk.put("alg", "RS256");
        jwk.put("kid", id());
        return jwk;
    }

    /** For DKIM: RSASSA-PKCS1-v1_5 with SHA-256. */
    byte[] rsaSha256(byte[] bytes) {
        return signature("SHA256withRSA", bytes);
    }

    private String sign(String algorithm, byte[] body) {
        return Base64.getEncoder().encodeToString(signature(algorithm, body));
    }

    private byte[] signature(String algorithm, byte[] body) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(body);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key cannot sign with " + algorithm, e);
        }
    }

    /** The bit string inside the X.509 form: tag, length, one byte of unused bits, then the PKCS#1 key. */
    private byte[] pkcs1() {
        byte[] x509 = publicKey.getEncoded();
        int at = skipHeader(x509, 0);
        at = at + lengthAt(x509, at) + headerLength(x509, at);
        if (x509[at] != BIT_STRING) {
            throw new IllegalStateException("Not an X.509 public key");
        }
        int start = skipHeader(x509, at) + 1;
        byte[] key = new byte[x509.length - start];
        System.arraycopy(x509, start, key, 0, key.length);
        return key;
    }

    private static int skipHeader(byte[] der, int at) {
        return at + headerLength(der, at);
    }

    private static int headerLength(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }

    private static int lengthAt(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = length << 8 | der[at + 2 + i] & 0xff;
        }
        return length;
    }

    private static String base64Url(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 && bytes.length > 1 ? 1 : 0;
        byte[] magnitude = new byte[bytes.length - sign];
        System.arraycopy(bytes, sign, magnitude, 0, magnitude.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(magnitude);
    }
}
