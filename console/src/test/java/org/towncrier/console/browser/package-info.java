/** The pages in Debian's own Chromium, headless. Run alone by {@code ./towncrier test browser}. */
package org.towncrier.console.browser;
