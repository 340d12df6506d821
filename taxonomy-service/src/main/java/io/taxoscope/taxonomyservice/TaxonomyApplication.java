package io.taxoscope.taxonomyservice;

import io.taxoscope.taxonomy.Ilsvrc2012;
import io.taxoscope.taxonomy.Similarities;
import io.taxoscope.taxonomy.Taxonomy;
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

    /** The taxonomy that questions are about when they name no classes of their own. */
    @Bean
    Taxonomy ilsvrc2012(WordNet wordNet) {
        return Taxonomy.over(wordNet.dag(), Ilsvrc2012.classes());
    }

    @Bean
    Similarities similarities(WordNet wordNet, Taxonomy ilsvrc2012) {
        return new Similarities(wordNet.dag(), Similarities.uniform(ilsvrc2012));
    }
}
