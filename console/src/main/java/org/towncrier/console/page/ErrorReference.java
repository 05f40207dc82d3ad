package org.towncrier.console.page;

import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.webmvc.error.DefaultErrorAttributes;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.WebRequest;

/**
 * Gives each failure a reference that is on the error page and in the log beside its cause, so that
 * whoever reports one can be helped. The page tells nothing else of the cause.
 */
@Component
class ErrorReference extends DefaultErrorAttributes {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorReference.class);

  @Override
  public Map<String, Object> getErrorAttributes(WebRequest request, ErrorAttributeOptions options) {
    Map<String, Object> attributes = super.getErrorAttributes(request, options);
    if (attributes.get("status") instanceof Integer status && status >= 500) {
      String reference = UUID.randomUUID().toString().substring(0, 8);
      attributes.put("reference", reference);
      LOG.error("error {} at {}", reference, attributes.get("path"), getError(request));
    }
    return attributes;
  }
}
