package org.towncrier.console.noticeboard;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Answers where the server itself refuses a request, before any page is asked: in four words, with
 * the headers that every reply has, and without naming the server or saying why.
 */
final class PlainErrors extends ValveBase {
  PlainErrors() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    Reply.ALWAYS.forEach(response::setHeader);
    getNext().invoke(request, response);
    // Told by sendError alone: what the board answers itself is complete already.
    if (response.isErrorReportRequired() && !response.isCommitted()) {
      response.setSuspended(false);
      byte[] body = "This can't be answered.\n".getBytes(StandardCharsets.UTF_8);
      response.setContentType("text/plain;charset=utf-8");
      response.setHeader("Cache-Control", "no-store");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    }
  }
}
