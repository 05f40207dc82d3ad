package org.towncrier.console.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.util.StreamUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceTransformer;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.TransformedResource;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Styles and scripts: ours, and two files of GOV.UK Frontend. Its pictures (the crown, the crest)
 * and its typeface are for gov.uk alone, so they are not served, and the typeface is taken out of
 * its style sheet.
 */
@Configuration(proxyBeanMethods = false)
class StaticFiles implements WebMvcConfigurer {
  private static final String GOVUK =
      "classpath:/META-INF/resources/webjars/govuk-frontend/5.14.0/dist/govuk/";

  private static final String LEAFLET = "classpath:/META-INF/resources/webjars/leaflet/1.9.4/dist/";

  /** Of a file's content, before its extension. */
  private static final String BY_CONTENT = "{file:.+-[0-9a-f]{32}\\.(?:css|js|svg)}";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    // Under a name made of its content a file never changes; under its plain one, as scripts import
    // it, it may.
    CacheControl ever = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    CacheControl fresh = CacheControl.maxAge(Duration.ofHours(1)).cachePrivate();
    files(registry, ever, GOVUK, "/assets/govuk/" + BY_CONTENT);
    files(registry, fresh, GOVUK, "/assets/govuk/*.css", "/assets/govuk/*.js");
    // The pictures in Leaflet's style sheet belong to controls that no page of ours has.
    files(registry, ever, LEAFLET, "/assets/leaflet/" + BY_CONTENT);
    files(registry, fresh, LEAFLET, "/assets/leaflet/*.js", "/assets/leaflet/*.css");
    files(registry, ever, "classpath:/static/assets/", "/assets/" + BY_CONTENT);
    files(registry, fresh, "classpath:/static/assets/", "/assets/*");
  }

  private static void files(
      ResourceHandlerRegistry registry, CacheControl kept, String from, String... addresses) {
    registry
        .addResourceHandler(addresses)
        .addResourceLocations(from)
        .setCacheControl(kept)
        .resourceChain(true)
        .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"))
        .addTransformer(withoutTypeface());
  }

  /** Writes names made of content into pages: templates say {@code @{/assets/console.css}}. */
  @Bean
  ResourceUrlEncodingFilter namesByContent() {
    return new ResourceUrlEncodingFilter();
  }

  private static ResourceTransformer withoutTypeface() {
    return (request, found, chain) -> {
      Resource resource = chain.transform(request, found);
      if (!String.valueOf(resource.getFilename()).endsWith(".css")) {
        return resource;
      }
      try {
        String css =
            StreamUtils.copyToString(resource.getInputStream(), StandardCharsets.UTF_8)
                .replaceAll("@font-face\\s*\\{[^}]*\\}", "")
                .replaceAll("\"?GDS Transport\"?\\s*,\\s*", "");
        return new TransformedResource(resource, css.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    };
  }
}
