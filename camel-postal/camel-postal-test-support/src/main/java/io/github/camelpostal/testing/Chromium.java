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
package io.github.camelpostal.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A headless browser of the machine's own; nothing is downloaded. Without one the test is skipped and says so, unless
 * {@code -Dpostal.require.browser=true}.
 */
public final class Chromium implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chromium.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final List<String> BROWSERS = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome");
    private static final List<String> DRIVERS = List.of("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");

    private final ChromeDriver driver;
    private final Path profile;

    private Chromium(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    public static Chromium start() {
        java.util.logging.Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE); // on CDP versions that nobody uses here
        Path browser = first(BROWSERS);
        Path chromedriver = first(DRIVERS);
        if (browser == null || chromedriver == null) {
            String what = "No browser on this machine (" + BROWSERS + " and " + DRIVERS + "): the page was NOT driven. "
                    + "On Debian: apt-get install chromium chromium-driver";
            LOG.warn("SKIPPED: {}", what);
            return Boolean.getBoolean("postal.require.browser") ? fail(what) : abort(what);
        }
        try {
            Path profile = Files.createTempDirectory("postal-browser");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(browser.toFile());
            options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage",
                    "--hide-scrollbars", "--force-device-scale-factor=1", "--user-data-dir=" + profile);
            // with both paths given Selenium Manager, which would download, has nothing to do
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver.toFile()).usingAnyFreePort().build();
            return new Chromium(new ChromeDriver(service, options), profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void open(Object url) {
        driver.get(url.toString());
    }

    /** The first element that fits, as soon as there is one that can be seen. */
    public WebElement see(String css) {
        return Awaitility.await("to see " + css).atMost(TIMEOUT).ignoreExceptions().until(
                () -> driver.findElement(By.cssSelector(css)), WebElement::isDisplayed);
    }

    /** Waits until the element has the text, however often it is replaced. */
    public void see(String css, String text) {
        Awaitility.await("to see " + text + " in " + css).atMost(TIMEOUT).ignoreExceptions().until(
                () -> driver.findElements(By.cssSelector(css)).stream().anyMatch(found -> found.getText().contains(text)));
    }

    public void click(String css) {
        see(css).click();
    }

    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    public void type(String css, String text) {
        WebElement field = see(css);
        field.clear();
        field.sendKeys(text);
    }

    public void enter() {
        press(Keys.ENTER);
    }

    public Object run(String script) {
        return driver.executeScript(script);
    }

    public void scripts(boolean run) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
    }

    public void awaitUrl(String end) {
        Awaitility.await("URL to end in " + end).atMost(TIMEOUT).until(driver::getCurrentUrl, url -> url.endsWith(end));
    }

    public String title() {
        return driver.getTitle();
    }

    /** What the page looks like inside the mail's frame. */
    public String textOfFrame(String css) {
        driver.switchTo().frame(see(css));
        try {
            return driver.findElement(By.tagName("body")).getText();
        } finally {
            driver.switchTo().defaultContent();
        }
    }

    /** As a device of this size sees it, and in this scheme: {@code light} or {@code dark}. */
    public void lookLike(int width, int height, String scheme) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** As somebody who prefers these languages sees it: {@code de-CH,de;q=0.8}. */
    public void prefer(String languages) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", languages)));
    }

    /** What the browser complained about, such as something that the page's policy forbids. */
    public List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();
    }

    /** Written only when {@code -Dpostal.screenshots=DIRECTORY} says where to. */
    public void photograph(String name) {
        String directory = System.getProperty("postal.screenshots", "");
        if (!directory.isEmpty()) {
            try {
                File shot = driver.getScreenshotAs(OutputType.FILE);
                Files.move(shot.toPath(), Files.createDirectories(Path.of(directory)).resolve(name + ".png"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The browser's directory stays: {}", profile);
        }
    }

    private static Path first(List<String> paths) {
        return paths.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
    }
}
