package io.taxoscope.support.sources;

import io.taxoscope.store.ContentStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

/** Sources for the services that read any; lazy, because others have no store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SourceProperties.class)
public class SourcesConfiguration {
    @Bean
    @Order(0)
    StreamedBody streamedBody() {
        return new StreamedBody();
    }

    @Bean
    @Lazy
    Sources sources(ContentStore store, SourceProperties properties) {
        return new Sources(store, properties, new UrlFetch(properties));
    }
}
