package org.towncrier.console.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.util.StreamUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceTransformer;
import org.springframework.web.servlet.resource.TransformedResource;

/**
 * Styles and scripts: ours, and two files of GOV.UK Frontend. Its pictures (the crown, the crest)
 * and its typeface are for gov.uk alone, so they are not served, and the typeface is taken out of
 * its style sheet.
 */
@Configuration(proxyBeanMethods = false)
class StaticFiles implements WebMvcConfigurer {
  private static final String GOVUK =
      "classpath:/META-INF/resources/webjars/govuk-frontend/5.14.0/dist/govuk/";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    CacheControl fresh = CacheControl.maxAge(Duration.ofHours(1)).cachePrivate();
    registry
        .addResourceHandler("/assets/govuk/*.css")
        .addResourceLocations(GOVUK)
        .setCacheControl(fresh)
        .resourceChain(true)
        .addTransformer(withoutTypeface());
    registry
        .addResourceHandler("/assets/govuk/*.js")
        .addResourceLocations(GOVUK)
        .setCacheControl(fresh);
    // The pictures in its style sheet belong to controls that no page of ours has.
    registry
        .addResourceHandler("/assets/leaflet/*.js", "/assets/leaflet/*.css")
        .addResourceLocations("classpath:/META-INF/resources/webjars/leaflet/1.9.4/dist/")
        .setCacheControl(fresh);
    registry
        .addResourceHandler("/assets/*")
        .addResourceLocations("classpath:/static/assets/")
        .setCacheControl(fresh);
  }

  private static ResourceTransformer withoutTypeface() {
    return (request, resource, chain) -> {
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
