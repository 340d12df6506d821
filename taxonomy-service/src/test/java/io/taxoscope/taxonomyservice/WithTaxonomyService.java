package io.taxoscope.taxonomyservice;

import static org.springframework.boot.test.context.SpringBootTest.WebEnvironment.RANDOM_PORT;

import io.taxoscope.support.testing.PostgresForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** The whole service on a fresh database and a fresh store; the same one for all tests of a run. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = RANDOM_PORT,
        properties = {
            "spring.config.name=taxonomy",
            "taxoscope.jobs.first-backoff=50ms",
            "taxoscope.jobs.progress-interval=20ms"
        })
@AutoConfigureRestTestClient
@Import({PostgresForTests.class, WithTaxonomyService.FreshStore.class})
public @interface WithTaxonomyService {
    /** A store in a folder of its own. */
    @TestConfiguration(proxyBeanMethods = false)
    class FreshStore {
        @Bean
        DynamicPropertyRegistrar storeRoot() {
            return registry -> registry.add("taxoscope.store.root", FreshStore::folder);
        }

        private static String folder() {
            try {
                return Files.createTempDirectory("taxonomy-service-store").toString();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
