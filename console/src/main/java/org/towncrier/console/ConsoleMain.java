package org.towncrier.console;

import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.towncrier.console.audit.AuditTrail;
import org.towncrier.console.audit.Via;
import org.towncrier.console.verb.CommandLine;

/** The console as a program, and what its features share. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ConsoleMain {
  /** Starts the console and returns once it answers. Settings as Spring Boot takes them. */
  public static ConfigurableApplicationContext start(String... args) {
    return SpringApplication.run(ConsoleMain.class, args);
  }

  /** See {@link CommandLine}. */
  public static void main(String[] args) {
    int end = new CommandLine(System.out, System.err).run(args);
    if (end != CommandLine.DONE) {
      System.exit(end);
    }
  }

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  AuditTrail auditTrail(JdbcClient db, InstantSource clock) {
    return new AuditTrail(db, clock, ConsoleMain::via);
  }

  private static String via() {
    Authentication now = SecurityContextHolder.getContext().getAuthentication();
    return now != null && now.getPrincipal() instanceof Via through ? through.via() : "";
  }
}
