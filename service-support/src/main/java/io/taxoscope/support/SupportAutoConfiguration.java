package io.taxoscope.support;

import io.taxoscope.support.problems.ProblemsConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** What every service gets by having this module on its class path. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@Import(ProblemsConfiguration.class)
public class SupportAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
