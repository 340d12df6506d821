package io.taxoscope.saeservice.compute;

import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.kernel.ReferenceKernel;
import io.taxoscope.sae.kernel.VectorKernel;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Chooses the kernel once, says so in the log and in {@code /actuator/info}. */
@Configuration(proxyBeanMethods = false)
class ComputeConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ComputeConfiguration.class);

    @Bean
    Kernel kernel(ComputeProperties properties, Environment environment) {
        int jobsAtOnce = environment.getProperty("taxoscope.jobs.concurrency", Integer.class, 1);
        Integer wanted = properties.threads();
        int threads = wanted == null ? Math.max(1, Runtime.getRuntime().availableProcessors() / jobsAtOnce) : wanted;
        Kernel kernel =
                switch (properties.kernel()) {
                    case AUTO -> automatic(threads);
                    case VECTOR -> vector(threads);
                    case REFERENCE -> new ReferenceKernel();
                };
        LOG.info("SAE kernel {}: {} threads a job, {} jobs at once", kernel.name(), kernel.threads(), jobsAtOnce);
        return kernel;
    }

    @Bean
    InfoContributor kernelInfo(Kernel kernel) {
        return info -> info.withDetail("kernel", Map.of("name", kernel.name(), "threads", kernel.threads()));
    }

    private static Kernel automatic(int threads) {
        if (VectorKernel.available()) {
            return new VectorKernel(threads);
        }
        LOG.warn("training will be slow: this JVM has no Vector API; start it with --add-modules jdk.incubator.vector");
        return new ReferenceKernel();
    }

    private static Kernel vector(int threads) {
        if (!VectorKernel.available()) {
            throw new IllegalStateException(
                    "taxoscope.sae.kernel=VECTOR needs a JVM started with --add-modules jdk.incubator.vector");
        }
        return new VectorKernel(threads);
    }
}
