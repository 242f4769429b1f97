package io.github.camelpostal.sandbox.standalone;

/** The configuration is wrong. The text says where and what to do, and holds no key. */
final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String text) {
        super(text);
    }

    ConfigException(String text, Throwable cause) {
        super(text, cause);
    }
}
