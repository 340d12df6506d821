package io.taxoscope.taxonomyservice;

import io.taxoscope.taxonomy.WordNet;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/** Says where in WordNet the latents of a model live. */
@SpringBootApplication(proxyBeanMethods = false)
public class TaxonomyApplication {
    public static void main(String[] args) {
        new SpringApplicationBuilder(TaxonomyApplication.class)
                .properties("spring.config.name=taxonomy")
                .run(args);
    }

    @Bean
    WordNet wordNet() {
        return WordNet.load();
    }
}
