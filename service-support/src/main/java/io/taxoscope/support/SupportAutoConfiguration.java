package io.taxoscope.support;

import io.taxoscope.store.ContentStore;
import io.taxoscope.support.problems.ProblemsConfiguration;
import io.taxoscope.support.reference.ReferenceConfiguration;
import io.taxoscope.support.sources.SourcesConfiguration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/** What every service gets by having this module on its class path. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@EnableConfigurationProperties(StoreProperties.class)
@Import({ProblemsConfiguration.class, ReferenceConfiguration.class, SourcesConfiguration.class})
public class SupportAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Lazy, because a service that keeps no files need not be given a folder. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    ContentStore contentStore(StoreProperties store) {
        if (store.root() == null) {
            throw new IllegalStateException(
                    "no folder for the store; set taxoscope.store.root (TAXOSCOPE_STORE_ROOT) to one that all services see");
        }
        return ContentStore.at(store.root());
    }
}
