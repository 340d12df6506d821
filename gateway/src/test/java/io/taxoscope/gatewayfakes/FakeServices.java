package io.taxoscope.gatewayfakes;

import io.taxoscope.support.SupportAutoConfiguration;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** All three fakes behind one port. */
@SpringBootConfiguration
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    SupportAutoConfiguration.class
})
@Import({
    FakeActivation.Models.class,
    FakeActivation.Datasets.class,
    FakeActivation.Extractions.class,
    FakeActivation.Uploads.class,
    FakeSae.Saes.class,
    FakeSae.Encodings.class,
    FakeTaxonomy.Taxonomies.class,
    FakeAnalyses.Relations.class,
    FakeAnalyses.Comparisons.class,
    FakeSynsets.class,
    FakeTaxonomy.Labels.class,
    FakeTaxonomy.Scorings.class
})
public class FakeServices {
    @Bean
    FakeActivation fakeActivation() {
        return new FakeActivation();
    }

    @Bean
    FakeSae fakeSae() {
        return new FakeSae();
    }

    @Bean
    FakeAnalyses fakeAnalyses() {
        return new FakeAnalyses();
    }

    @Bean
    FakeTaxonomy fakeTaxonomy() {
        return new FakeTaxonomy();
    }

    /** The fakes while they run. */
    public record Running(ConfigurableApplicationContext context) implements AutoCloseable {
        public String url() {
            return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
        }

        public FakeActivation activation() {
            return context.getBean(FakeActivation.class);
        }

        public FakeSae sae() {
            return context.getBean(FakeSae.class);
        }

        public FakeAnalyses analyses() {
            return context.getBean(FakeAnalyses.class);
        }

        public FakeTaxonomy taxonomy() {
            return context.getBean(FakeTaxonomy.class);
        }

        @Override
        public void close() {
            context.close();
        }
    }

    public static Running start() {
        Map<String, Object> properties = Map.of(
                "spring.config.name", "none",
                "server.port", 0,
                "spring.jackson.default-property-inclusion", "non_null");
        return new Running(new SpringApplicationBuilder(FakeServices.class)
                .web(WebApplicationType.SERVLET)
                .properties(properties)
                .run());
    }
}
