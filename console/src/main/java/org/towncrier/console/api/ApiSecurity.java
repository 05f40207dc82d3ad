package org.towncrier.console.api;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import java.time.InstantSource;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.towncrier.console.ConsoleSettings;
import org.towncrier.console.token.Tokens;

/**
 * How programs get in: by a token and nothing else. No session, no cookie (one that a browser sends
 * along means nothing here), and so nothing that another site could make a browser do. Which scope
 * each address needs is beside its method and kept to by {@link ScopeGate}.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurity implements WebMvcConfigurer {
  static final String BASE = "/api/v1";

  private final ScopeGate gate;

  ApiSecurity(ScopeGate gate) {
    this.gate = gate;
  }

  @Bean
  @Order(1)
  static SecurityFilterChain programs(
      HttpSecurity http,
      Tokens tokens,
      ProblemWriter problems,
      ConsoleSettings settings,
      InstantSource clock) {
    return http.securityMatcher(BASE, BASE + "/**")
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(
            new TokenFilter(tokens, problems, settings.api().requestsPerMinute(), clock),
            AuthorizationFilter.class)
        .authorizeHttpRequests(
            rules ->
                rules
                    .requestMatchers(HttpMethod.GET, BASE + OpenApi.PATH)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .exceptionHandling(
            errors ->
                errors
                    .authenticationEntryPoint(
                        (request, response, why) -> {
                          response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                          problems.write(
                              response,
                              401,
                              "Send a token: Authorization: Bearer towncrier_… An administrator"
                                  + " makes them in the console, under People.");
                        })
                    .accessDeniedHandler(
                        (request, response, why) ->
                            problems.write(response, 403, String.valueOf(why.getMessage()))))
        .headers(
            headers ->
                headers.contentSecurityPolicy(csp -> csp.policyDirectives("default-src 'none'")))
        .build();
  }

  /** What the server itself refuses, before anything of ours has seen it, is a problem too. */
  @Bean
  static FilterRegistrationBean<?> apiErrors(ProblemWriter problems) {
    FilterRegistrationBean<jakarta.servlet.Filter> errors =
        new FilterRegistrationBean<>(
            (request, response, chain) -> {
              Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
              Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
              if (path instanceof String uri
                  && (uri.equals(BASE) || uri.startsWith(BASE + "/"))
                  && status instanceof Integer code) {
                problems.write(
                    (jakarta.servlet.http.HttpServletResponse) response,
                    code,
                    code < 500
                        ? "The server can't take this request as it is."
                        : "The console failed; its log says why.");
              } else {
                chain.doFilter(request, response);
              }
            });
    errors.setDispatcherTypes(DispatcherType.ERROR);
    errors.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return errors;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(gate).addPathPatterns(BASE, BASE + "/**");
  }
}
